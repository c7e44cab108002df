package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A leader's writes: evaluated in the order in which they arrive, gathered into entries, answered once committed and
 * applied. Action {@code AppendWrite}.
 *
 * <p>A command that depends on the key's state is evaluated against the uncommitted tail over applied state; if only
 * the store knows the key, later commands on that key queue behind the load.
 */
final class Writes {
    private record Queued(Origin origin, Command command, long deadlineNanos) {}

    private record Rejected(Origin origin, Outcome outcome, long afterIndex) {}

    private final Replica replica;
    private final WorkerContext context;
    private final Leader leader;
    private final Tail tail = new Tail();
    private final Batch batch;
    private final Map<Bytes, Deque<Queued>> behindLoads = new LinkedHashMap<>();
    private final Deque<PendingWrite> inLog = new ArrayDeque<>();
    private final Deque<Rejected> rejected = new ArrayDeque<>();

    Writes(Replica replica, WorkerContext context, Leader leader) {
        this.replica = replica;
        this.context = context;
        this.leader = leader;
        this.batch = new Batch(replica, context, leader.term());
        for (long index = replica.table().applied().index() + 1;
                index <= replica.log().last().index();
                index++) {
            noteInTail(replica.log().entryAt(index));
        }
    }

    private void noteInTail(Entry entry) {
        entry.changes().forEach(change -> tail.add(entry.index(), change));
    }

    void write(Origin origin, Command command, long deadlineNanos) {
        Optional<Outcome> refusal = refusal(command, deadlineNanos);
        if (refusal.isPresent()) {
            replica.answers().written(origin, refusal.get());
            return;
        }
        Deque<Queued> queue = behindLoads.get(command.key());
        if (queue != null) {
            queue.addLast(new Queued(origin, command, deadlineNanos));
        } else {
            evaluate(origin, command, deadlineNanos);
        }
    }

    private Optional<Outcome> refusal(Command command, long deadlineNanos) {
        if (context.nanos() >= deadlineNanos) {
            return notApplied(Problem.NO_QUORUM, "the deadline passed before the leader could take the write");
        }
        if (leader.isStalled()) {
            return notApplied(
                    Problem.NO_QUORUM,
                    "fewer than %d of %d replicas of partition %d can be reached"
                            .formatted(
                                    leader.configuration().writeQuorum(),
                                    leader.configuration().members().size(),
                                    replica.partition));
        }
        if (context.diskIsLow() && !(command instanceof Command.Delete)) {
            return notApplied(
                    Problem.DISK_FULL,
                    "the disk of worker %s is nearly full: free space, or delete keys"
                            .formatted(context.self.worker()));
        }
        boolean full = context.logIsFull()
                || replica.loadsInFlight() >= context.settings.maxWaiting()
                || leader.uncommittedBytes() > context.settings.maxUncommittedBytes();
        return full
                ? notApplied(Problem.OVERLOADED, "too many writes wait in partition " + replica.partition)
                : Optional.empty();
    }

    private static Optional<Outcome> notApplied(Problem problem, String detail) {
        return Optional.of(new Outcome.NotApplied(problem, detail));
    }

    private void evaluate(Origin origin, Command command, long deadlineNanos) {
        switch (command) {
            case Command.Put put -> blind(origin, put.key(), Optional.of(put.value()));
            case Command.Delete delete -> blind(origin, delete.key(), Optional.empty());
            case Command.Replicate replicate -> {
                switch (current(replicate.key())) {
                    case Lookup.Found found -> replicate(origin, replicate, Optional.of(found.record()));
                    case Lookup.Absent _ -> replicate(origin, replicate, Optional.empty());
                    case Lookup.NotInMemory _ -> loadFor(origin, replicate, deadlineNanos);
                }
            }
        }
    }

    private Lookup current(Bytes key) {
        Lookup uncommitted =
                context.rules.condition().countsUncommitted() ? tail.lookup(key) : Lookup.NotInMemory.NOT_IN_MEMORY;
        return uncommitted instanceof Lookup.NotInMemory ? replica.table().lookup(key) : uncommitted;
    }

    /** Appends at once; whether something was replaced is looked up while the disk works. */
    private void blind(Origin origin, Bytes key, Optional<Value> value) {
        Lookup before = current(key);
        PendingWrite write = add(origin, key, value.map(Draft::ofClient));
        switch (before) {
            case Lookup.Found _ -> write.existed = true;
            case Lookup.Absent _ -> write.existed = false;
            case Lookup.NotInMemory _ ->
                replica.load(
                        key,
                        record -> {
                            write.existed = record.isPresent();
                            answerIfCommitted(write, applied(write));
                        },
                        () -> answerIfCommitted(write, Orphans.UNKNOWN));
        }
    }

    private void answerIfCommitted(PendingWrite write, Outcome outcome) {
        if (write.committed) {
            replica.answers().written(write.origin, outcome);
        }
    }

    /** What a record is made of beside its place in the log; without a time, log time is its modified time. */
    private record Draft(Value value, OptionalLong modifiedMillis, String origin) {
        static Draft ofClient(Value value) {
            return new Draft(value, OptionalLong.empty(), "");
        }

        static Draft of(Command.Replicate command) {
            long time = command.originTimeMillis();
            return new Draft(
                    command.value(),
                    time == Command.Replicate.ONLY_IF_ABSENT ? OptionalLong.empty() : OptionalLong.of(time),
                    command.origin());
        }

        Record record(Revision revision, long logTimeMillis) {
            return new Record(value, revision, modifiedMillis.orElse(logTimeMillis), Record.NEVER, origin);
        }
    }

    private PendingWrite add(Origin origin, Bytes key, Optional<Draft> draft) {
        batch.makeRoomFor(key);
        long index = batch.index();
        Revision revision = new Revision(leader.term(), index);
        Change change = draft.<Change>map(
                        present -> new Change.Put(key, present.record(revision, batch.logTimeMillis())))
                .orElseGet(() -> new Change.Delete(key));
        batch.add(key, change);
        tail.add(index, change);
        PendingWrite write = new PendingWrite(origin, revision);
        inLog.addLast(write);
        return write;
    }

    private void replicate(Origin origin, Command.Replicate command, Optional<Record> current) {
        boolean newer = current.map(record -> isNewer(command, record)).orElse(true);
        if (newer) {
            PendingWrite write = add(origin, command.key(), Optional.of(Draft.of(command)));
            write.existed = current.isPresent();
        } else {
            Revision revision = current.map(Record::revision).orElse(Revision.NONE);
            rejected.addLast(new Rejected(origin, new Outcome.ConditionFailed(revision), batch.lastTaken()));
            answerCommitted();
        }
    }

    private static boolean isNewer(Command.Replicate command, Record record) {
        if (command.originTimeMillis() != record.modifiedMillis()) {
            return command.originTimeMillis() > record.modifiedMillis();
        }
        return command.origin().compareTo(record.origin()) > 0;
    }

    private void loadFor(Origin origin, Command command, long deadlineNanos) {
        Deque<Queued> queue = new ArrayDeque<>();
        queue.addLast(new Queued(origin, command, deadlineNanos));
        behindLoads.put(command.key(), queue);
        replica.load(command.key(), record -> loaded(command.key(), record), () -> {});
    }

    private void loaded(Bytes key, Optional<Record> record) {
        Deque<Queued> queue = behindLoads.remove(key);
        if (queue == null || !leader.isCurrent()) {
            return;
        }
        boolean first = true;
        for (Queued queued : queue) {
            if (first && queued.command() instanceof Command.Replicate replicate) {
                replicate(queued.origin(), replicate, record);
            } else {
                write(queued.origin(), queued.command(), queued.deadlineNanos());
            }
            first = false;
        }
    }

    /** Appends a change that belongs to no client. */
    void addOwn(Change change) {
        batch.addOwn(change);
    }

    /** Closes the entry that is being gathered. */
    void flush() {
        batch.close();
    }

    void applied(Entry entry) {
        tail.applied(entry);
    }

    /** Answers everything that is committed and applied by now. */
    void answerCommitted() {
        long applied = replica.table().applied().index();
        while (!inLog.isEmpty() && inLog.getFirst().revision.index() <= applied) {
            PendingWrite write = inLog.removeFirst();
            if (write.existed != null) {
                replica.answers().written(write.origin, applied(write));
            } else {
                write.committed = true;
            }
        }
        while (!rejected.isEmpty() && rejected.getFirst().afterIndex() <= applied) {
            Rejected answer = rejected.removeFirst();
            replica.answers().written(answer.origin(), answer.outcome());
        }
    }

    private Outcome applied(PendingWrite write) {
        return new Outcome.Applied(
                write.revision,
                Boolean.TRUE.equals(write.existed),
                leader.acknowledgements(write.revision.index()),
                leader.configuration().members().size(),
                leader.configuration().writeQuorum());
    }

    /** Whatever is in the log is decided by those who lead next; the rest reached no log. */
    void stepDown() {
        long last = replica.log().last().index();
        for (PendingWrite write : inLog) {
            if (write.revision.index() <= last) {
                replica.orphans().add(write, leader.configuration());
            } else {
                replica.answers().notLeader(write.origin, replica.term());
            }
        }
        inLog.clear();
        rejected.forEach(answer -> replica.answers().notLeader(answer.origin(), replica.term()));
        rejected.clear();
        behindLoads
                .values()
                .forEach(
                        queue -> queue.forEach(queued -> replica.answers().notLeader(queued.origin(), replica.term())));
        behindLoads.clear();
    }
}
