package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads keys of one partition, several at once, and tells whether what they have was there at one moment. */
final class KeyReads {
    private static final int MAX_AT_ONCE = 8;

    /** What became of it. */
    sealed interface Result {
        /**
         * What each key has.
         *
         * @param atOneMoment whether there surely was a moment at which they had it all
         */
        record Seen(Map<Bytes, Optional<Record>> records, boolean atOneMoment) implements Result {}

        /** Not all of them could be read. */
        record Failed(Reply.Failure why) implements Result {}
    }

    private final Cluster cluster;
    private final List<Bytes> keys;
    private final ReadBudget budget;
    private final Consumer<Result> whenDone;
    private final Deque<Bytes> left;
    private final Map<Bytes, Optional<Record>> records = new LinkedHashMap<>();
    private final Set<Revision> moments = new HashSet<>();
    /** Whether a value is newer than the moment that was told with it. */
    private boolean isLater;

    private int underWay;
    private Optional<Reply.Failure> failure = Optional.empty();
    private boolean ended;

    /** @param keys each once */
    KeyReads(Cluster cluster, List<Bytes> keys, ReadBudget budget, Consumer<Result> whenDone) {
        this.cluster = cluster;
        this.keys = keys;
        this.budget = budget;
        this.whenDone = whenDone;
        this.left = new ArrayDeque<>(keys);
        keys.forEach(key -> records.put(key, Optional.empty()));
    }

    void start() {
        while (failure.isEmpty() && underWay < MAX_AT_ONCE && !left.isEmpty()) {
            underWay++;
            Bytes key = left.removeFirst();
            cluster.read(key, outcome -> {
                underWay--;
                take(key, outcome);
                start();
            });
        }
        if (underWay == 0 && !ended) {
            ended = true;
            whenDone.accept(failure.<Result>map(Result.Failed::new)
                    .orElseGet(() -> new Result.Seen(records, keys.size() == 1 || (moments.size() <= 1 && !isLater))));
        }
    }

    private void take(Bytes key, ReadOutcome outcome) {
        switch (outcome) {
            case ReadOutcome.Found(Record record, var served) -> {
                records.put(key, Optional.of(record));
                moments.add(served.applied());
                isLater |= record.revision().compareTo(served.applied()) > 0;
                if (!budget.take(record.bytes())) {
                    failure = Optional.of(ReadBudget.exceeded());
                }
            }
            case ReadOutcome.Missing(var served) -> moments.add(served.applied());
            case ReadOutcome.NotServed(Problem problem, String detail) ->
                failure = failure.or(() -> Optional.of(Errors.ofRead(problem, detail)));
        }
    }
}
