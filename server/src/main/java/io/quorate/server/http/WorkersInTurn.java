package io.quorate.server.http;

import io.quorate.api.Problem;
import io.quorate.core.port.ControllerService.WorkerView;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Asks workers in turn until one is reached; what was sent once is not sent again. */
final class WorkersInTurn {
    /** The worker that was asked. */
    static final CharSequence ASKED = HttpHeaders.createOptimized("Quorate-Asked");

    private final Exchange exchange;
    private final List<WorkerView> workers;
    private final Function<WorkerView, Upstream.Request> request;
    private final BiConsumer<Upstream.Request, Consumer<Upstream.Answer>> asking;

    /**
     * @param workers at least one
     * @param asking sends a request and tells what came of it
     */
    WorkersInTurn(
            Exchange exchange,
            List<WorkerView> workers,
            Function<WorkerView, Upstream.Request> request,
            BiConsumer<Upstream.Request, Consumer<Upstream.Answer>> asking) {
        this.exchange = exchange;
        this.workers = List.copyOf(workers);
        this.request = request;
        this.asking = asking;
    }

    void ask() {
        ask(0);
    }

    private void ask(int at) {
        WorkerView worker = workers.get(at);
        exchange.with(ASKED, worker.worker());
        asking.accept(request.apply(worker), exchange.guarded(answer -> {
            switch (answer) {
                case Upstream.Answer.Answered answered -> PassedOn.answer(exchange, answered);
                case Upstream.Answer.Lost(String detail) ->
                    exchange.refuse(
                            Refusal.of(
                                    Problem.DEADLINE,
                                    "Worker " + worker.worker() + " did not answer in time (" + detail + ")."),
                            exchange.method().equals("GET") ? Problems.NOT_APPLIED : Problems.UNKNOWN,
                            json -> {});
                case Upstream.Answer.Unreached(String detail) -> {
                    if (at + 1 < workers.size()) {
                        ask(at + 1);
                    } else {
                        exchange.refuse(Refusal.of(Problem.NOT_READY, unreached(worker, detail)));
                    }
                }
            }
        }));
    }

    private static String unreached(WorkerView worker, String detail) {
        return "Worker " + worker.worker() + " at " + worker.address().http() + " cannot be reached (" + detail
                + "). Nothing was done: choose another worker.";
    }
}
