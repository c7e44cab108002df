package io.quorate.server.http;

import io.quorate.api.Problem;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** {@code /livez}, {@code /readyz} and {@code /metrics}. */
final class Probes {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final List<String> PARAMETERS = List.of("verbose");

    private final Supplier<SequencedMap<String, Boolean>> checks;
    private final Supplier<String> scrape;

    /**
     * @param checks by name whether each holds; ready when all do
     * @param scrape the metrics in the text format of Prometheus
     */
    Probes(Supplier<SequencedMap<String, Boolean>> checks, Supplier<String> scrape) {
        this.checks = checks;
        this.scrape = scrape;
    }

    /** Alive is who answers. */
    void live(Exchange exchange) {
        exchange.json(200, JsonText.object(json -> json.writeStringProperty("status", "live")));
    }

    void ready(Exchange exchange) {
        switch (exchange.query(PARAMETERS).then(query -> query.flag("verbose"))) {
            case Parsed.Refused<Boolean>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Boolean>(Boolean verbose) -> ready(exchange, verbose);
        }
    }

    private void ready(Exchange exchange, boolean verbose) {
        SequencedMap<String, Boolean> results = checks.get();
        String failed = results.entrySet().stream()
                .filter(check -> !check.getValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        if (failed.isEmpty()) {
            exchange.json(200, JsonText.object(json -> {
                json.writeStringProperty("status", "ready");
                write(json, results, verbose);
            }));
        } else {
            exchange.refuse(
                    Refusal.of(Problem.NOT_READY, "Not ready: " + failed + "."),
                    Problems.NOT_APPLIED,
                    json -> write(json, results, verbose));
        }
    }

    private static void write(JsonGenerator json, Map<String, Boolean> results, boolean verbose) {
        if (verbose) {
            json.writeObjectPropertyStart("checks");
            results.forEach(json::writeBooleanProperty);
            json.writeEndObject();
        }
    }

    void metrics(Exchange exchange) {
        exchange.text(200, PROMETHEUS, scrape.get());
    }
}
