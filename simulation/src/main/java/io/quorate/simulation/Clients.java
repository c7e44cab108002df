package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Outcome;
import io.quorate.api.Partitioning;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Revision;
import io.quorate.api.ScanOutcome;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.Now;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Clients that write and read through any worker, and repeat what they may. */
final class Clients {
    private static final long TIMEOUT_NANOS = 2_000 * Now.NANOS_PER_MILLI;
    private static final double SCANS = 0.05;
    private static final long GRACE_NANOS = 1_000 * Now.NANOS_PER_MILLI;

    private final Simulation world;
    private final Partitioning partitioning;
    private final Workload workload;
    private final Answers answers;
    private final Repetitions repetitions;
    private final ReadCalls reads;
    private final ScanCalls scans;
    private final WatchCalls watches;
    private final SessionCalls sessions;
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
        this.workload = new Workload(world.time.random());
        this.answers = new Answers(world);
        this.repetitions = new Repetitions(world);
        this.reads = new ReadCalls(world);
        this.scans = new ScanCalls(world, workload, partitions);
        this.watches = new WatchCalls(world, partitions, () -> ++lastTicket);
        this.sessions = new SessionCalls(world);
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
        Optional<SimulatedWorker> up = anyWorker();
        if (up.isEmpty()) {
            return;
        }
        Timeline time = world.time;
        SimulatedWorker worker = up.get();
        watches.tend(worker);
        long ticket = ++lastTicket;
        double kind = time.random().nextDouble();
        if (kind >= 1 - SCANS) {
            operations++;
            scans.ask(ticket, worker, calm, TIMEOUT_NANOS);
            return;
        }
        Bytes key = workload.key();
        int partition = partitioning.of(key);
        sessions.tend(worker, key, partition, ++lastTicket, TIMEOUT_NANOS);
        Revision last = acknowledged.getOrDefault(key, Revision.NONE);
        Optional<WriteRequest> write = kind < 0.4
                ? Optional.empty()
                : Optional.of(workload.write(
                        key,
                        ticket,
                        any -> acknowledged.getOrDefault(any, Revision.NONE),
                        time.now().wallMillis(),
                        content -> sessions.name(partition, content)));
        operations++;
        ask(new Asked(
                ticket,
                key,
                partition,
                write,
                reads.request(key, partition, kind),
                worker,
                worker.life(),
                time.nanos(),
                time.nanos(),
                1,
                last,
                world.invariants().establishedTerm(partition),
                calm));
    }

    private Optional<SimulatedWorker> anyWorker() {
        List<SimulatedWorker> up =
                world.workers().stream().filter(SimulatedWorker::isUp).toList();
        return up.isEmpty()
                ? Optional.empty()
                : Optional.of(up.get(world.time.random().nextInt(up.size())));
    }

    private void ask(Asked asked) {
        underWay.put(asked.ticket(), asked);
        SimulatedWorker worker = asked.worker();
        world.time.note(() -> "client: call %d, %s of %s at %s"
                .formatted(
                        asked.ticket(),
                        asked.commands().isEmpty()
                                ? asked.read().toString()
                                : asked.commands().toString(),
                        asked.key(),
                        worker.id));
        if (asked.write().isPresent()) {
            worker.write(asked.ticket(), asked.write().get(), TIMEOUT_NANOS);
        } else {
            worker.read(asked.ticket(), asked.read(), TIMEOUT_NANOS);
        }
        if (asked.isRepeatable()) {
            world.time.after(TIMEOUT_NANOS + GRACE_NANOS, () -> lost(asked));
        }
    }

    /** Its worker ended before it answered: the client asks another one. */
    private void lost(Asked asked) {
        if (asked.worker().life() != asked.life() && underWay.remove(asked.ticket(), asked)) {
            repeatOrGiveUp(asked, new Outcome.Unknown("the worker is gone"));
        }
    }

    private void recorded(Asked asked, Outcome outcome) {
        sessions.answered(asked, outcome);
        recorder.written(asked, outcome, world.time.nanos());
    }

    private void repeatOrGiveUp(Asked asked, Outcome outcome) {
        if (repetitions.mayRepeat(asked)) {
            again(asked);
        } else {
            recorded(asked, outcome);
        }
    }

    private void again(Asked asked) {
        world.time.within(
                10_000,
                300_000,
                () -> anyWorker()
                        .ifPresentOrElse(
                                worker -> ask(asked.again(++lastTicket, worker, world.time.nanos())),
                                () -> again(asked)));
    }

    void written(long ticket, Outcome outcome) {
        if (sessions.opened(ticket, outcome)) {
            return;
        }
        Asked asked = underWay.remove(ticket);
        if (asked == null) {
            return;
        }
        world.time.note(() -> "client: call " + ticket + " is " + outcome);
        if (outcome instanceof Outcome.Applied done) {
            applied++;
            scans.acknowledged(asked.partition(), done.revision().index());
            reads.acknowledged(asked.partition(), done.revision());
            asked.commands().stream()
                    .filter(command -> !(command instanceof Command.Get))
                    .forEach(command -> acknowledged(command.key(), done.revision()));
        }
        answers.written(asked, outcome);
        if (repetitions.isOfKnown(asked)) {
            repetitions.check(asked, outcome);
        } else if (repetitions.isOpen(asked, outcome)) {
            repeatOrGiveUp(asked, new Outcome.Unknown(outcome.toString()));
        } else {
            recorded(asked, outcome);
            if (repetitions.repeatsKnown(asked, outcome)) {
                again(asked);
            }
        }
    }

    private void acknowledged(Bytes key, Revision revision) {
        acknowledged.merge(key, revision, (one, other) -> one.index() > other.index() ? one : other);
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
        reads.answered(asked, outcome);
        recorder.read(asked, outcome, world.time.nanos());
    }

    void scanned(long ticket, ScanOutcome outcome) {
        scans.answered(ticket, outcome);
    }

    void watched(long ticket, WatchOutcome outcome) {
        watches.answered(ticket, outcome);
    }

    /** Without faults: every watch gets to the end of what it watches. */
    void awaitWatches() {
        watches.awaitEnd();
    }

    /** At the end: nothing hangs, nothing refused was applied, and an order of all calls explains their answers. */
    void check() {
        long now = world.time.nanos();
        underWay.values().forEach(asked -> {
            boolean due = now - asked.askedNanos() > TIMEOUT_NANOS + GRACE_NANOS;
            if (due && asked.worker().life() == asked.life()) {
                throw new Violation(Promise.ANSWERED_IN_TIME, "never answered: " + asked);
            }
            if (!repetitions.isOfKnown(asked)) {
                recorder.unanswered(asked);
            }
        });
        scans.check(TIMEOUT_NANOS + GRACE_NANOS);
        answers.checkRefused();
        recorder.check();
    }
}
