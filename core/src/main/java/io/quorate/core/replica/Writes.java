package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.ItemResult;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.WriteName;
import io.quorate.api.WriteRequest;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.RememberedIds;
import io.quorate.core.log.Space;
import io.quorate.core.port.Expiries;
import io.quorate.core.wire.ItemResultsV1;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A leader's writes: evaluated in the order in which they arrive, gathered into entries, answered once committed and
 * applied. Action {@code AppendWrite}.
 *
 * <p>A command that depends on the key's state is evaluated against the uncommitted tail over applied state; if only
 * the store knows the key, later commands on that key queue behind the load. What depends on nothing is appended at
 * once.
 */
final class Writes {
    private final Replica replica;
    private final WorkerContext context;
    private final Leader leader;
    private final WideWrites wide;
    private final Tail tail = new Tail();
    private final Batch batch;
    private final Loading loading;
    private final Naming naming;
    private final Refusals refusals;
    private final Deque<PendingWrite> inLog = new ArrayDeque<>();

    Writes(Replica replica, WorkerContext context, Leader leader, WideWrites wide) {
        this.replica = replica;
        this.context = context;
        this.leader = leader;
        this.wide = wide;
        this.batch = new Batch(replica, context, leader.term());
        this.loading = new Loading(replica, this::resume);
        this.refusals = new Refusals(replica, leader, wide);
        this.naming = new Naming(replica, context, leader, this, wide, loading, refusals);
        for (long index = replica.table().applied().index() + 1;
                index <= replica.log().last().index();
                index++) {
            noteInTail(replica.log().entryAt(index));
        }
    }

    private void noteInTail(Entry entry) {
        entry.changes().forEach(change -> tail.add(entry.index(), change));
    }

    void write(Origin origin, WriteRequest request, long deadlineNanos) {
        wide.take(origin, request, deadlineNanos);
        admit(new WriteAttempt(origin, request, context.nanos(), deadlineNanos));
    }

    private void resume(WriteAttempt attempt) {
        if (leader.isCurrent()) {
            admit(attempt);
        } else {
            replica.answers().notLeader(attempt.origin, replica.term());
        }
    }

    private void admit(WriteAttempt attempt) {
        Optional<Outcome> refusal = refusal(attempt.request, attempt.deadlineNanos);
        if (refusal.isPresent()) {
            wide.answer(attempt.origin, refusal.get());
        } else if (attempt.request.opensSession()) {
            naming.open(attempt);
        } else if (attempt.request.name().isPresent()) {
            naming.admit(attempt, attempt.request.name().get());
        } else {
            take(attempt);
        }
    }

    private Optional<Outcome> refusal(WriteRequest request, long deadlineNanos) {
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
        if (context.diskIsLow() && !isSmall(request)) {
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
                : wide.refusal(request);
    }

    /** What a named write tells is kept. */
    private static boolean isSmall(WriteRequest request) {
        return request.opensSession()
                || request.commands().stream()
                        .allMatch(command -> command instanceof Command.Delete
                                || (command instanceof Command.Get
                                        && request.name().isEmpty()));
    }

    private static Optional<Outcome> notApplied(Problem problem, String detail) {
        return Optional.of(new Outcome.NotApplied(problem, detail));
    }

    /** How many idempotency keys and sessions there are once everything in the log is applied. */
    int remembered() {
        return replica.table().remembered() + tail.remembered();
    }

    /** Opens a session; an entry opens no more than one, as its place names it. */
    void open(WriteAttempt attempt, Sessions sessions) {
        batch.makeRoomFor(List.of(), Optional.of(RememberedIds.ofSession(revision())));
        append(sessions.open(revision(), batch.logTimeMillis()));
        inLog(PendingWrite.evaluated(attempt.origin, revision(), false, Optional.empty()));
    }

    /** Takes a write that was not taken before. */
    void take(WriteAttempt attempt) {
        WriteRequest request = attempt.request;
        boolean blind = !request.isRepeatable() && !request.isAtomic() && Evaluation.isBlind(request.command());
        Optional<Bytes> unknown = Optional.empty();
        for (Command command : request.commands()) {
            boolean isUnknown = known(attempt, Space.KEYS, command.key()) instanceof Lookup.NotInMemory;
            if (isUnknown && unknown.isEmpty()) {
                unknown = Optional.of(command.key());
            }
        }
        Optional<Bytes> wanted = unknown.filter(key -> !blind || loading.isUnderWay(Space.KEYS, key));
        if (wanted.isPresent()) {
            loading.await(Space.KEYS, wanted.get(), attempt);
        } else if (blind) {
            blind(attempt, attempt.known(Space.KEYS, request.key()));
        } else {
            evaluate(attempt);
        }
    }

    /** What is there, once all that is in the log is applied. */
    Lookup known(WriteAttempt attempt, Space space, Bytes key) {
        Lookup inMemory = inMemory(space, key);
        if (!(inMemory instanceof Lookup.NotInMemory)) {
            attempt.saw(space, key, inMemory);
        }
        return attempt.known(space, key);
    }

    private Lookup inMemory(Space space, Bytes key) {
        Lookup uncommitted = context.rules.condition().countsUncommitted()
                ? tail.lookup(space, key)
                : Lookup.NotInMemory.NOT_IN_MEMORY;
        return uncommitted instanceof Lookup.NotInMemory ? replica.table().lookup(space, key) : uncommitted;
    }

    /** Appends at once; whether something was replaced is looked up while the disk works. */
    private void blind(WriteAttempt attempt, Lookup before) {
        Command command = attempt.request.command();
        batch.makeRoomFor(List.of(command.key()), Optional.empty());
        long logTime = batch.logTimeMillis();
        Revision revision = revision();
        append(
                switch (new Evaluation(revision, logTime).of(command, Optional.empty())) {
                    case Evaluation.Verdict.Store store -> new Change.Put(command.key(), store.record());
                    case Evaluation.Verdict.Remove _ -> new Change.Delete(command.key());
                    case Evaluation.Verdict.Tell _, Evaluation.Verdict.Refuse _ ->
                        throw new IllegalStateException("a blind write is not refused");
                });
        PendingWrite write = new PendingWrite(attempt.origin, revision);
        inLog(write);
        switch (before) {
            case Lookup.Found(Record record) -> write.existed = !record.expiredAt(logTime);
            case Lookup.Absent _ -> write.existed = false;
            case Lookup.NotInMemory _ ->
                replica.load(
                        Space.KEYS,
                        command.key(),
                        record -> {
                            write.existed = record.filter(found -> !found.expiredAt(logTime))
                                    .isPresent();
                            answerIfCommitted(write, applied(write));
                        },
                        () -> answerIfCommitted(write, Orphans.UNKNOWN));
        }
    }

    private void answerIfCommitted(PendingWrite write, Outcome outcome) {
        if (write.committed) {
            wide.answer(write.origin, outcome);
        }
    }

    private void evaluate(WriteAttempt attempt) {
        WriteRequest request = attempt.request;
        batch.makeRoomFor(
                request.commands().stream().map(Command::key).toList(),
                request.name().map(RememberedIds::of));
        long logTime = batch.logTimeMillis();
        Evaluation evaluation = new Evaluation(revision(), logTime);
        switch (Effects.of(request.commands(), evaluation, key -> there(attempt, key, logTime))) {
            case Effects.Refused(Outcome outcome) -> {
                reachWhatHasExpired(attempt, logTime);
                refused(attempt, outcome);
            }
            case Effects.Done(List<Change> changes, List<ItemResult> items) -> {
                Optional<Outcome> tooLarge = AtomicLimit.refusal(request, changes, items);
                if (tooLarge.isPresent()) {
                    wide.answer(attempt.origin, tooLarge.get());
                } else {
                    done(attempt, changes, items);
                }
            }
        }
    }

    /** That its keys are gone is told with the refusal: log time is to have got there. */
    private void reachWhatHasExpired(WriteAttempt attempt, long logTimeMillis) {
        for (Command command : attempt.request.commands()) {
            found(attempt, command.key())
                    .filter(record -> record.expiredAt(logTimeMillis))
                    .ifPresent(record -> reach(record.expiresMillis()));
        }
    }

    private static Optional<Record> found(WriteAttempt attempt, Bytes key) {
        return attempt.known(Space.KEYS, key) instanceof Lookup.Found(Record record)
                ? Optional.of(record)
                : Optional.empty();
    }

    private static Optional<Record> there(WriteAttempt attempt, Bytes key, long logTimeMillis) {
        return found(attempt, key).filter(record -> !record.expiredAt(logTimeMillis));
    }

    private void done(WriteAttempt attempt, List<Change> changes, List<ItemResult> items) {
        ItemResult first = items.getFirst();
        PendingWrite write = attempt.request.isAtomic()
                ? PendingWrite.evaluated(attempt.origin, revision(), false, Optional.of(ItemResultsV1.encode(items)))
                : PendingWrite.evaluated(attempt.origin, revision(), first.existed(), first.result());
        for (Change change : changes.isEmpty() ? List.of(new Change.Time()) : changes) {
            append(change);
            if (context.rules.atomic().mayCloseBetween()) {
                batch.close();
            }
        }
        attempt.request.name().ifPresent(name -> append(naming.remember(attempt, name, write, logTimeMillis())));
        inLog(write);
    }

    private void refused(WriteAttempt attempt, Outcome outcome) {
        Optional<WriteName> name = attempt.request.name();
        if (name.isPresent()) {
            batch.makeRoomFor(List.of(attempt.request.key()), name.map(RememberedIds::of));
            PendingWrite write = PendingWrite.refused(attempt.origin, revision(), outcome);
            append(naming.remember(attempt, name.get(), write, batch.logTimeMillis()));
            inLog(write);
        } else {
            refuse(attempt, outcome);
        }
    }

    /** Answers with what was found, if nobody else leads, and nothing is logged. */
    void refuse(WriteAttempt attempt, Outcome outcome) {
        refusals.add(attempt, outcome, batch.lastTaken(), context.nanos());
        answerCommitted();
    }

    private void inLog(PendingWrite write) {
        inLog.addLast(write);
        leader.explained().appended(write);
    }

    private Revision revision() {
        return new Revision(leader.term(), batch.index());
    }

    private void append(Change change) {
        tail.add(batch.index(), change);
        batch.add(change);
    }

    /** Removes a record that has expired. */
    void expire(Change.Expire expire) {
        batch.makeRoomFor(expire);
        append(expire);
    }

    /** The store was found to have a record that has expired: it is removed, if that is so still. */
    void expired(Expiries.Due due) {
        Change.Expire expire = new Change.Expire(due.space(), due.key());
        batch.makeRoomFor(expire);
        long logTime = batch.logTimeMillis();
        boolean isSo = switch (inMemory(due.space(), due.key())) {
            case Lookup.Found(Record record) -> record.expiredAt(logTime);
            case Lookup.Absent _ -> false;
            case Lookup.NotInMemory _ -> logTime >= due.expiresMillis();
        };
        if (isSo) {
            append(expire);
        }
    }

    /** The log time that a change made now would get. */
    long logTimeMillis() {
        return batch.logTimeMillis();
    }

    /** The last index that some change was given. */
    long lastTaken() {
        return batch.lastTaken();
    }

    /** The index after which log time is at least that; what the leader's clock has reached already. */
    long reach(long logTimeMillis) {
        if (batch.takenMillis() < logTimeMillis) {
            append(new Change.Time());
        }
        return batch.lastTaken();
    }

    /** Appends a change that belongs to no client. */
    void addOwn(Change change) {
        batch.add(change);
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
                wide.answer(write.origin, applied(write));
            } else {
                write.committed = true;
            }
        }
        refusals.answerCommitted();
    }

    private Outcome applied(PendingWrite write) {
        return write.outcome(
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
        refusals.stepDown();
        loading.stepDown();
    }
}
