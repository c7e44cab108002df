package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.core.port.ControllerService;
import io.quorate.core.port.ControllerService.WorkerView;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code /ui/api/kv/{key}}: what the page reads and writes, forwarded to the worker that it names or to any that is up.
 *
 * <p>Only registered workers are ever asked.
 */
final class UiApi {
    static final String KV_PREFIX = "/ui/api/kv/";
    static final CharSequence ASKED = HttpHeaders.createOptimized("Quorate-Asked");

    private static final List<String> PASSED_ON = List.of("consistency", WriteTerms.EXPLAIN);

    private final ControllerService service;
    private final Upstream upstream;
    private final HttpSettings settings;

    UiApi(ControllerService service, Upstream upstream, HttpSettings settings) {
        this.service = service;
        this.upstream = upstream;
        this.settings = settings;
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
                ask(exchange, target, body, workers, 0);
        }
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

    /** Asks the candidates in turn until one is reached; what was sent once is not sent again. */
    private void ask(Exchange exchange, String target, Bytes body, List<WorkerView> candidates, int at) {
        WorkerView worker = candidates.get(at);
        upstream.ask(request(exchange, worker, target, body), exchange.guarded(answer -> {
            switch (answer) {
                case Upstream.Answer.Answered answered ->
                    PassedOn.answer(exchange.with(ASKED, worker.worker()), answered);
                case Upstream.Answer.Lost(String detail) ->
                    exchange.refuse(
                            Refusal.of(
                                    Problem.DEADLINE,
                                    "Worker " + worker.worker() + " did not answer in time (" + detail + ")."),
                            exchange.method().equals("GET") ? Problems.NOT_APPLIED : Problems.UNKNOWN,
                            json -> {});
                case Upstream.Answer.Unreached(String detail) -> {
                    if (at + 1 < candidates.size()) {
                        ask(exchange, target, body, candidates, at + 1);
                    } else {
                        exchange.refuse(Refusal.of(Problem.NOT_READY, unreached(worker, detail)));
                    }
                }
            }
        }));
    }

    private Upstream.Request request(Exchange exchange, WorkerView worker, String target, Bytes body) {
        Map<String, String> headers = exchange.method().equals("PUT")
                ? Map.of("Content-Type", MediaTypes.JSON)
                : Map.of("Accept", MediaTypes.JSON);
        // The worker answers within its own time-out; a little more tells its answer from its silence.
        long timeoutMillis = settings.requestTimeoutMillis() + settings.requestTimeoutMillis() / 2;
        return new Upstream.Request(exchange.method(), worker.address().http(), target, headers, body, timeoutMillis);
    }

    static String unreached(WorkerView worker, String detail) {
        return "Worker " + worker.worker() + " at " + worker.address().http() + " cannot be reached (" + detail
                + "). Nothing was done: choose another worker.";
    }
}
