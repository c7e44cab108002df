package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Consistency;
import io.quorate.api.Lifetime;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadRequest;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.Now;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.Remembered;
import io.quorate.core.log.RememberedIds;
import io.quorate.core.log.SessionState;
import io.quorate.core.log.Space;
import io.quorate.core.wire.SessionStateCodecV1;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** States and answers that are wrong, made by hand: each is noticed as the promise that it breaks. */
class BadStateTest {
    private static final long SECOND_NANOS = 1_000 * Now.NANOS_PER_MILLI;
    private static final Bytes KEY = Bytes.utf8("key-1");

    private final Simulation world = new Simulation(
            1, new Simulation.Shape(4, 1, 1, 3, 2), new FaultPlan(List.of(), 0, 0, 2_000, false), Optional.empty());
    private final Answers answers = new Answers(world);

    private void runWithCalls(int calls) {
        world.time.runUntil(5 * SECOND_NANOS);
        for (int i = 0; i < calls; i++) {
            world.clients().operate(false);
            world.time.runUntil(world.time.nanos() + SECOND_NANOS / 10);
        }
    }

    private Asked asked(Optional<Command> command, boolean calm) {
        SimulatedWorker worker = world.worker("w1");
        return new Asked(
                7,
                KEY,
                0,
                command.map(WriteRequest::of),
                ReadRequest.linearizable(KEY),
                worker,
                worker.life(),
                0,
                0,
                1,
                Revision.NONE,
                0,
                calm);
    }

    private static void breaks(Promise promise, ThrowingCallable check) {
        assertThatThrownBy(check)
                .isInstanceOfSatisfying(
                        Violation.class,
                        violation -> org.assertj.core.api.Assertions.assertThat(violation.promise())
                                .isEqualTo(promise));
    }

    /** Some write that was committed. */
    private Entry committed() {
        return world.invariants().committed(0).entries().stream()
                .filter(entry -> entry.changes().stream().anyMatch(change -> change instanceof Change.Put))
                .findFirst()
                .orElseThrow();
    }

    private static Change.Put put(Entry entry) {
        return entry.changes().stream()
                .filter(Change.Put.class::isInstance)
                .map(Change.Put.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anAcknowledgementOfWhatIsNotCommitted() {
        runWithCalls(20);
        Command command = new Command.Put(KEY, Value.json("never written"));
        Entry other = committed();

        breaks(
                Promise.ACKNOWLEDGED_IS_COMMITTED,
                () -> answers.written(
                        asked(Optional.of(command), false),
                        new Outcome.Applied(new Revision(other.term(), other.index()), false, 2, 3, 2)));
    }

    @Test
    void aRefusalOfWhatIsCommitted() {
        runWithCalls(20);
        Change.Put put = put(committed());
        SimulatedWorker worker = world.worker("w1");
        Asked asked = new Asked(
                7,
                put.key(),
                0,
                Optional.of(
                        WriteRequest.of(new Command.Put(put.key(), put.record().value()))),
                ReadRequest.linearizable(put.key()),
                worker,
                worker.life(),
                0,
                0,
                1,
                Revision.NONE,
                0,
                false);

        answers.written(asked, new Outcome.NotApplied(Problem.NO_QUORUM, "no"));

        breaks(Promise.REFUSED_IS_NOT_APPLIED, answers::checkRefused);
    }

    private static Asked readAfter(Revision acknowledged, Bytes key, SimulatedWorker worker) {
        return asked(ReadRequest.linearizable(key), acknowledged, worker);
    }

    private static Asked asked(ReadRequest read, Revision acknowledged, SimulatedWorker worker) {
        return new Asked(
                7, read.key(), 0, Optional.empty(), read, worker, worker.life(), 0, 0, 1, acknowledged, 0, false);
    }

    private static ReadOutcome.Served servedAt(Revision revision) {
        return new ReadOutcome.Served("w1", "leader", Consistency.LINEARIZABLE, revision);
    }

    @Test
    void aReadThatDoesNotSeeTheRevisionThatItWasToSee() {
        runWithCalls(20);
        Revision wanted = put(committed()).record().revision();
        Revision before = new Revision(wanted.term(), wanted.index() - 1);
        Asked asked = asked(ReadRequest.local(KEY).atLeast(wanted), Revision.NONE, world.worker("w1"));
        ReadCalls reads = new ReadCalls(world);

        reads.answered(asked, new ReadOutcome.Missing(servedAt(wanted)));

        breaks(Promise.READ_SEES_ITS_MINIMUM, () -> reads.answered(asked, new ReadOutcome.Missing(servedAt(before))));
        breaks(
                Promise.READ_SEES_ITS_MINIMUM,
                () -> reads.answered(asked, new ReadOutcome.NotServed(Problem.BAD_REQUEST, "no such revision")));
    }

    @Test
    void aReadThatMissesWhatWasAcknowledgedBefore() {
        runWithCalls(20);
        Change.Put put = put(committed());
        Revision revision = put.record().revision();
        Revision before = new Revision(revision.term(), revision.index() - 1);
        Asked asked = readAfter(revision, put.key(), world.worker("w1"));

        breaks(Promise.READ_IS_FRESH, () -> answers.read(asked, new ReadOutcome.Missing(servedAt(before))));
    }

    @Test
    void aReadOfWhatTheLogDoesNotMake() {
        runWithCalls(20);
        Change.Put put = put(committed());
        Revision revision = put.record().revision();
        Asked asked = readAfter(Revision.NONE, put.key(), world.worker("w1"));

        breaks(Promise.STATE_FOLLOWS_FROM_LOG, () -> answers.read(asked, new ReadOutcome.Missing(servedAt(revision))));
    }

    @Test
    void aFailedConditionThatHeld() {
        runWithCalls(20);
        Change.Put put = put(committed());
        Command command = new Command.Put(
                put.key(),
                Value.json("x"),
                new Condition.AnyOf(List.of(put.record().revision())),
                Lifetime.FOREVER);
        SimulatedWorker worker = world.worker("w1");
        Asked asked = new Asked(
                7,
                put.key(),
                0,
                Optional.of(WriteRequest.of(command)),
                ReadRequest.linearizable(put.key()),
                worker,
                worker.life(),
                0,
                0,
                1,
                Revision.NONE,
                0,
                false);

        breaks(
                Promise.CONDITIONS_FOLLOW_THE_LOG,
                () -> answers.written(
                        asked, new Outcome.ConditionFailed(put.record().revision())));
    }

    private static Entry entry(long index, Change change) {
        return new Entry(1, index, index == 1 ? 0 : 1, 1_000, 0, List.of(change));
    }

    private static Record expiring(long index) {
        return new Record(Value.json("x"), new Revision(1, index), 1_000, 2_000, "");
    }

    @Test
    void aRecordRemovedBeforeItExpires() {
        CommittedLog log = new CommittedLog(0);
        log.applied(entry(1, new Change.Put(KEY, expiring(1))), "w1");

        breaks(
                Promise.CONDITIONS_FOLLOW_THE_LOG,
                () -> log.applied(entry(2, new Change.Expire(Space.KEYS, KEY)), "w1"));
    }

    @Test
    void anIdempotencyKeyTakenTwice() {
        CommittedLog log = new CommittedLog(0);
        log.applied(entry(1, new Change.Remember(KEY, expiring(1))), "w1");

        breaks(Promise.REPEATED_IS_DONE_ONCE, () -> log.applied(entry(2, new Change.Remember(KEY, expiring(2))), "w1"));
    }

    private static Record session(long index, SessionState state) {
        return new Record(
                Value.raw(SessionStateCodecV1.encode(state), ""), new Revision(1, index), 1_000, 1_000 + index, "");
    }

    @Test
    void aNumberOfASessionThatIsDecidedTwice() {
        CommittedLog log = new CommittedLog(0);
        Bytes id = RememberedIds.ofSession(new Revision(1, 1));
        Remembered outcome = new Remembered(0, Remembered.End.APPLIED, new Revision(1, 2), false, Optional.empty());
        SessionState decided = SessionState.NEW.with(1, outcome);
        log.applied(entry(1, new Change.Remember(id, session(1, SessionState.NEW))), "w1");
        log.applied(entry(2, new Change.Renew(id, session(2, decided))), "w1");
        log.applied(entry(3, new Change.Renew(id, session(3, decided.from(2)))), "w1");

        breaks(
                Promise.REPEATED_IS_DONE_ONCE,
                () -> log.applied(entry(4, new Change.Renew(id, session(4, decided))), "w1"));
    }

    @Test
    void aWriteOfASessionThatHadEnded() {
        CommittedLog log = new CommittedLog(0);
        Bytes id = RememberedIds.ofSession(new Revision(1, 1));
        log.applied(entry(1, new Change.Remember(id, session(0, SessionState.NEW))), "w1");

        breaks(
                Promise.REPEATED_IS_DONE_ONCE,
                () -> log.applied(entry(2, new Change.Renew(id, session(2, SessionState.NEW))), "w1"));
    }

    @Test
    void answersThatNoOrderExplains() {
        CallRecorder recorder = new CallRecorder();
        Asked write = asked(Optional.of(new Command.Put(KEY, Value.json("one"))), false);
        recorder.written(write, new Outcome.Applied(new Revision(1, 2), false, 2, 3, 2), 10);
        SimulatedWorker worker = world.worker("w1");
        Asked read = new Asked(
                8,
                KEY,
                0,
                Optional.empty(),
                ReadRequest.linearizable(KEY),
                worker,
                worker.life(),
                20,
                20,
                1,
                Revision.NONE,
                0,
                false);
        var served = new ReadOutcome.Served("w1", "leader", Consistency.LINEARIZABLE, new Revision(1, 2));
        recorder.read(read, new ReadOutcome.Missing(served), 30);

        breaks(Promise.LINEARIZABLE, recorder::check);
    }

    @Test
    void aCallThatIsNeverAnswered() {
        world.time.runUntil(5 * SECOND_NANOS);
        world.workers().forEach(worker -> worker.pause(60 * SECOND_NANOS));
        world.clients().operate(false);
        world.time.runUntil(15 * SECOND_NANOS);

        breaks(Promise.ANSWERED_IN_TIME, () -> world.clients().check());
    }

    @Test
    void aRefusalWithoutAReason() {
        Asked calm = asked(Optional.of(new Command.Delete(KEY)), true);

        breaks(
                Promise.CALM_SUCCEEDS,
                () -> answers.written(calm, new Outcome.NotApplied(Problem.OVERLOADED, "too much")));
    }

    @Test
    void replicasThatStayBehind() {
        runWithCalls(20);
        SimulatedWorker follower = world.workers().stream()
                .filter(worker -> worker.core().orElseThrow().inspect().stream().anyMatch(replica -> !replica.leads()))
                .findFirst()
                .orElseThrow();
        world.workers().forEach(other -> {
            world.network.cut(follower.id, other.id);
            world.network.cut(other.id, follower.id);
        });
        runWithCalls(40);

        breaks(Promise.REPLICAS_BECOME_EQUAL, world::awaitEqualReplicas);
    }

    @Test
    void aLogThatLeavesAGap() {
        breaks(
                Promise.CORE_CHECK,
                () -> new SimulatedDisk().append(5, new io.quorate.core.log.LogRecord.TermRaised(0, 1)));
    }
}
