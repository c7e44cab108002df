package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.core.port.ControllerService;
import io.quorate.core.port.ControllerService.ControllerStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Passes what only the active controller can answer on to it; a request is passed on at most once. */
final class ActiveForward {
    private static final String FORWARDED = "Quorate-Forwarded";
    private static final List<String> REQUEST_HEADERS =
            List.of("Content-Type", "Accept", "If-None-Match", "Last-Event-ID");
    private static final int MAX_CONTROLLER_BODY_BYTES = 1 << 20;
    /** The active controller may have to ask a worker, which has the whole time-out. */
    private static final int HOPS = 2;

    private final ControllerService service;
    private final Upstream upstream;
    private final HttpSettings settings;

    ActiveForward(ControllerService service, Upstream upstream, HttpSettings settings) {
        this.service = service;
        this.upstream = upstream;
        this.settings = settings;
    }

    /** Answers here when this controller is active, else passes on. */
    void activeOnly(Exchange exchange, Consumer<Exchange> here) {
        activeOr(exchange, here, failure -> refuse(exchange, failure));
    }

    /** The same for an answer that goes on: that of the active controller is passed on as it comes. */
    void activeStream(Exchange exchange, StreamRelay relay, Consumer<Exchange> here) {
        Consumer<Failure> refusing = failure -> refuse(exchange, failure);
        activeOr(
                exchange,
                here,
                address -> relay.pass(
                        exchange,
                        request(exchange, address, Bytes.EMPTY),
                        exchange.guarded(answer -> answered(exchange, address, answer, refusing))),
                refusing);
    }

    private static void refuse(Exchange exchange, Failure failure) {
        exchange.refuse(
                failure.refusal(),
                failure.outcome(),
                json -> JsonText.orNull(json, "activeController", failure.active()));
    }

    /** Why a request could not be passed on, and what that means for a change. */
    record Failure(Refusal refusal, String outcome, Optional<String> active) {}

    /** Answers here when this controller is active, else passes on, else does something else. */
    void activeOr(Exchange exchange, Consumer<Exchange> here, Consumer<Failure> otherwise) {
        activeOr(exchange, here, address -> pass(exchange, address, otherwise), otherwise);
    }

    private void activeOr(
            Exchange exchange, Consumer<Exchange> here, Consumer<String> pass, Consumer<Failure> otherwise) {
        ControllerStatus status = service.status();
        Optional<String> active = status.activeController();
        if (status.active()) {
            here.accept(exchange);
        } else if (active.isEmpty()) {
            otherwise.accept(
                    new Failure(Refusal.of(Problem.NOT_READY, notActive(active)), Problems.NOT_APPLIED, active));
        } else if (exchange.header(FORWARDED) != null) {
            otherwise.accept(
                    new Failure(Refusal.of(Problem.MISDIRECTED, notActive(active)), Problems.NOT_APPLIED, active));
        } else {
            pass.accept(active.get());
        }
    }

    private void pass(Exchange exchange, String active, Consumer<Failure> otherwise) {
        if (exchange.method().equals("GET") || exchange.method().equals("HEAD")) {
            pass(exchange, active, Bytes.EMPTY, otherwise);
        } else {
            int limit = Math.max(settings.maxJsonBodyBytes(), MAX_CONTROLLER_BODY_BYTES);
            exchange.readBody(
                    limit,
                    Refusal.of(Problem.VALUE_TOO_LARGE, "The longest body here has " + limit + " bytes."),
                    body -> pass(exchange, active, body, otherwise));
        }
    }

    /** A sentence for the person who asked the wrong controller. */
    static String notActive(Optional<String> active) {
        return active.map(address -> "This controller is not the active one: ask " + address + ".")
                .orElse("No controller is active at the moment: try again.");
    }

    private void pass(Exchange exchange, String active, Bytes body, Consumer<Failure> otherwise) {
        upstream.ask(
                request(exchange, active, body),
                exchange.guarded(answer -> answered(exchange, active, answer, otherwise)));
    }

    private static void answered(
            Exchange exchange, String active, Upstream.Answer answer, Consumer<Failure> otherwise) {
        switch (answer) {
            case Upstream.Answer.Answered answered -> PassedOn.answer(exchange, answered);
            case Upstream.Answer.Unreached(String detail) ->
                otherwise.accept(new Failure(
                        Refusal.of(Problem.NOT_READY, unreachable(active, detail)),
                        Problems.NOT_APPLIED,
                        Optional.of(active)));
            case Upstream.Answer.Lost(String detail) ->
                otherwise.accept(new Failure(
                        Refusal.of(Problem.DEADLINE, unreachable(active, detail)),
                        Problems.UNKNOWN,
                        Optional.of(active)));
        }
    }

    private Upstream.Request request(Exchange exchange, String active, Bytes body) {
        Map<String, String> headers = new HashMap<>();
        headers.put(FORWARDED, "1");
        for (String name : REQUEST_HEADERS) {
            String value = exchange.header(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        String target = exchange.rawQuery().isEmpty() ? exchange.path() : exchange.path() + "?" + exchange.rawQuery();
        String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        return new Upstream.Request(method, active, target, headers, body, settings.requestTimeoutMillis() * HOPS);
    }

    private static String unreachable(String active, String detail) {
        return "The active controller " + active + " did not answer (" + detail + "): try again.";
    }
}
