package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Partitioning;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadOutcome.Served;
import io.quorate.api.ReadRequest;
import io.quorate.api.Record;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import io.quorate.core.port.WorkerService;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** {@code GET /kv/{key}} and {@code HEAD}: one key read. */
final class KvReads {
    /** Conditions that a later version may take: nobody is to believe that this one does. */
    private static final List<String> UNSUPPORTED = List.of("If-Match", "If-Unmodified-Since");

    private static final List<String> PARAMETERS = parameters();
    private static final long NANOS_PER_MICRO = 1_000;

    private final WorkerService service;
    private final HttpSettings settings;

    /** @param explain writes how it went, if that was asked for */
    private record Read(Exchange exchange, ReadRequest request, Optional<Explaining> explain) {
        Consumer<JsonGenerator> explanation(Served served) {
            return json -> explain.ifPresent(how -> how.write(json, served));
        }
    }

    /** How a read went: who took it and who answered it, and how long that took. */
    private record Explaining(String takenBy, int partition, long sinceNanos) {
        void write(JsonGenerator json, Served served) {
            json.writeObjectPropertyStart(ExplanationJson.MEMBER);
            json.writeStringProperty("takenBy", takenBy);
            json.writeStringProperty("servedBy", served.worker());
            json.writeStringProperty("role", served.role());
            json.writeNumberProperty("partition", partition);
            json.writeNumberProperty("term", served.applied().term());
            json.writeStringProperty("applied", served.applied().toString());
            json.writeStringProperty("consistency", written(served));
            served.stalenessMillis().ifPresent(millis -> json.writeNumberProperty("stalenessMillis", millis));
            json.writeNumberProperty("tookMicros", (System.nanoTime() - sinceNanos) / NANOS_PER_MICRO);
            json.writeEndObject();
        }
    }

    KvReads(WorkerService service, HttpSettings settings) {
        this.service = service;
        this.settings = settings;
    }

    private static List<String> parameters() {
        List<String> known = new ArrayList<>(ReadTerms.PARAMETERS);
        known.add(WriteTerms.EXPLAIN);
        return List.copyOf(known);
    }

    void handle(Exchange exchange) {
        Parsed<Read> read = WriteTerms.supported(exchange, UNSUPPORTED)
                .then(nothing -> KvHandler.key(exchange))
                .then(key -> exchange.query(PARAMETERS)
                        .then(query -> ReadTerms.of(key, query)
                                .then(request -> query.flag(WriteTerms.EXPLAIN)
                                        .map(explain -> new Read(exchange, request, explaining(key, explain))))));
        switch (read) {
            case Parsed.Refused<Read>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Read>(Read wanted) ->
                service.read(
                        wanted.request(),
                        settings.requestTimeoutMillis(),
                        exchange.guarded(outcome -> answer(wanted, outcome)));
        }
    }

    private Optional<Explaining> explaining(Bytes key, boolean wanted) {
        int partitions = service.map().partitions();
        return wanted && partitions > 0
                ? Optional.of(new Explaining(
                        service.status().worker(), new Partitioning(partitions).of(key), System.nanoTime()))
                : Optional.empty();
    }

    private static void answer(Read read, ReadOutcome outcome) {
        Exchange exchange = read.exchange();
        exchange.with(HttpHeaders.VARY, HttpHeaders.ACCEPT).with(HttpHeaders.CACHE_CONTROL, "no-cache");
        switch (outcome) {
            case ReadOutcome.Found(Record record, Served served) -> {
                served(exchange, served);
                String etag = '"' + record.revision().toString() + '"';
                exchange.with(HttpHeaders.ETAG, etag)
                        .with(KvHeaders.REVISION, record.revision().toString());
                if (record.expiresMillis() != Record.NEVER) {
                    exchange.with(KvHeaders.TTL, TimeToLive.left(record.expiresMillis(), System.currentTimeMillis()));
                }
                if (EntityTags.match(exchange.list(HttpHeaders.IF_NONE_MATCH), etag)) {
                    exchange.empty(304);
                } else {
                    found(read, record, served);
                }
            }
            case ReadOutcome.Missing(Served served) -> {
                served(exchange, served);
                exchange.refuse(
                        Refusal.of(
                                Problem.KEY_NOT_FOUND,
                                "There is no key " + read.request().key() + "."),
                        Problems.NOT_APPLIED,
                        read.explanation(served));
            }
            case ReadOutcome.NotServed(Problem problem, String detail) -> exchange.refuse(Refusal.of(problem, detail));
        }
    }

    /** An answer that says how it went is a JSON object, whatever form the value has. */
    private static void found(Read read, Record record, Served served) {
        Exchange exchange = read.exchange();
        Bytes key = read.request().key();
        if (record.value().form() == ValueForm.RAW) {
            exchange.with(
                    KvHeaders.CONTENT_TYPE,
                    Value.isStorableType(record.value().contentType())
                            ? record.value().contentType()
                            : MediaTypes.OCTET_STREAM);
        }
        if (read.explain().isPresent()) {
            exchange.json(200, JsonText.object(json -> {
                ValueForms.write(json, key, record);
                read.explanation(served).accept(json);
            }));
        } else {
            ValueForms.answer(exchange, key, record, MediaTypes.wanted(exchange.header(HttpHeaders.ACCEPT)));
        }
    }

    private static void served(Exchange exchange, Served served) {
        exchange.with(KvHeaders.SERVED_BY, served.worker())
                .with(KvHeaders.ROLE, served.role())
                .with(KvHeaders.CONSISTENCY, written(served))
                .with(KvHeaders.APPLIED, served.applied().toString());
        served.stalenessMillis().ifPresent(millis -> exchange.with(KvHeaders.STALENESS, millis + "ms"));
    }

    private static String written(Served served) {
        return served.consistency().name().toLowerCase(Locale.ROOT);
    }
}
