package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.KeyChange;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WatchRequest;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.Space;
import io.quorate.core.watch.ClusterWatch;
import io.quorate.core.watch.WatchPosition;
import io.quorate.core.watch.WatchScope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A client that watches keys, and what it must be shown: every committed change of them, once and in order. */
final class Watcher {
    private static final int WAIT_MILLIS = 1_000;
    private static final double SLOW = 0.1;
    private static final double NO_ROOM = 0.02;

    /** The place after the last entry is always kept. */
    private static final long LEAST_PASSED = 1;

    /** The last change that was shown, or the last entry before the watch began. */
    private record Place(long index, int item) {}

    private final Simulation world;
    private final WatchScope scope;
    private final Bytes prefix;
    private final Place[] shown;
    private SimulatedWorker worker;
    private long life;
    private long stay;
    private ClusterWatch watch;

    Watcher(Simulation world, UUID cluster, int partitions, Bytes prefix, SimulatedWorker worker) {
        this.world = world;
        this.scope = new WatchScope(cluster, partitions, 0, partitions);
        this.prefix = prefix;
        this.shown = new Place[partitions];
        this.worker = worker;
        this.life = worker.life();
        this.watch = new ClusterWatch(scope, prefix, Optional.empty(), WAIT_MILLIS);
    }

    SimulatedWorker worker() {
        return worker;
    }

    /** Which of its stays at workers this is: answers to an earlier one are not for it. */
    long stay() {
        return stay;
    }

    boolean hasItsWorker() {
        return worker.life() == life;
    }

    /** Goes on at another worker, with nothing but the text of the position if it has one. */
    void goTo(SimulatedWorker other) {
        boolean hasPosition = watch.hasBegun() && watch.failure().isEmpty();
        begin(other, hasPosition ? Optional.of(watch.position().text()) : Optional.empty());
    }

    private void begin(SimulatedWorker other, Optional<String> position) {
        worker = other;
        life = other.life();
        stay++;
        Optional<WatchPosition> from =
                position.map(text -> WatchPosition.parse(text).orElseThrow());
        if (from.isEmpty()) {
            Arrays.fill(shown, null);
        }
        watch = new ClusterWatch(scope, prefix, from, WAIT_MILLIS);
    }

    void retry() {
        if (watch.failure().isPresent()) {
            begin(worker, Optional.empty());
        }
        watch.retry();
        take();
    }

    List<WatchRequest> ask() {
        return watch.ask();
    }

    void answered(int partition, WatchOutcome outcome) {
        watch.answered(partition, outcome, !world.time.chance(NO_ROOM));
        take();
        switch (outcome) {
            case WatchOutcome.Changes _ -> seen(partition);
            case WatchOutcome.NotServed failure -> failed(partition, failure);
        }
    }

    /** Some of what there is, or all: a client that is slow leaves in the middle of an entry now and then. */
    private void take() {
        int most = world.time.chance(SLOW) ? world.time.random().nextInt(3) : Integer.MAX_VALUE;
        for (int taken = 0; taken < most; taken++) {
            Optional<ClusterWatch.Given> next = watch.next();
            if (next.isEmpty()) {
                return;
            }
            show(next.get());
        }
    }

    /** A place that was shown is refused for no other reason than that it is not kept. */
    private void failed(int partition, WatchOutcome.NotServed failure) {
        if (failure.problem() != Problem.POSITION_GONE) {
            return;
        }
        world.coverage().happened(Coverage.Happening.WATCH_GONE);
        CommittedLog log = world.invariants().committed(partition);
        long passed = watch.position()
                .after(partition)
                .map(after -> log.last() - after.index() + (watch.isWhole(partition) ? 0 : 1))
                .orElse(0L);
        if (!failure.detail().contains("keeps its changes") || passed < LEAST_PASSED) {
            throw new Violation(
                    Promise.WATCH_IS_WHOLE,
                    "a place that was shown, %d entries ago, is refused: %s".formatted(passed, failure));
        }
    }

    private void show(ClusterWatch.Given given) {
        world.coverage().happened(Coverage.Happening.CHANGE_WATCHED);
        Optional<KeyChange> wanted = next(given.partition(), Long.MAX_VALUE);
        if (!wanted.equals(Optional.of(given.change()))) {
            throw new Violation(
                    Promise.WATCH_IS_WHOLE,
                    "a watch of partition %d after %s was shown %s where the log has %s"
                            .formatted(given.partition(), shown[given.partition()], given.change(), wanted));
        }
        shown[given.partition()] =
                new Place(given.change().revision().index(), given.change().item());
    }

    /** All up to the position was shown. */
    private void seen(int partition) {
        Revision upTo = watch.position().after(partition).orElseThrow();
        if (upTo.index() > world.invariants().committed(partition).last()) {
            throw new Violation(Promise.WATCH_IS_WHOLE, "a watch of partition %d got to %s".formatted(partition, upTo));
        }
        if (shown[partition] == null) {
            shown[partition] = new Place(upTo.index(), Integer.MAX_VALUE);
        }
        next(partition, watch.isWhole(partition) ? upTo.index() : upTo.index() - 1)
                .ifPresent(missed -> {
                    throw new Violation(
                            Promise.WATCH_IS_WHOLE,
                            "a watch of partition %d got to %s and missed %s".formatted(partition, upTo, missed));
                });
    }

    /** The next change after what was shown, up to that entry. */
    private Optional<KeyChange> next(int partition, long upTo) {
        Place after = shown[partition];
        if (after == null) {
            return Optional.empty();
        }
        CommittedLog log = world.invariants().committed(partition);
        for (long index = after.index(); index <= Math.min(upTo, log.last()); index++) {
            if (index > 0) {
                Entry entry = log.at(index).orElseThrow();
                int from = index == after.index() ? after.item() : -1;
                for (int item = 0; item < entry.changes().size(); item++) {
                    Optional<KeyChange> change = item > from ? change(entry, item) : Optional.empty();
                    if (change.isPresent()) {
                        return change;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<KeyChange> change(Entry entry, int item) {
        Revision revision = new Revision(entry.term(), entry.index());
        Optional<KeyChange> change = switch (entry.changes().get(item)) {
            case Change.Put put -> Optional.of(new KeyChange.Put(put.key(), put.record(), item, entry.logTimeMillis()));
            case Change.Delete delete ->
                Optional.of(new KeyChange.Deleted(delete.key(), revision, item, entry.logTimeMillis()));
            case Change.Expire expire
            when expire.space() == Space.KEYS ->
                Optional.of(new KeyChange.Expired(expire.key(), revision, item, entry.logTimeMillis()));
            default -> Optional.empty();
        };
        return change.filter(found -> found.key().startsWith(prefix));
    }

    /** What it has not got to yet of that. */
    Optional<String> behind(long[] ends) {
        for (int partition = 0; partition < ends.length; partition++) {
            long upTo = watch.position().after(partition).map(Revision::index).orElse(0L);
            if (upTo < ends[partition] || !watch.isWhole(partition)) {
                return Optional.of("without faults a watch of partition %d at %s stays at %d of %d"
                        .formatted(partition, worker.id, upTo, ends[partition]));
            }
        }
        return Optional.empty();
    }
}
