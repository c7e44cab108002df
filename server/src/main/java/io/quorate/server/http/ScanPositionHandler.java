package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** {@code GET /scan-position}: where a SCAN of a Redis client goes on that came to this worker, for another worker. */
final class ScanPositionHandler {
    private static final String CURSOR = "cursor";
    private static final List<String> PARAMETERS = List.of(CURSOR);

    private final LongFunction<Optional<Bytes>> positions;

    ScanPositionHandler(LongFunction<Optional<Bytes>> positions) {
        this.positions = positions;
    }

    void handle(Exchange exchange) {
        Parsed<Long> cursor = exchange.query(PARAMETERS).then(query -> {
            String text = query.text(CURSOR).orElse("");
            return text.matches("\\d{1,18}")
                    ? Parsed.ok(Long.parseLong(text))
                    : Parsed.bad("?cursor= takes the number that SCAN answered.");
        });
        switch (cursor) {
            case Parsed.Refused<Long>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Long>(Long number) ->
                positions
                        .apply(number)
                        .ifPresentOrElse(
                                position -> exchange.json(
                                        200,
                                        JsonText.object(json -> json.writeStringProperty(
                                                "position",
                                                Base64.getUrlEncoder().encodeToString(position.toArray())))),
                                () -> exchange.refuse(Refusal.of(
                                        Problem.POSITION_GONE,
                                        "This worker does not keep that cursor: begin the SCAN again with 0.")));
        }
    }
}
