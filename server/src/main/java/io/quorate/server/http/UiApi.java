package io.quorate.server.http;

import io.netty.handler.codec.DateFormatter;
import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.core.port.ControllerService;
import io.quorate.core.port.ControllerService.WorkerView;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code /ui/api/kv} and {@code /ui/api/kv/{key}}: what the page lists, reads and writes, forwarded to the worker that
 * it names or to any that is up.
 *
 * <p>Only registered workers are ever asked.
 */
final class UiApi {
    static final String KV_PREFIX = "/ui/api/kv/";

    private static final List<String> PASSED_ON = List.of("consistency", WriteTerms.EXPLAIN);

    private final ControllerService service;
    private final Upstream upstream;
    private final HttpSettings settings;

    UiApi(ControllerService service, Upstream upstream, HttpSettings settings) {
        this.service = service;
        this.upstream = upstream;
        this.settings = settings;
    }

    /**
     * The keys of the whole cluster, as a worker lists them; with the time, by which a page tells how long they still live
     * whatever the clock of its own machine shows.
     */
    void list(Exchange exchange) {
        Parsed<List<WorkerView>> workers = exchange.query(KvCollection.LIST_PARAMETERS)
                .then(KeyFromPath::prefix)
                .then(_ -> candidates(service, Optional.empty()));
        switch (workers) {
            case Parsed.Refused<List<WorkerView>>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<List<WorkerView>>(List<WorkerView> up) -> {
                exchange.with(HttpHeaders.DATE, DateFormatter.format(Date.from(Instant.now())));
                ask(exchange, "/kv?" + exchange.rawQuery(), Bytes.EMPTY, up);
            }
        }
    }

    void kv(Exchange exchange) {
        exchange.at("/ui/api/kv");
        switch (exchange.method()) {
            case "GET" -> forward(exchange, List.of("worker", "consistency"), Bytes.EMPTY);
            case "PUT" -> changing(exchange, () -> receive(exchange));
            case "DELETE" -> changing(exchange, () -> forward(exchange, List.of("worker"), Bytes.EMPTY));
            default -> Routes.methodNotAllowed(exchange, "GET, PUT, DELETE");
        }
    }

    private static void changing(Exchange exchange, Runnable then) {
        switch (Routes.jsonOnly(exchange)) {
            case Parsed.Refused<Boolean>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Boolean> json -> then.run();
        }
    }

    private void receive(Exchange exchange) {
        exchange.readBody(
                settings.maxJsonBodyBytes(),
                ValueForms.tooLarge(settings.maxValueBytes()),
                body -> forward(exchange, List.of("worker", WriteTerms.EXPLAIN), body));
    }

    private void forward(Exchange exchange, List<String> parameters, Bytes body) {
        record Forward(String target, List<WorkerView> candidates) {}
        String rawKey = exchange.path().substring(KV_PREFIX.length());
        Parsed<Forward> forward = KeyFromPath.of(exchange.path(), KV_PREFIX)
                .then(key -> exchange.query(parameters))
                .then(query -> candidates(service, query.text("worker"))
                        .map(workers -> new Forward(KvHandler.PREFIX + rawKey + passedOn(query), workers)));
        switch (forward) {
            case Parsed.Refused<Forward>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Forward>(Forward(String target, List<WorkerView> workers)) ->
                ask(exchange, target, body, workers);
        }
    }

    private void ask(Exchange exchange, String target, Bytes body, List<WorkerView> workers) {
        new WorkersInTurn(exchange, workers, worker -> request(exchange, worker, target, body), upstream::ask).ask();
    }

    /** What the worker is to know of the query. */
    private static String passedOn(Query query) {
        String given = PASSED_ON.stream()
                .flatMap(name -> query.text(name).stream().map(value -> name + "=" + PercentCoding.encode(value)))
                .collect(Collectors.joining("&"));
        return given.isEmpty() ? "" : "?" + given;
    }

    /** The worker that is named, or all that are up. */
    static Parsed<List<WorkerView>> candidates(ControllerService service, Optional<String> named) {
        List<WorkerView> chosen = new ArrayList<>();
        for (WorkerView worker : service.workers()) {
            boolean wanted =
                    named.isPresent() ? worker.worker().equals(named.get()) : worker.status() == WorkerView.Status.UP;
            if (wanted) {
                chosen.add(worker);
            }
        }
        if (!chosen.isEmpty()) {
            return Parsed.ok(chosen);
        }
        return named.isPresent()
                ? Parsed.bad("There is no worker '" + Refusal.shown(named.get()) + "' registered.")
                : Parsed.refused(Refusal.of(Problem.NOT_READY, "No worker is up. Nothing was done: start one."));
    }

    private Upstream.Request request(Exchange exchange, WorkerView worker, String target, Bytes body) {
        Map<String, String> headers = exchange.method().equals("PUT")
                ? Map.of("Content-Type", MediaTypes.JSON)
                : Map.of("Accept", MediaTypes.JSON);
        String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        return new Upstream.Request(method, worker.address().http(), target, headers, body, timeoutMillis(settings));
    }

    /** A worker answers within its own time-out; a little more tells its answer from its silence. */
    static long timeoutMillis(HttpSettings settings) {
        return settings.requestTimeoutMillis() + settings.requestTimeoutMillis() / 2;
    }
}
