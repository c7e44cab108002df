package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Consistency;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadOutcome.Served;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import io.quorate.core.port.WorkerService;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /kv/{key}}: one key written, read or deleted. */
final class KvHandler {
    static final String PREFIX = "/kv/";
    private static final String ROUTE = "/kv";
    private static final List<String> READ_PARAMETERS = List.of("consistency");
    private static final List<String> WRITE_PARAMETERS = List.of("raw");
    /** Conditions and promises that a later version may keep: nobody is to believe that this one does. */
    private static final List<String> NOT_ON_READS = List.of("If-Match", "If-Unmodified-Since");

    private static final List<String> NOT_ON_WRITES =
            List.of("If-Match", "If-None-Match", "If-Unmodified-Since", "Idempotency-Key", "Content-Range");

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
            default -> Routes.methodNotAllowed(exchange, "GET, HEAD, PUT, DELETE");
        }
    }

    private void read(Exchange exchange) {
        record Read(Bytes key, Consistency consistency) {}
        Parsed<Read> read = supported(exchange, NOT_ON_READS)
                .then(nothing -> KeyFromPath.of(exchange.path(), PREFIX))
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
                if (EntityTags.match(exchange.header(HttpHeaders.IF_NONE_MATCH), etag)) {
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
        record Put(Bytes key, ValueForms.Plan plan) {}
        Parsed<Put> put = supported(exchange, NOT_ON_WRITES)
                .then(nothing -> KeyFromPath.of(exchange.path(), PREFIX))
                .then(key -> exchange.query(WRITE_PARAMETERS)
                        .then(query -> query.flag("raw"))
                        .then(raw -> ValueForms.plan(
                                exchange.header(HttpHeaders.CONTENT_TYPE),
                                exchange.header(HttpHeaders.CONTENT_ENCODING),
                                raw))
                        .map(plan -> new Put(key, plan)));
        switch (put) {
            case Parsed.Refused<Put>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Put>(Put(Bytes key, ValueForms.Plan plan)) -> receive(exchange, key, plan);
        }
    }

    private void receive(Exchange exchange, Bytes key, ValueForms.Plan plan) {
        int limit = plan.form() == ValueForm.JSON ? settings.maxJsonBodyBytes() : settings.maxValueBytes();
        exchange.readBody(limit, ValueForms.tooLarge(settings.maxValueBytes()), body -> {
            switch (ValueForms.value(plan, body, settings.maxValueBytes())) {
                case Parsed.Refused<Value>(Refusal refusal) -> exchange.refuse(refusal);
                case Parsed.Ok<Value>(Value value) ->
                    service.write(
                            new Command.Put(key, value),
                            settings.requestTimeoutMillis(),
                            exchange.guarded(outcome -> WriteAnswers.put(exchange, key, outcome)));
            }
        });
    }

    private void delete(Exchange exchange) {
        Parsed<Bytes> key = supported(exchange, NOT_ON_WRITES)
                .then(nothing -> exchange.query(List.of()))
                .then(nothing -> KeyFromPath.of(exchange.path(), PREFIX));
        switch (key) {
            case Parsed.Refused<Bytes>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Bytes>(Bytes named) ->
                service.write(
                        new Command.Delete(named),
                        settings.requestTimeoutMillis(),
                        exchange.guarded(outcome -> WriteAnswers.delete(exchange, outcome)));
        }
    }

    private static Parsed<Boolean> supported(Exchange exchange, List<String> unsupported) {
        for (String header : unsupported) {
            if (exchange.header(header) != null) {
                return Parsed.bad("The header " + header + " is not supported on " + exchange.method()
                        + " in this version. Nothing was done: send the request without it, or not at all.");
            }
        }
        return Parsed.ok(true);
    }
}
