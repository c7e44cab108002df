package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.core.port.WorkerService;
import io.quorate.core.port.WorkerService.KeyPage;
import io.quorate.core.port.WorkerService.KeyQuery;
import java.util.Optional;

/** {@code GET /keys}: the keys that this worker holds, page by page. */
final class KeysHandler {
    private final WorkerService service;

    KeysHandler(WorkerService service) {
        this.service = service;
    }

    void handle(Exchange exchange) {
        switch (exchange.query(KeyPages.PARAMETERS).then(KeyPages::query)) {
            case Parsed.Refused<KeyQuery>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<KeyQuery>(KeyQuery query) ->
                service.keys(query, exchange.guarded(page -> answer(exchange, page)));
        }
    }

    private static void answer(Exchange exchange, KeyPage page) {
        KeyPage fitting = KeyPages.fitting(page);
        Optional<Bytes> cursor = fitting.more() ? Optional.of(fitting.keys().getLast()) : Optional.empty();
        exchange.json(200, KeyPages.json(fitting.keys(), cursor, json -> {}));
    }
}
