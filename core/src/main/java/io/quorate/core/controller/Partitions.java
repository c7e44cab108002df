package io.quorate.core.controller;

import io.quorate.core.cluster.Now;
import io.quorate.core.controller.state.Changes;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.Elected;
import io.quorate.core.controller.state.PartitionState;
import java.util.BitSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Walks the partitions that something happened to, and only those: what is wanted of their workers is ordered at once,
 * what is to be decided about them waits for the decision before to be made.
 */
final class Partitions {
    private static final long LOOK_AGAIN_MILLIS = 50;
    private static final long YOUNG_MILLIS = 3_000;
    private static final int LOOKS_OF_OLD = 10;
    private static final int UNSETTLED_PER_LOOK_MILLI = 32;

    private final ClusterState state;
    private final Workers workers;
    private final PartitionIndex index = new PartitionIndex();
    private final SortedMap<Integer, PartitionWatch> watches = new TreeMap<>();
    private final Election election;
    private final Leadership leadership;
    private final Replacement replacement;
    private final WantedOrders orders;

    /** Something happened to them since they were looked at. */
    private final BitSet dirty = new BitSet();

    /** They were looked at, but nothing could be decided at that time. */
    private final BitSet undecided = new BitSet();

    /** They are looked at again and again until they are as they should be. */
    private final BitSet unsettled = new BitSet();

    Partitions(ClusterState state, Workers workers, FenceRule fence, Now now) {
        this.state = state;
        this.workers = workers;
        this.election = new Election(state, workers, fence);
        this.leadership = new Leadership(state, workers, election);
        this.replacement = new Replacement(state, workers, index);
        this.orders = new WantedOrders(workers);
        index.rebuild(state);
        state.partitions().values().forEach(partition -> follow(partition, now));
    }

    PartitionIndex index() {
        return index;
    }

    Replacement replacement() {
        return replacement;
    }

    PartitionWatch watch(int partition) {
        return watches.computeIfAbsent(partition, PartitionWatch::new);
    }

    /** Something was heard of the partition. */
    void touch(int partition) {
        dirty.set(partition);
    }

    /** Something was heard of the worker; what it was told in vain is said again at once. */
    void touchAllOf(String worker) {
        BitSet all = index.of(worker);
        dirty.or(all);
        all.stream().forEach(partition -> watch(partition).retry.reset());
    }

    /** There is room for further repairs, or another worker to place replicas on. */
    void touchWanting() {
        dirty.or(replacement.wanting());
    }

    void touchEverything() {
        state.partitions().keySet().forEach(dirty::set);
    }

    /** Decisions were committed. */
    void applied(Changes changes, Now now) {
        changes.partitions().stream()
                .forEach(number -> state.partition(number).ifPresent(partition -> {
                    boolean moved =
                            index.repairs().get(number) || index.balances().get(number);
                    index.update(partition);
                    follow(partition, now);
                    if (moved && partition.move().isEmpty()) {
                        touchWanting();
                    }
                }));
    }

    private void follow(PartitionState partition, Now now) {
        watch(partition.partition()).follow(partition, now);
        dirty.set(partition.partition());
    }

    /** Looks again at those whose time has come. */
    void due(Now now) {
        for (int p = unsettled.nextSetBit(0); p >= 0; p = unsettled.nextSetBit(p + 1)) {
            if (now.monotonicNanos() - watch(p).lookAtNanos >= 0) {
                dirty.set(p);
            }
        }
    }

    /** Orders what is wanted of the workers of partitions that something happened to. */
    void order(Now now, Outbox outbox) {
        for (int p = dirty.nextSetBit(0); p >= 0; p = dirty.nextSetBit(p + 1)) {
            int number = p;
            state.partition(number).ifPresent(partition -> order(partition, watch(number), now, outbox));
        }
        undecided.or(dirty);
        dirty.clear();
    }

    private void order(PartitionState partition, PartitionWatch watch, Now now, Outbox outbox) {
        boolean[] wanted = new boolean[1];
        boolean due = watch.retry.due(now);
        orders.give(partition, watch, (worker, order) -> {
            wanted[0] = true;
            if (due) {
                outbox.add(worker, order);
            }
        });
        if (wanted[0] && due) {
            watch.retry.said(now);
        }
        boolean settled = !wanted[0] && settled(partition);
        unsettled.set(partition.partition(), !settled);
        watch.lookAtNanos = now.monotonicNanos() + lookPauseMillis(watch, now) * Now.NANOS_PER_MILLI;
    }

    private boolean settled(PartitionState partition) {
        return partition.established()
                && partition.move().isEmpty()
                && partition
                        .elected()
                        .map(Elected::leader)
                        .filter(workers::good)
                        .isPresent();
    }

    private long lookPauseMillis(PartitionWatch watch, Now now) {
        boolean young = !Elapsed.since(watch.termSinceNanos, YOUNG_MILLIS, now);
        long crowd = unsettled.cardinality() / UNSETTLED_PER_LOOK_MILLI;
        return (LOOK_AGAIN_MILLIS + crowd) * (young ? 1 : LOOKS_OF_OLD);
    }

    /** Decides about every partition that was looked at since the last time. */
    void decide(Now now, DecisionBatch batch) {
        for (int p = undecided.nextSetBit(0); p >= 0; p = undecided.nextSetBit(p + 1)) {
            int number = p;
            state.partition(number).ifPresent(partition -> decide(partition, watch(number), now, batch));
        }
        undecided.clear();
    }

    private void decide(PartitionState partition, PartitionWatch watch, Now now, DecisionBatch batch) {
        Optional<Elected> elected = partition.elected();
        if (elected.isEmpty()) {
            election.decide(partition, watch, now, batch);
        } else if (!leadership.decide(partition, elected.get(), watch, now, batch)) {
            replacement.decide(partition, watch, now, batch);
        }
    }
}
