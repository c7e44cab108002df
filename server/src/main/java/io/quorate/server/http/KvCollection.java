package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Problem;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import io.quorate.core.port.WorkerService;
import io.quorate.core.scan.CountScan;
import io.quorate.core.scan.MergedScan;
import io.quorate.core.scan.PartitionScans;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** {@code /kv}: the keys of the whole cluster that begin with a prefix, listed, counted or deleted. */
final class KvCollection {
    private static final String PATH = "/kv";

    /** Requests that may go through all partitions at once. */
    private static final int MAX_SCANS = 4;

    static final List<String> LIST_PARAMETERS = List.of("prefix", "limit", "cursor", "values", "count");
    private static final List<String> DELETE_PARAMETERS = List.of("prefix", "limit", "cursor", "confirm");
    private static final String LINEARIZABLE = "linearizable";
    private static final int DEFAULT_LIMIT = 1_000;

    private final WorkerService service;
    private final HttpSettings settings;
    private int underWay;

    private record Range(Bytes prefix, Bytes from, int limit) {}

    KvCollection(WorkerService service, HttpSettings settings) {
        this.service = service;
        this.settings = settings;
    }

    void handle(Exchange exchange) {
        exchange.at(PATH);
        switch (exchange.method()) {
            case "GET", "HEAD" -> list(exchange);
            case "DELETE" -> delete(exchange);
            default -> Routes.methodNotAllowed(exchange, "GET, HEAD, DELETE");
        }
    }

    private void list(Exchange exchange) {
        record Listing(Query query, boolean values, boolean count) {}
        Parsed<Listing> listing = exchange.query(LIST_PARAMETERS)
                .then(query -> query.flag("values")
                        .then(values -> query.flag("count").map(count -> new Listing(query, values, count))));
        switch (listing) {
            case Parsed.Refused<Listing>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Listing>(Listing(Query query, boolean values, boolean count)) -> {
                if (count) {
                    count(exchange, query);
                } else {
                    page(exchange, query, values ? ScanDetail.VALUES : ScanDetail.KEYS);
                }
            }
        }
    }

    private void count(Exchange exchange, Query query) {
        if (query.text("limit").isPresent() || query.text("cursor").isPresent()) {
            exchange.refuse(Refusal.badRequest(
                    "count=true counts every key with the prefix: it takes no limit and no cursor."));
            return;
        }
        switch (KeyFromPath.prefix(query)) {
            case Parsed.Refused<Bytes>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Bytes>(Bytes prefix) -> count(exchange, prefix);
        }
    }

    private void count(Exchange exchange, Bytes prefix) {
        admit(exchange, partitions -> {
            CountScan scan = new CountScan(partitions, prefix);
            run(
                    exchange,
                    scan,
                    () -> scan.failure()
                            .ifPresentOrElse(
                                    failure -> refuse(exchange, failure), () -> counted(exchange, scan.count())));
        });
    }

    private static void counted(Exchange exchange, long count) {
        exchange.with(KvHeaders.CONSISTENCY, LINEARIZABLE)
                .json(200, JsonText.object(json -> json.writeNumberProperty("count", count)));
    }

    private void page(Exchange exchange, Query query, ScanDetail detail) {
        switch (range(query)) {
            case Parsed.Refused<Range>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Range>(Range range) ->
                admit(
                        exchange,
                        partitions ->
                                scan(exchange, partitions, range, detail, scan -> answer(exchange, detail, scan)));
        }
    }

    private static Parsed<Range> range(Query query) {
        return KeyFromPath.prefix(query)
                .then(prefix -> query.number("limit", 1, ScanRequest.MAX_LIMIT, DEFAULT_LIMIT)
                        .then(limit -> Cursors.read(query).map(from -> new Range(prefix, from, limit))));
    }

    private void answer(Exchange exchange, ScanDetail detail, MergedScan scan) {
        if (scan.records().isEmpty() && scan.failure().isPresent()) {
            refuse(exchange, scan.failure().get());
            return;
        }
        exchange.with(KvHeaders.CONSISTENCY, LINEARIZABLE).json(200, JsonText.object(json -> {
            JsonText.objects(json, "items", scan.records(), each -> write(json, each, detail == ScanDetail.VALUES));
            json.writeNumberProperty("count", scan.records().size());
            scan.next().ifPresent(next -> json.writeStringProperty("cursor", Cursors.write(next)));
        }));
    }

    private static void write(JsonGenerator json, KeyedRecord each, boolean withValue) {
        if (withValue) {
            ValueForms.writeWhole(json, each.key(), each.record());
        } else {
            JsonText.bytes(json, "key", each.key());
            ValueForms.writeVersion(json, each.record());
        }
    }

    private void delete(Exchange exchange) {
        Parsed<Range> range = exchange.query(DELETE_PARAMETERS)
                .then(query -> query.text("confirm").filter("yes"::equals).isPresent()
                        ? range(query)
                        : Parsed.bad("This deletes every key that begins with the prefix: add confirm=yes to say that"
                                + " it is meant. Nothing was deleted."));
        switch (range) {
            case Parsed.Refused<Range>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Range>(Range wanted) ->
                admit(
                        exchange,
                        partitions -> scan(
                                exchange,
                                partitions,
                                wanted,
                                ScanDetail.KEYS,
                                scan -> deleteAll(exchange, wanted.from(), scan)));
        }
    }

    private void deleteAll(Exchange exchange, Bytes from, MergedScan scan) {
        if (!exchange.open()) {
            return;
        }
        if (scan.records().isEmpty() && scan.failure().isPresent()) {
            refuse(
                    exchange.with(KvHeaders.OUTCOME, Problems.NOT_APPLIED),
                    scan.failure().get());
            return;
        }
        underWay++;
        new PrefixDeletion(
                        service,
                        settings.requestTimeoutMillis(),
                        exchange,
                        from,
                        scan.records(),
                        scan.next(),
                        () -> underWay--)
                .goOn();
    }

    private void scan(
            Exchange exchange, int partitions, Range range, ScanDetail detail, Consumer<MergedScan> whenEnded) {
        MergedScan scan = new MergedScan(partitions, range.prefix(), range.from(), range.limit(), detail);
        run(exchange, scan, () -> whenEnded.accept(scan));
    }

    private void run(Exchange exchange, PartitionScans scans, Runnable whenEnded) {
        underWay++;
        new ScanRun(service, settings.requestTimeoutMillis(), exchange, scans, () -> {
                    underWay--;
                    whenEnded.run();
                })
                .goOn();
    }

    private void admit(Exchange exchange, Consumer<Integer> action) {
        int partitions = service.map().partitions();
        if (partitions == 0) {
            exchange.refuse(Refusal.withoutMap());
        } else if (underWay >= MAX_SCANS) {
            exchange.refuse(Refusal.of(
                    Problem.OVERLOADED,
                    "This worker goes through all keys " + MAX_SCANS + " times at once: try again."));
        } else {
            action.accept(partitions);
        }
    }

    private static void refuse(Exchange exchange, ScanOutcome.NotServed failure) {
        exchange.refuse(Refusal.of(failure.problem(), failure.detail()));
    }
}
