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
    static final int MAX_KEPT_BYTES = 1 << 20;

    private static final int LEAST_ASKED_BYTES = 16 << 10;
    private static final int MOST_ASKED_BYTES = 256 << 10;

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
    private int taken;
    private boolean ended;
    private long keptBytes;

    /**
     * @param from where to go on; empty to begin where each partition is now
     * @param waitMillis how long a partition waits for a change before it answers that there was none
     */
    public ClusterWatch(WatchScope scope, Bytes prefix, Optional<WatchPosition> from, int waitMillis) {
        this.scope = scope;
        this.prefix = prefix;
        this.waitMillis = waitMillis;
        this.askedBytes = Math.clamp(MAX_KEPT_BYTES / scope.count(), LEAST_ASKED_BYTES, MOST_ASKED_BYTES);
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
        while (!ended && failure.isEmpty() && keptBytes < MAX_KEPT_BYTES && !toAsk.isEmpty()) {
            int partition = toAsk.removeFirst();
            requests.add(new WatchRequest(
                    partition,
                    prefix,
                    position.after(partition),
                    position.items(partition),
                    askedBytes,
                    hasBegun(partition) ? waitMillis : 0));
        }
        return requests;
    }

    private boolean hasBegun(int partition) {
        return begun[partition - scope.first()];
    }

    /**
     * What became of a request.
     *
     * @param mayKeep whether there is room for changes that nobody takes at once; else they are asked for again
     */
    public void answered(int partition, WatchOutcome outcome, boolean mayKeep) {
        if (ended) {
            return;
        }
        switch (outcome) {
            case WatchOutcome.Changes changes -> add(partition, changes, mayKeep);
            case WatchOutcome.NotServed not -> {
                if (!not.problem().retryable() || position.after(partition).isEmpty()) {
                    failure = failure.or(() -> Optional.of(not));
                } else {
                    notServed.add(partition);
                    begins(partition);
                }
            }
        }
    }

    private void add(int partition, WatchOutcome.Changes changes, boolean mayKeep) {
        begins(partition);
        if (changes.changes().isEmpty()) {
            boolean isAhead = position.after(partition)
                    .filter(after -> after.index() > changes.upTo().index())
                    .isPresent();
            if (!isAhead) {
                position = position.with(partition, changes.upTo(), 0);
            }
            toAsk.addLast(partition);
        } else if (keptBytes >= MAX_KEPT_BYTES) {
            toAsk.addLast(partition);
        } else if (!mayKeep) {
            notServed.add(partition);
        } else {
            long bytes = changes.changes().stream().mapToLong(KeyChange::bytes).sum();
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

    /** The next change, if one is here. */
    public Optional<Given> next() {
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        Answer answer = kept.getFirst();
        List<KeyChange> changes = answer.changes().changes();
        KeyChange change = changes.get(taken++);
        if (taken == changes.size()) {
            position = position.with(answer.partition(), answer.changes().upTo(), 0);
            kept.removeFirst();
            keptBytes -= answer.bytes();
            taken = 0;
            toAsk.addLast(answer.partition());
        } else {
            position = position.with(answer.partition(), change.revision(), change.item() + 1);
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

    /** Whether all changes of the last entry seen of the partition were given out. */
    public boolean isWhole(int partition) {
        return position.items(partition) == 0;
    }

    /** How many partitions could not be asked when they were asked last. */
    public int notServed() {
        return notServed.size();
    }

    /** Bytes of changes that nobody took yet, about. */
    public long keptBytes() {
        return keptBytes;
    }

    /** Nobody wants more: what is kept is let go, and answers that are still to come change nothing. */
    public void end() {
        ended = true;
        kept.clear();
        keptBytes = 0;
        toAsk.clear();
        notServed.clear();
    }

    /** Why it cannot go on. */
    public Optional<WatchOutcome.NotServed> failure() {
        return failure;
    }
}
