package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Consistency;
import io.quorate.api.Lifetime;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadOutcome.Served;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import io.quorate.api.WriteRequest;
import io.quorate.core.port.WorkerService;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code /kv/{key}}: one key written, read, added to, given another lifetime, or deleted. */
final class KvHandler {
    static final String PREFIX = "/kv/";
    private static final String ROUTE = "/kv";
    private static final List<String> READ_PARAMETERS = List.of("consistency");
    private static final List<String> PUT_PARAMETERS = List.of("raw", WriteTerms.TTL);
    /** Conditions that a later version may take: nobody is to believe that this one does. */
    private static final List<String> NOT_ON_READS = List.of("If-Match", "If-Unmodified-Since");

    private final WorkerService service;
    private final HttpSettings settings;

    KvHandler(WorkerService service, HttpSettings settings) {
        this.service = service;
        this.settings = settings;
    }

    void handle(Exchange exchange) {
        exchange.at(ROUTE);
        switch (exchange.method()) {
            case "GET", "HEAD" -> read(exchange);
            case "PUT" -> put(exchange);
            case "DELETE" -> delete(exchange);
            case "POST" -> add(exchange);
            case "PATCH" -> retime(exchange);
            default -> Routes.methodNotAllowed(exchange, "GET, HEAD, PUT, POST, PATCH, DELETE");
        }
    }

    private static Parsed<Bytes> key(Exchange exchange) {
        return KeyFromPath.of(exchange.path(), PREFIX);
    }

    private void read(Exchange exchange) {
        record Read(Bytes key, Consistency consistency) {}
        Parsed<Read> read = WriteTerms.supported(exchange, NOT_ON_READS)
                .then(nothing -> key(exchange))
                .then(key -> exchange.query(READ_PARAMETERS)
                        .then(KvHandler::consistency)
                        .map(consistency -> new Read(key, consistency)));
        switch (read) {
            case Parsed.Refused<Read>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Read>(Read(Bytes key, Consistency consistency)) ->
                service.read(
                        key,
                        consistency,
                        settings.requestTimeoutMillis(),
                        exchange.guarded(outcome -> answer(exchange, key, outcome)));
        }
    }

    private static Parsed<Consistency> consistency(Query query) {
        Optional<String> wanted = query.text("consistency");
        return switch (wanted.orElse("linearizable")) {
            case "linearizable" -> Parsed.ok(Consistency.LINEARIZABLE);
            case "local" -> Parsed.ok(Consistency.LOCAL);
            default ->
                Parsed.bad("There is no consistency '" + Refusal.shown(wanted.orElseThrow())
                        + "' in this version: known are linearizable, local.");
        };
    }

    private static void answer(Exchange exchange, Bytes key, ReadOutcome outcome) {
        exchange.with(HttpHeaders.VARY, HttpHeaders.ACCEPT).with(HttpHeaders.CACHE_CONTROL, "no-cache");
        switch (outcome) {
            case ReadOutcome.Found(io.quorate.api.Record record, Served served) -> {
                served(exchange, served);
                String etag = '"' + record.revision().toString() + '"';
                exchange.with(HttpHeaders.ETAG, etag)
                        .with(KvHeaders.REVISION, record.revision().toString());
                if (record.expiresMillis() != io.quorate.api.Record.NEVER) {
                    exchange.with(KvHeaders.TTL, TimeToLive.left(record.expiresMillis(), System.currentTimeMillis()));
                }
                if (EntityTags.match(exchange.list(HttpHeaders.IF_NONE_MATCH), etag)) {
                    exchange.empty(304);
                } else {
                    found(exchange, key, record);
                }
            }
            case ReadOutcome.Missing(Served served) -> {
                served(exchange, served);
                exchange.refuse(Refusal.of(Problem.KEY_NOT_FOUND, "There is no key " + key + "."));
            }
            case ReadOutcome.NotServed(Problem problem, String detail) -> exchange.refuse(Refusal.of(problem, detail));
        }
    }

    private static void found(Exchange exchange, Bytes key, io.quorate.api.Record record) {
        if (record.value().form() == ValueForm.RAW) {
            exchange.with(
                    KvHeaders.CONTENT_TYPE,
                    MediaTypes.isStorable(record.value().contentType())
                            ? record.value().contentType()
                            : MediaTypes.OCTET_STREAM);
        }
        ValueForms.answer(exchange, key, record, MediaTypes.wanted(exchange.header(HttpHeaders.ACCEPT)));
    }

    private static void served(Exchange exchange, Served served) {
        exchange.with(KvHeaders.SERVED_BY, served.worker())
                .with(KvHeaders.ROLE, served.role())
                .with(KvHeaders.CONSISTENCY, served.consistency().name().toLowerCase(Locale.ROOT))
                .with(KvHeaders.APPLIED, served.applied().toString());
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
        service.write(request, settings.requestTimeoutMillis(), exchange.guarded(answer));
    }

    private void delete(Exchange exchange) {
        Parsed<WriteRequest> delete = key(exchange)
                .then(key -> exchange.query(List.of())
                        .then(query -> WriteTerms.of(exchange, query, false))
                        .map(terms -> terms.request(new Command.Delete(key, terms.condition()))));
        switch (delete) {
            case Parsed.Refused<WriteRequest>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<WriteRequest>(WriteRequest request) ->
                write(exchange, request, outcome -> WriteAnswers.delete(exchange, outcome));
        }
    }

    private void add(Exchange exchange) {
        Parsed<WriteRequest> add = key(exchange)
                .then(key -> exchange.query(List.of("add"))
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
                .then(key -> exchange.query(List.of(WriteTerms.TTL))
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
