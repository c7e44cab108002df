package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.client.ReadResult.Found;
import io.quorate.client.ReadResult.Missing;
import io.quorate.client.ReadResult.NotServed;
import io.quorate.client.WriteResult.Applied;
import io.quorate.client.WriteResult.ConditionFailed;
import io.quorate.client.WriteResult.NotApplied;
import io.quorate.client.WriteResult.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the answers to a batch's attempts make of its items. */
class BatchCourseTest {
    /** What became of {@link #atomic}, as a part of the answer. */
    private static final String ATOMIC_ITEMS =
            "\"items\":[{\"key\":\"k\",\"existed\":true,\"value\":\"42\"},{\"key\":\"k\",\"existed\":false}]}";

    private static final AtomicResult ATOMIC_DONE = new AtomicResult.Applied(
            new Revision(7, 41),
            List.of(
                    new AtomicResult.Done(true, OptionalLong.of(42)),
                    new AtomicResult.Done(false, OptionalLong.empty())),
            Optional.of(new WriteResult.Copies(2, 3, 2)));

    private static final long NOW_MILLIS = 1_700_000_000_000L;
    private static final Bytes KEY = Bytes.utf8("k");
    private static final BatchItem WRITE = new BatchItem.Write(new Command.Add(KEY, 1));
    private static final BatchItem READ = new BatchItem.Read(KEY);
    private static final String APPLIED =
            "{\"status\":200,\"key\":\"k\",\"outcome\":\"applied\",\"revision\":\"7-41\",\"existed\":true,\"value\":\"42\"}";
    private static final Applied DONE = new Applied(new Revision(7, 41), true, OptionalLong.of(42), Optional.empty());
    private static final Reply LOST = new Reply.Lost("cut");

    private static BatchCourse course(BatchItem... items) {
        List<BatchItem> all = List.of(items);
        return new BatchCourse(BatchRequests.batch(all, false, "name"), all, "name", () -> NOW_MILLIS);
    }

    private static Reply items(String... items) {
        return Answers.of(200, Map.of(), "{\"items\":[" + String.join(",", items) + "]}");
    }

    private static String problem(Problem problem) {
        return Answers.problemBody(problem, "not_applied");
    }

    private static String open() {
        return Answers.problemBody(Problem.DEADLINE, "unknown");
    }

    @Test
    void everyItemHasItsResult() {
        String failed = problem(Problem.CONDITION_FAILED).replace("}", ",\"revision\":\"7-40\"}");
        String found = "{\"status\":200,\"key\":\"k\",\"value\":\"v\",\"contentType\":\"text/x\",\"revision\":\"7-41\","
                + "\"expiresMillis\":" + (NOW_MILLIS + 500) + "}";
        Optional<List<BatchItemResult>> results = course(WRITE, WRITE, WRITE, READ, READ, READ)
                .after(items(
                        APPLIED,
                        failed,
                        problem(Problem.NOT_AN_INTEGER),
                        found,
                        problem(Problem.KEY_NOT_FOUND),
                        problem(Problem.VALUE_TOO_LARGE)));

        List<BatchItemResult> all = results.orElseThrow();
        assertThat(all.subList(0, 3))
                .containsExactly(
                        DONE,
                        new ConditionFailed(new Revision(7, 40)),
                        new NotApplied(Answers.refusal(Problem.NOT_AN_INTEGER)));
        assertThat(all.get(3)).isInstanceOfSatisfying(Found.class, read -> {
            assertThat(read.value()).isEqualTo(Value.raw(Bytes.utf8("v"), "text/x"));
            assertThat(read.revision()).isEqualTo(new Revision(7, 41));
            assertThat(read.timeToLive()).contains(Duration.ofMillis(500));
        });
        assertThat(all.get(4)).isInstanceOf(Missing.class);
        assertThat(all.get(5)).isEqualTo(new NotServed(Answers.refusal(Problem.VALUE_TOO_LARGE)));
    }

    @Test
    void itIsSentAgainAsItIsUntilEveryItemHasAResult() {
        BatchCourse course = course(WRITE, WRITE, READ);
        WireRequest first = course.request();

        assertThat(course.after(items(APPLIED, problem(Problem.NO_LEADER), problem(Problem.KEY_NOT_FOUND))))
                .isEmpty();
        assertThat(course.after(items(APPLIED, open(), problem(Problem.NO_LEADER))))
                .isEmpty();
        assertThat(course.request()).isEqualTo(first);
        assertThat(course.after(items(APPLIED, APPLIED, problem(Problem.NO_LEADER))))
                .get()
                .satisfies(results -> assertThat(results.subList(0, 2)).containsExactly(DONE, DONE))
                .satisfies(results -> assertThat(results.getLast()).isInstanceOf(Missing.class));
    }

    @Test
    void whatTheClusterRemembersStaysWhateverBecomesOfLaterAttempts() {
        BatchCourse course = course(WRITE, WRITE);
        course.after(items(APPLIED, open()));
        course.after(LOST);
        course.after(Answers.problem(Problem.OVERLOADED));

        List<BatchItemResult> results = course.ended();
        assertThat(results.getFirst()).isEqualTo(DONE);
        assertThat(results.getLast())
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.idempotencyKey()).isEqualTo("name#1"));
    }

    @Test
    void whatWasRefusedOnceMayBeDoneByALaterAttempt() {
        BatchCourse course = course(WRITE, WRITE);
        assertThat(course.after(items(problem(Problem.NOT_AN_INTEGER), open()))).isEmpty();
        assertThat(course.after(LOST)).isEmpty();
        assertThat(course.ended()).hasOnlyElementsOfType(Unknown.class);
        assertThat(course.after(items(APPLIED, APPLIED))).contains(List.of(DONE, DONE));

        BatchCourse refusedTwice = course(WRITE, WRITE);
        refusedTwice.after(items(problem(Problem.NOT_AN_INTEGER), problem(Problem.NO_LEADER)));
        assertThat(refusedTwice.after(Answers.problem(Problem.OVERLOADED))).isEmpty();
        assertThat(refusedTwice.ended())
                .containsExactly(
                        new NotApplied(Answers.refusal(Problem.NOT_AN_INTEGER)),
                        new NotApplied(Answers.refusal(Problem.OVERLOADED)));
    }

    @Test
    void aBatchThatMayHaveBeenTakenLeavesItsWritesOpenAndItsReadsUnserved() {
        for (Reply reply : List.of(
                LOST,
                new Reply.TooLarge(5),
                Answers.problem(Problem.DEADLINE, "unknown", Map.of()),
                Answers.of(502, Map.of(), "<html>"),
                Answers.of(200, Map.of(), "{}"),
                items(APPLIED))) {
            BatchCourse course = course(WRITE, READ);
            assertThat(course.after(reply)).as("%s", reply).isEmpty();
            assertThat(course.ended().getFirst()).as("%s", reply).isInstanceOf(Unknown.class);
            assertThat(course.ended().getLast()).as("%s", reply).isInstanceOf(NotServed.class);
        }
    }

    @Test
    void aBatchThatIsRefusedAsAWholeIsNotApplied() {
        BatchCourse refused = course(WRITE, READ);
        Refusal why = Answers.refusal(Problem.BAD_REQUEST);
        assertThat(refused.after(Answers.problem(Problem.BAD_REQUEST)))
                .contains(List.of(new NotApplied(why), new NotServed(why)));

        BatchCourse unreached = course(WRITE, READ);
        assertThat(unreached.after(new Reply.NotSent("refused"))).isEmpty();
        assertThat(unreached.ended())
                .containsExactly(
                        new NotApplied(Refusal.unreached("refused")), new NotServed(Refusal.unreached("refused")));
    }

    private static Course<AtomicResult> atomic() {
        List<Command> commands = List.of(new Command.Add(KEY, 1), new Command.Delete(KEY));
        return (Course<AtomicResult>)
                Calls.atomicBatch(commands, WriteOptions.usual().named("name")).call();
    }

    @Test
    void anAtomicBatchHasOneResult() {
        String body = "{\"revision\":\"7-41\",\"acks\":2,\"replicas\":3,\"quorum\":2," + ATOMIC_ITEMS;
        Reply answer = Answers.of(200, Map.of("Quorate-Revision", "7-41"), body);

        assertThat(atomic().after(answer)).contains(ATOMIC_DONE);
        String failed = problem(Problem.CONDITION_FAILED).replace("}", ",\"item\":1,\"key\":\"k\"}");
        assertThat(atomic().after(Answers.of(412, Map.of("ETag", "\"7-40\""), failed)))
                .contains(new AtomicResult.ConditionFailed(1, new Revision(7, 40)));
        assertThat(atomic().after(Answers.problem(Problem.BAD_REQUEST)))
                .contains(new AtomicResult.NotApplied(Answers.refusal(Problem.BAD_REQUEST)));
    }

    @Test
    void anAtomicBatchOnTooFewReplicasIsAppliedAndTellsItsItems() {
        String body = "{\"type\":\"urn:quorate:problem:too-few-acks\",\"outcome\":\"applied\",\"retryable\":false,"
                + "\"revision\":\"7-41\",\"acks\":2,\"replicas\":3,\"quorum\":2,"
                + ATOMIC_ITEMS;
        assertThat(atomic().after(Answers.of(504, Map.of("Quorate-Revision", "7-41"), body)))
                .contains(ATOMIC_DONE);
    }

    @Test
    void anAtomicBatchMayWaitForAllReplicas() {
        List<Command> commands = List.of(new Command.Add(KEY, 1));
        Course<AtomicResult> course = (Course<AtomicResult>)
                Calls.atomicBatch(commands, WriteOptions.usual().onAllReplicas())
                        .call();
        assertThat(course.request().target()).isEqualTo("/batch?w=all");
        assertThat(course.ended()).isInstanceOf(AtomicResult.NotApplied.class);
        Course<AtomicResult> again =
                (Course<AtomicResult>) Calls.atomicBatch(commands, new AtomicResult.Unknown("name", "-"))
                        .call();
        assertThat(again.ended()).isInstanceOf(AtomicResult.Unknown.class);
    }

    @Test
    void whatAnAtomicBatchReadsIsNoSum() {
        List<Command> commands = List.of(new Command.Get(KEY), new Command.Get(KEY, new Condition.Absent()));
        Course<AtomicResult> course = (Course<AtomicResult>)
                Calls.atomicBatch(commands, WriteOptions.usual().named("name")).call();
        String body = "{\"revision\":\"7-41\",\"acks\":2,\"replicas\":3,\"quorum\":2,\"items\":["
                + "{\"key\":\"k\",\"value\":\"42\",\"revision\":\"7-40\",\"existed\":true},"
                + "{\"key\":\"k\",\"existed\":false}]}";

        assertThat(course.request().body().flatMap(Bytes::asUtf8).orElseThrow())
                .contains("{\"op\":\"get\",\"key\":\"k\"}", "{\"op\":\"get\",\"key\":\"k\",\"ifNoneMatch\":\"*\"}");
        assertThat(course.after(Answers.of(200, Map.of("Quorate-Revision", "7-41"), body)))
                .get()
                .isInstanceOfSatisfying(AtomicResult.Applied.class, applied -> {
                    AtomicResult.Done read = applied.items().getFirst();
                    assertThat(read.sum()).isEmpty();
                    assertThat(read.found().orElseThrow().revision()).isEqualTo(new Revision(7, 40));
                    assertThat(applied.items().getLast()).isEqualTo(new AtomicResult.Done(false, OptionalLong.empty()));
                });
    }

    @Test
    void anAtomicBatchThatMayHaveBeenTakenIsUnknownUntilItsNameIsAnswered() {
        Stream.of(LOST, Answers.of(200, Map.of("Quorate-Revision", "7-41"), "{\"items\":[]}"))
                .forEach(open -> {
                    Course<AtomicResult> course = atomic();
                    assertThat(course.after(open)).isEmpty();
                    assertThat(course.after(Answers.problem(Problem.NO_QUORUM))).isEmpty();
                    assertThat(course.ended())
                            .isInstanceOfSatisfying(
                                    AtomicResult.Unknown.class,
                                    unknown ->
                                            assertThat(unknown.idempotencyKey()).isEqualTo("name"));
                    assertThat(course.after(Answers.problem(Problem.CONDITION_FAILED)))
                            .contains(new AtomicResult.ConditionFailed(0, Revision.NONE));
                });
    }
}
