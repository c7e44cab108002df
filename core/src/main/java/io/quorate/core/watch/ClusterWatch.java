package io.quorate.core.watch;

import io.quorate.api.Bytes;
import io.quorate.api.KeyChange;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WatchRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The changes of a cluster's keys, put together from those of its partitions: in the order of the log within each
 * partition, and so for each key; in no particular order among partitions.
 *
 * <p>What was given out is in the {@link #position}, and nothing else is, so whoever goes on there misses nothing and
 * gets nothing twice. While much is kept that nobody took, what arrives is let go and asked for again. Used by one
 * thread.
 */
public final class ClusterWatch {
    /** With more that nobody took, nothing further is kept. */
    static final int MAX_KEPT_BYTES = 4 << 20;

    private static final int LEAST_ASKED_BYTES = 16 << 10;
    private static final int CHANGE_BYTES = 128;

    /**
     * A change, and where the watch stands once it was taken.
     *
     * @param partition of the key
     */
    public record Given(KeyChange change, int partition, WatchPosition position) {}

    private record Answer(int partition, WatchOutcome.Changes changes, long bytes) {}

    private final WatchScope scope;
    private final Bytes prefix;
    private final int waitMillis;
    private final int askedBytes;
    private final boolean[] begun;
    private final Deque<Integer> toAsk = new ArrayDeque<>();
    private final List<Integer> notServed = new ArrayList<>();
    private final Deque<Answer> kept = new ArrayDeque<>();
    private WatchPosition position;
    private Optional<WatchOutcome.NotServed> failure = Optional.empty();
    private int notBegun;
    private int asked;
    private int taken;
    private long keptBytes;

    /**
     * @param from where to go on; empty to begin where each partition is now
     * @param waitMillis how long a partition waits for a change before it answers that there was none
     */
    public ClusterWatch(WatchScope scope, Bytes prefix, Optional<WatchPosition> from, int waitMillis) {
        this.scope = scope;
        this.prefix = prefix;
        this.waitMillis = waitMillis;
        this.askedBytes = Math.clamp(MAX_KEPT_BYTES / scope.count(), LEAST_ASKED_BYTES, WatchRequest.MAX_BYTES);
        this.position = from.orElseGet(() -> WatchPosition.unknown(scope));
        this.begun = new boolean[scope.count()];
        this.notBegun = scope.count();
        for (int i = 0; i < scope.count(); i++) {
            toAsk.add(scope.first() + i);
        }
    }

    /** What is to be asked for now; each is answered by {@link #answered}. */
    public List<WatchRequest> ask() {
        List<WatchRequest> requests = new ArrayList<>();
        while (failure.isEmpty() && keptBytes < MAX_KEPT_BYTES && !toAsk.isEmpty()) {
            int partition = toAsk.removeFirst();
            asked++;
            requests.add(new WatchRequest(
                    partition,
                    prefix,
                    position.upTo(partition),
                    position.items(partition),
                    askedBytes,
                    hasBegun(partition) ? waitMillis : 0));
        }
        return requests;
    }

    private boolean hasBegun(int partition) {
        return begun[partition - scope.first()];
    }

    /** What became of a request. */
    public void answered(int partition, WatchOutcome outcome) {
        asked--;
        switch (outcome) {
            case WatchOutcome.Changes changes -> add(partition, changes);
            case WatchOutcome.NotServed not -> {
                boolean placeIsUnknown = position.upTo(partition) == WatchRequest.NOW;
                if (!not.problem().retryable() || placeIsUnknown) {
                    failure = failure.or(() -> Optional.of(not));
                } else {
                    notServed.add(partition);
                    begins(partition);
                }
            }
        }
    }

    private void add(int partition, WatchOutcome.Changes changes) {
        begins(partition);
        if (changes.changes().isEmpty()) {
            if (changes.upToIndex() != position.upTo(partition)) {
                position = position.with(partition, changes.upToIndex(), 0);
            }
            toAsk.addLast(partition);
        } else if (keptBytes >= MAX_KEPT_BYTES) {
            toAsk.addLast(partition);
        } else {
            long bytes =
                    changes.changes().stream().mapToLong(ClusterWatch::bytes).sum();
            keptBytes += bytes;
            kept.addLast(new Answer(partition, changes, bytes));
        }
    }

    private void begins(int partition) {
        if (!hasBegun(partition)) {
            begun[partition - scope.first()] = true;
            notBegun--;
        }
    }

    private static long bytes(KeyChange change) {
        long value = change instanceof KeyChange.Put put
                ? put.record().value().bytes().length()
                : 0;
        return CHANGE_BYTES + change.key().length() + value;
    }

    /** The next change, if one is here. */
    public Optional<Given> next() {
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        Answer answer = kept.getFirst();
        List<KeyChange> changes = answer.changes().changes();
        KeyChange change = changes.get(taken++);
        if (taken == changes.size()) {
            position = position.with(answer.partition(), answer.changes().upToIndex(), 0);
            kept.removeFirst();
            keptBytes -= answer.bytes();
            taken = 0;
            toAsk.addLast(answer.partition());
        } else {
            position = position.with(answer.partition(), change.revision().index() - 1, change.item() + 1);
        }
        return Optional.of(new Given(change, answer.partition(), position));
    }

    /** Asks those partitions again that did not answer. */
    public void retry() {
        toAsk.addAll(notServed);
        notServed.clear();
    }

    /** Whether every partition has said where it is, or where it goes on: whatever is written now is given out. */
    public boolean hasBegun() {
        return notBegun == 0;
    }

    /** Where it stands: everything before was given out. */
    public WatchPosition position() {
        return position;
    }

    /** How many requests are not answered yet. */
    public int asked() {
        return asked;
    }

    /** Why it cannot go on. */
    public Optional<WatchOutcome.NotServed> failure() {
        return failure;
    }
}
