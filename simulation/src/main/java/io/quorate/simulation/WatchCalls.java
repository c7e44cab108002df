package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WatchRequest;
import io.quorate.core.cluster.Now;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Clients that watch, each through some worker, from which they go to another one with the position that they have. */
final class WatchCalls {
    private static final List<Bytes> PREFIXES = List.of(Bytes.EMPTY, Bytes.utf8("key-"));
    private static final UUID CLUSTER = new UUID(0, 1);
    private static final long SLACK_NANOS = 2_000 * Now.NANOS_PER_MILLI;
    private static final double LEAVES = 0.004;
    private static final int END_LOOKS = 40;
    private static final long END_PAUSE_NANOS = 250 * Now.NANOS_PER_MILLI;

    private record Poll(Watcher watcher, long stay, int partition) {}

    private final Simulation world;
    private final int partitions;
    private final LongSupplier tickets;
    private final List<Watcher> watchers = new ArrayList<>();
    private final Map<Long, Poll> underWay = new TreeMap<>();

    WatchCalls(Simulation world, int partitions, LongSupplier tickets) {
        this.world = world;
        this.partitions = partitions;
        this.tickets = tickets;
    }

    /** Looks after the watchers: some are sent to another worker, and some have lost theirs. */
    void tend(SimulatedWorker any) {
        while (watchers.size() < PREFIXES.size()) {
            watchers.add(new Watcher(world, CLUSTER, partitions, PREFIXES.get(watchers.size()), any));
        }
        for (Watcher watcher : watchers) {
            if (!watcher.hasItsWorker() || world.time.chance(LEAVES)) {
                watcher.goTo(any);
            }
            watcher.retry();
            ask(watcher);
        }
    }

    private void ask(Watcher watcher) {
        for (WatchRequest request : watcher.ask()) {
            long ticket = tickets.getAsLong();
            underWay.put(ticket, new Poll(watcher, watcher.stay(), request.partition()));
            world.time.note(() -> "client: call %d, %s at %s".formatted(ticket, request, watcher.worker().id));
            watcher.worker().watch(ticket, request, request.waitMillis() * Now.NANOS_PER_MILLI + SLACK_NANOS);
        }
    }

    void answered(long ticket, WatchOutcome outcome) {
        Poll poll = underWay.remove(ticket);
        if (poll == null || poll.watcher().stay() != poll.stay()) {
            return;
        }
        world.time.note(() -> "client: call " + ticket + " is " + outcome);
        poll.watcher().answered(poll.partition(), outcome);
        world.time.within(1_000, 40_000, () -> {
            if (poll.watcher().stay() == poll.stay()) {
                ask(poll.watcher());
            }
        });
    }

    /** At the end, without faults: every watch gets to where the log is now. */
    void awaitEnd() {
        long[] ends = new long[partitions];
        for (int partition = 0; partition < partitions; partition++) {
            ends[partition] = world.invariants().committed(partition).last();
        }
        Optional<String> behind = behind(ends);
        for (int look = 1; look < END_LOOKS && behind.isPresent(); look++) {
            world.time.runUntil(world.time.nanos() + END_PAUSE_NANOS);
            watchers.forEach(watcher -> {
                watcher.retry();
                ask(watcher);
            });
            behind = behind(ends);
        }
        behind.ifPresent(words -> {
            throw new Violation(Promise.CALM_SUCCEEDS, words);
        });
    }

    private Optional<String> behind(long[] ends) {
        return watchers.stream()
                .map(watcher -> watcher.behind(ends))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
