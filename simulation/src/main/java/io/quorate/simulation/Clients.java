package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Outcome;
import io.quorate.api.Partitioning;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.core.cluster.Now;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Clients that write and read through any worker. */
final class Clients {
    private static final long TIMEOUT_NANOS = 2_000 * Now.NANOS_PER_MILLI;
    private static final long GRACE_NANOS = 1_000 * Now.NANOS_PER_MILLI;
    private static final int KEYS = 9;
    private static final int MOVED_KEYS = 3;

    private final Simulation world;
    private final Partitioning partitioning;
    private final Answers answers;
    private final CallRecorder recorder = new CallRecorder();
    private final Map<Long, Asked> underWay = new TreeMap<>();
    private final Map<Bytes, Revision> acknowledged = new HashMap<>();
    private long lastTicket;
    private int applied;
    private int served;
    private int operations;

    Clients(Simulation world, int partitions) {
        this.world = world;
        this.partitioning = new Partitioning(partitions);
        this.answers = new Answers(world);
    }

    /** Writes that were acknowledged. */
    int applied() {
        return applied;
    }

    /** Reads that were answered. */
    int served() {
        return served;
    }

    int operations() {
        return operations;
    }

    /** One operation on a worker that is up; a calm one has no reason to fail. */
    void operate(boolean calm) {
        List<SimulatedWorker> up =
                world.workers().stream().filter(SimulatedWorker::isUp).toList();
        if (up.isEmpty()) {
            return;
        }
        Timeline time = world.time;
        SimulatedWorker worker = up.get(time.random().nextInt(up.size()));
        int number = time.random().nextInt(KEYS + MOVED_KEYS);
        boolean moved = number >= KEYS;
        Bytes key = Bytes.utf8((moved ? "moved-" : "key-") + number);
        long ticket = ++lastTicket;
        double kind = time.random().nextDouble();
        boolean local = kind < 0.05;
        Optional<Command> command = kind < 0.4 ? Optional.empty() : Optional.of(command(kind, key, ticket, moved));
        int partition = partitioning.of(key);
        Asked asked = new Asked(
                ticket,
                key,
                partition,
                command,
                local,
                worker,
                worker.life(),
                time.nanos(),
                acknowledged.getOrDefault(key, Revision.NONE),
                world.invariants().establishedTerm(partition),
                calm);
        operations++;
        underWay.put(ticket, asked);
        ask(asked);
    }

    private void ask(Asked asked) {
        SimulatedWorker worker = asked.worker();
        world.time.note(() -> "client: call %d, %s of %s at %s"
                .formatted(
                        asked.ticket(),
                        asked.command().map(Command::toString).orElse(asked.local() ? "local read" : "read"),
                        asked.key(),
                        worker.id));
        if (asked.command().isPresent()) {
            worker.write(asked.ticket(), asked.command().get(), TIMEOUT_NANOS);
        } else if (asked.local()) {
            worker.readLocal(asked.ticket(), asked.key());
        } else {
            worker.read(asked.ticket(), asked.key(), TIMEOUT_NANOS);
        }
    }

    private Command command(double kind, Bytes key, long ticket, boolean moved) {
        Value value = Value.json("value-" + ticket);
        if (moved && kind < 0.85) {
            long time = world.time.now().wallMillis() + world.time.random().nextLong(-200, 200);
            return new Command.Replicate(key, value, time, ticket % 2 == 0 ? "elsewhere" : "there");
        }
        return kind < 0.9 ? new Command.Put(key, value) : new Command.Delete(key);
    }

    void written(long ticket, Outcome outcome) {
        Asked asked = underWay.remove(ticket);
        if (asked == null) {
            return;
        }
        world.time.note(() -> "client: call " + ticket + " is " + outcome);
        if (outcome instanceof Outcome.Applied done) {
            applied++;
            acknowledged.merge(asked.key(), done.revision(), (one, other) -> one.index() > other.index() ? one : other);
        }
        answers.written(asked, outcome);
        recorder.written(asked, outcome, world.time.nanos());
    }

    void read(long ticket, ReadOutcome outcome) {
        Asked asked = underWay.remove(ticket);
        if (asked == null) {
            return;
        }
        world.time.note(() -> "client: call " + ticket + " is " + outcome);
        if (!(outcome instanceof ReadOutcome.NotServed)) {
            served++;
        }
        answers.read(asked, outcome);
        recorder.read(asked, outcome, world.time.nanos());
    }

    /** At the end: nothing hangs, nothing refused was applied, and an order of all calls explains their answers. */
    void check() {
        long now = world.time.nanos();
        underWay.values().forEach(asked -> {
            boolean due = now - asked.startNanos() > TIMEOUT_NANOS + GRACE_NANOS;
            if (due && asked.worker().life() == asked.life()) {
                throw new Violation(Promise.ANSWERED_IN_TIME, "never answered: " + asked);
            }
            recorder.unanswered(asked);
        });
        answers.checkRefused();
        recorder.check();
    }
}
