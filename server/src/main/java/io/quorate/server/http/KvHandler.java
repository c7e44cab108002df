package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Lifetime;
import io.quorate.api.Outcome;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import io.quorate.api.WriteRequest;
import io.quorate.core.port.WorkerService;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.function.Consumer;

/** {@code /kv/{key}}: one key written, read, added to, given another lifetime, or deleted. */
final class KvHandler {
    static final String PREFIX = "/kv/";
    private static final String ROUTE = "/kv";
    private static final List<String> PUT_PARAMETERS = List.of("raw", WriteTerms.TTL, WriteTerms.W, WriteTerms.EXPLAIN);

    private final WorkerService service;
    private final HttpSettings settings;
    private final KvReads reads;

    KvHandler(WorkerService service, HttpSettings settings) {
        this.service = service;
        this.settings = settings;
        this.reads = new KvReads(service, settings);
    }

    void handle(Exchange exchange) {
        exchange.at(ROUTE);
        switch (exchange.method()) {
            case "GET", "HEAD" -> reads.handle(exchange);
            case "PUT" -> put(exchange);
            case "DELETE" -> delete(exchange);
            case "POST" -> add(exchange);
            case "PATCH" -> retime(exchange);
            default -> Routes.methodNotAllowed(exchange, "GET, HEAD, PUT, POST, PATCH, DELETE");
        }
    }

    static Parsed<Bytes> key(Exchange exchange) {
        return KeyFromPath.of(exchange.path(), PREFIX);
    }

    private void put(Exchange exchange) {
        record Put(Bytes key, WriteTerms terms, ValueForms.Plan plan) {}
        Parsed<Put> put = key(exchange)
                .then(key -> exchange.query(PUT_PARAMETERS)
                        .then(query -> WriteTerms.of(exchange, query, true)
                                .then(terms -> query.flag("raw")
                                        .then(raw -> ValueForms.plan(
                                                exchange.header(HttpHeaders.CONTENT_TYPE),
                                                exchange.header(HttpHeaders.CONTENT_ENCODING),
                                                raw))
                                        .map(plan -> new Put(key, terms, plan)))));
        switch (put) {
            case Parsed.Refused<Put>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Put>(Put(Bytes key, WriteTerms terms, ValueForms.Plan plan)) ->
                receive(exchange, key, terms, plan);
        }
    }

    private void receive(Exchange exchange, Bytes key, WriteTerms terms, ValueForms.Plan plan) {
        int limit = plan.form() == ValueForm.JSON ? settings.maxJsonBodyBytes() : settings.maxValueBytes();
        exchange.readBody(limit, ValueForms.tooLarge(settings.maxValueBytes()), body -> {
            switch (ValueForms.value(plan, body, settings.maxValueBytes())) {
                case Parsed.Refused<Value>(Refusal refusal) -> exchange.refuse(refusal);
                case Parsed.Ok<Value>(Value value) ->
                    write(
                            exchange,
                            terms.request(new Command.Put(
                                    key,
                                    value,
                                    terms.condition(),
                                    terms.lifetime().orElse(Lifetime.FOREVER))),
                            outcome -> WriteAnswers.put(exchange, key, outcome));
            }
        });
    }

    private void write(Exchange exchange, WriteRequest request, Consumer<Outcome> answer) {
        service.write(
                request,
                settings.requestTimeoutMillis(),
                exchange.guarded(outcome -> TooFewAcks.of(request, outcome)
                        .ifPresentOrElse(few -> few.answer(exchange), () -> answer.accept(outcome))));
    }

    private void delete(Exchange exchange) {
        Parsed<WriteRequest> delete = key(exchange)
                .then(key -> exchange.query(List.of(WriteTerms.W, WriteTerms.EXPLAIN))
                        .then(query -> WriteTerms.of(exchange, query, false))
                        .map(terms -> terms.request(new Command.Delete(key, terms.condition()))));
        switch (delete) {
            case Parsed.Refused<WriteRequest>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<WriteRequest>(WriteRequest request) ->
                write(exchange, request, outcome -> WriteAnswers.delete(exchange, request.key(), outcome));
        }
    }

    private void add(Exchange exchange) {
        Parsed<WriteRequest> add = key(exchange)
                .then(key -> exchange.query(List.of("add", WriteTerms.W, WriteTerms.EXPLAIN))
                        .then(query -> amount(query)
                                .then(amount -> WriteTerms.of(exchange, query, false)
                                        .map(terms ->
                                                terms.request(new Command.Add(key, amount, terms.condition()))))));
        switch (add) {
            case Parsed.Refused<WriteRequest>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<WriteRequest>(WriteRequest request) ->
                write(exchange, request, outcome -> WriteAnswers.put(exchange, request.key(), outcome));
        }
    }

    private static Parsed<Long> amount(Query query) {
        String text = query.text("add").orElse("");
        try {
            return Parsed.ok(Long.parseLong(text));
        } catch (NumberFormatException malformed) {
            return Parsed.bad("POST to a key adds to its number: ?add=n, a whole number of 64 bits"
                    + (text.isEmpty() ? "." : ", not '" + Refusal.shown(text) + "'."));
        }
    }

    private void retime(Exchange exchange) {
        Parsed<WriteRequest> retime = key(exchange)
                .then(key -> exchange.query(List.of(WriteTerms.TTL, WriteTerms.W, WriteTerms.EXPLAIN))
                        .then(query -> WriteTerms.of(exchange, query, true))
                        .then(terms -> terms.lifetime()
                                .map(lifetime ->
                                        Parsed.ok(terms.request(new Command.Retime(key, lifetime, terms.condition()))))
                                .orElseGet(() -> Parsed.bad("PATCH changes how long a key lives: ?ttl=30s, or ttl=none"
                                        + " so that it does not expire."))));
        switch (retime) {
            case Parsed.Refused<WriteRequest>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<WriteRequest>(WriteRequest request) ->
                write(exchange, request, outcome -> WriteAnswers.retime(exchange, request, outcome));
        }
    }
}
