package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Lifetime;
import io.quorate.api.LifetimeText;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.core.port.WorkerService;
import io.quorate.core.watch.ClusterWatch;
import io.quorate.core.watch.WatchPosition;
import io.quorate.core.watch.WatchScope;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /watch}: the changes of the keys that begin with a prefix, as they happen. */
final class WatchHandler {
    /** The most partitions of one watch: its position has to fit into a header. */
    static final int MAX_PARTITIONS = 1_024;

    /** How long a partition waits for a change before it says that there was none. */
    private static final int WAIT_MILLIS = 10_000;

    static final List<String> PARAMETERS = List.of("prefix", "from", "values", "duration");
    private static final CharSequence LAST_EVENT_ID = HttpHeaders.createOptimized("Last-Event-ID");

    private final WorkerService service;
    private final HttpSettings settings;
    private final WatchRuns runs;

    /** @param durationMillis after which it ends; {@link Record#NEVER} for not at all */
    private record Wanted(Bytes prefix, Optional<String> from, boolean values, long durationMillis) {}

    WatchHandler(WorkerService service, HttpSettings settings, WatchRuns runs) {
        this.service = service;
        this.settings = settings;
        this.runs = runs;
    }

    void handle(Exchange exchange) {
        exchange.at("/watch");
        if (!exchange.method().equals("GET")) {
            Routes.methodNotAllowed(exchange, "GET");
            return;
        }
        Parsed<Wanted> wanted = exchange.query(PARAMETERS)
                .then(query -> KeyFromPath.prefix(query)
                        .then(prefix -> withValues(query)
                                .then(values -> durationMillis(query)
                                        .map(millis -> new Wanted(prefix, from(exchange, query), values, millis)))));
        switch (wanted) {
            case Parsed.Refused<Wanted>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Wanted>(Wanted ok) -> begin(exchange, ok);
        }
    }

    private static Parsed<Boolean> withValues(Query query) {
        return query.text("values").isEmpty() ? Parsed.ok(true) : query.flag("values");
    }

    private static Parsed<Long> durationMillis(Query query) {
        Optional<String> text = query.text("duration");
        if (text.isEmpty()) {
            return Parsed.ok(Record.NEVER);
        }
        return LifetimeText.parse(text.get()).orElse(Lifetime.FOREVER) instanceof Lifetime.For(long millis)
                ? Parsed.ok(millis)
                : Parsed.bad("The duration is a whole number with ms, s, m, h or d, not '" + Refusal.shown(text.get())
                        + "'. A bare number is in seconds.");
    }

    /** A browser that connects again sends the id of the last event that it got. */
    private static Optional<String> from(Exchange exchange, Query query) {
        return Optional.ofNullable(exchange.header(LAST_EVENT_ID))
                .filter(id -> !id.isEmpty())
                .or(() -> query.text("from"));
    }

    private void begin(Exchange exchange, Wanted wanted) {
        int partitions = service.map().partitions();
        Optional<UUID> cluster = service.status().cluster();
        if (partitions == 0 || cluster.isEmpty()) {
            exchange.refuse(Refusal.withoutMap());
            return;
        }
        WatchScope scope = WatchScope.of(cluster.get(), partitions, wanted.prefix());
        if (scope.count() > MAX_PARTITIONS) {
            exchange.refuse(Refusal.badRequest("This cluster has " + scope.count() + " partitions and at most "
                    + MAX_PARTITIONS + " can be watched at once: watch keys that share a tag, with a prefix such as"
                    + " {tag}."));
            return;
        }
        if (!runs.hasRoomFor(scope.count())) {
            exchange.refuse(Refusal.of(
                    Problem.OVERLOADED,
                    "This worker has " + runs.size() + " watches, which is as many as it can: ask another worker."));
            return;
        }
        switch (position(wanted.from(), scope)) {
            case Parsed.Refused<Optional<WatchPosition>>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Optional<WatchPosition>>(Optional<WatchPosition> position) ->
                run(exchange, new ClusterWatch(scope, wanted.prefix(), position, WAIT_MILLIS), wanted);
        }
    }

    private static Parsed<Optional<WatchPosition>> position(Optional<String> text, WatchScope scope) {
        if (text.isEmpty()) {
            return Parsed.ok(Optional.empty());
        }
        Optional<WatchPosition> position = WatchPosition.parse(text.get());
        if (position.isEmpty()) {
            return Parsed.bad("The position is not one that was given out by a watch: take it whole, as it was.");
        }
        return position.get().scope().equals(scope)
                ? Parsed.ok(position)
                : Parsed.bad(
                        "The position is of another cluster, or of a watch of other partitions: go on with the prefix"
                                + " that it was given out for.");
    }

    private void run(Exchange exchange, ClusterWatch watch, Wanted wanted) {
        WatchFormat format = WatchFormat.wanted(exchange.header(HttpHeaders.ACCEPT));
        WatchRun.Terms terms = new WatchRun.Terms(format, wanted.values(), wanted.durationMillis());
        runs.begin(new WatchRun(service, exchange, watch, terms, settings.requestTimeoutMillis(), runs));
    }
}
