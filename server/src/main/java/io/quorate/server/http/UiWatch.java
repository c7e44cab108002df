package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.core.port.ControllerService;
import io.quorate.core.port.ControllerService.WorkerView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code GET /ui/api/watch}: the changes of keys for the page, as a worker's {@code /watch} shows them.
 *
 * <p>Each request begins with another worker that is up, so that a page that goes on after a loss does not meet the same
 * one again.
 */
final class UiWatch {
    private static final List<String> HEADERS = List.of("Accept", "Last-Event-ID");

    private final ControllerService service;
    private final ActiveForward active;
    private final StreamRelay relay;
    private final HttpSettings settings;
    private int turn;

    UiWatch(ControllerService service, ActiveForward active, StreamRelay relay, HttpSettings settings) {
        this.service = service;
        this.active = active;
        this.relay = relay;
        this.settings = settings;
    }

    void handle(Exchange exchange) {
        exchange.at("/ui/api/watch");
        if (!exchange.method().equals("GET")) {
            Routes.methodNotAllowed(exchange, "GET");
            return;
        }
        relay.refusal()
                .ifPresentOrElse(exchange::refuse, () -> active.activeStream(exchange, relay, this::throughAWorker));
    }

    private void throughAWorker(Exchange exchange) {
        Parsed<List<WorkerView>> workers = exchange.query(WatchHandler.PARAMETERS)
                .then(KeyFromPath::prefix)
                .then(_ -> UiApi.candidates(service, Optional.empty()));
        switch (workers) {
            case Parsed.Refused<List<WorkerView>>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<List<WorkerView>>(List<WorkerView> up) -> {
                List<WorkerView> inTurn = new ArrayList<>(up);
                Collections.rotate(inTurn, turn--);
                new WorkersInTurn(
                                exchange,
                                inTurn,
                                worker -> request(exchange, worker),
                                (request, whenDone) -> relay.pass(exchange, request, whenDone))
                        .ask();
            }
        }
    }

    private Upstream.Request request(Exchange exchange, WorkerView worker) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : HEADERS) {
            String value = exchange.header(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return new Upstream.Request(
                "GET",
                worker.address().http(),
                exchange.rawQuery().isEmpty() ? "/watch" : "/watch?" + exchange.rawQuery(),
                headers,
                Bytes.EMPTY,
                UiApi.timeoutMillis(settings));
    }
}
