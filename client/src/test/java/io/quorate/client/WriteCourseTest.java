package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Explanation;
import io.quorate.api.Explanation.ReplicaTimes;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.client.WriteResult.Applied;
import io.quorate.client.WriteResult.ConditionFailed;
import io.quorate.client.WriteResult.Copies;
import io.quorate.client.WriteResult.NotApplied;
import io.quorate.client.WriteResult.Unknown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the answers to a write's attempts make of it. */
class WriteCourseTest {
    private static final Bytes KEY = Bytes.utf8("k");
    private static final Revision REVISION = new Revision(7, 41);
    private static final Reply LOST = new Reply.Lost("the line was cut");
    private static final Reply NOT_SENT = new Reply.NotSent("refused");

    private static WriteCourse<WriteResult> course(Command command) {
        return WriteCourse.of(Requests.unnamed(command), "name");
    }

    private static WriteCourse<WriteResult> addition() {
        return course(new Command.Add(KEY, 1));
    }

    @Test
    void anAppliedWriteTellsItsRevisionItsSumAndItsCopies() {
        assertThat(addition().after(Answers.written(200, "7-41")))
                .contains(new Applied(REVISION, true, OptionalLong.of(42), Optional.of(new Copies(2, 3, 2))));
        assertThat(addition().after(Answers.written(201, "7-41")))
                .get()
                .extracting(result -> ((Applied) result).existed())
                .isEqualTo(false);
    }

    @Test
    void aDeleteTellsWhetherTheKeyWasThere() {
        Reply deleted = Answers.of(204, Map.of("Quorate-Revision", "7-41", "Quorate-Existed", "true"), "");
        Reply nothingThere = Answers.of(204, Map.of("Quorate-Revision", "7-41", "Quorate-Existed", "false"), "");

        assertThat(course(new Command.Delete(KEY)).after(deleted))
                .contains(new Applied(REVISION, true, OptionalLong.empty(), Optional.empty()));
        assertThat(course(new Command.Delete(KEY)).after(nothingThere))
                .contains(new Applied(REVISION, false, OptionalLong.empty(), Optional.empty()));
    }

    @Test
    void aWriteOnTooFewReplicasIsAppliedAndTellsItsCopies() {
        Reply few = Answers.of(504, Map.of("Quorate-Revision", "7-41", "Quorate-Outcome", "applied"), """
                {"type":"urn:quorate:problem:too-few-acks","status":504,"detail":"-","outcome":"applied",
                 "retryable":false,"revision":"7-41","existed":true,"value":"42","acks":2,"replicas":3,"quorum":2}""");
        assertThat(addition().after(few))
                .contains(new Applied(REVISION, true, OptionalLong.of(42), Optional.of(new Copies(2, 3, 2))));
    }

    @Test
    void aWriteThatIsAskedForAgainIsNeverSaidNotToBeApplied() {
        List<Reply> refusals =
                List.of(Answers.problem(Problem.NO_LEADER), Answers.problem(Problem.SESSION_ENDED), NOT_SENT);
        for (Reply refusal : refusals) {
            WriteCourse<WriteResult> again =
                    WriteCourse.again(Requests.unnamed(new Command.Add(KEY, 1)), "5-3-118; sequence=7; lowest=7");
            WriteResult result = again.after(refusal).orElseGet(again::ended);
            assertThat(result)
                    .isInstanceOfSatisfying(
                            WriteResult.Unknown.class,
                            unknown -> assertThat(unknown.detail())
                                    .contains("the header Quorate-Session: 5-3-118; sequence=7; lowest=7"));
        }
        WriteCourse<WriteResult> again = WriteCourse.again(Requests.unnamed(new Command.Add(KEY, 1)), "name");
        assertThat(again.after(Answers.problem(Problem.CONDITION_FAILED))).contains(new ConditionFailed(Revision.NONE));
    }

    @Test
    void aNameThatTheClientToldIsOneOfAWriteThatWasSentBefore() {
        Course<WriteResult> numbered =
                (Course<WriteResult>) Calls.write(new Command.Add(KEY, 1), "5-3-118; sequence=7; lowest=7")
                        .call();
        assertThat(numbered.ended()).isInstanceOf(WriteResult.Unknown.class);
        Course<WriteResult> keyed = (Course<WriteResult>)
                Calls.write(new Command.Add(KEY, 1), "mine").call();
        assertThat(keyed.ended()).isInstanceOf(NotApplied.class);
        Course<WriteResult> asked =
                (Course<WriteResult>) Calls.write(new Command.Add(KEY, 1), new WriteResult.Unknown("mine", "-"))
                        .call();
        assertThat(asked.ended()).isInstanceOf(WriteResult.Unknown.class);
    }

    @Test
    void whatItsSessionHasForgottenIsNotAskedForOnceMore() {
        assertThat(addition().after(Answers.problem(Problem.SESSION_ENDED, "unknown", Map.of())))
                .get()
                .isInstanceOfSatisfying(
                        WriteResult.Unknown.class,
                        unknown -> assertThat(unknown.detail()).contains("never"));
    }

    @Test
    void anExplainedWriteTellsHowItWent() {
        Reply explained = Answers.of(200, Map.of("Quorate-Revision", "7-41"), """
                {"key":"k","revision":"7-41","acks":2,"replicas":3,"quorum":2,"explanation":{"takenBy":"w3",
                 "leader":"w1","partition":31,"term":7,"index":41,"quorum":2,"arrivedMicros":180,"appendedMicros":190,
                 "committedMicros":1930,"answeredMicros":1940,"explainedMicros":5000,"replicas":[
                 {"worker":"w1","role":"leader","receivedMicros":190,"onDiskMicros":1490,"acknowledgedMicros":1490,
                  "appliedMicros":1930,"committedWithoutItMicros":null},
                 {"worker":"w2","role":"follower","receivedMicros":null,"onDiskMicros":null,
                  "acknowledgedMicros":1930,"appliedMicros":null,"committedWithoutItMicros":null}]}}""");
        OptionalLong unknown = OptionalLong.empty();
        assertThat(addition().after(explained).flatMap(result -> ((Applied) result).explanation()))
                .contains(new Explanation(
                        "w3",
                        "w1",
                        31,
                        REVISION,
                        2,
                        180,
                        190,
                        1_930,
                        1_940,
                        5_000,
                        List.of(
                                new ReplicaTimes("w1", at(190), at(1_490), at(1_490), at(1_930)),
                                new ReplicaTimes("w2", unknown, unknown, at(1_930), unknown))));
    }

    private static OptionalLong at(long micros) {
        return OptionalLong.of(micros);
    }

    @Test
    void aFailedConditionTellsThePresentRevision() {
        assertThat(addition()
                        .after(Answers.problem(Problem.CONDITION_FAILED, "not_applied", Map.of("ETag", "\"7-41\""))))
                .contains(new ConditionFailed(REVISION));
        assertThat(addition().after(Answers.problem(Problem.CONDITION_FAILED)))
                .contains(new ConditionFailed(Revision.NONE));
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void aRefusalEndsItUnlessItMayBeRepeated(Problem problem) {
        if (problem == Problem.CONDITION_FAILED) {
            return;
        }
        WriteCourse<WriteResult> course = addition();
        Optional<WriteResult> result = course.after(Answers.problem(problem));

        NotApplied expected = new NotApplied(Answers.refusal(problem));
        assertThat(result).isEqualTo(problem.retryable() ? Optional.empty() : Optional.of(expected));
        if (problem.retryable()) {
            assertThat(course.ended()).isEqualTo(expected);
        }
    }

    @Test
    void onceAnAttemptMayHaveBeenTakenARefusalOfALaterOneDoesNotMakeItNotApplied() {
        for (Reply open :
                List.of(LOST, new Reply.TooLarge(5), Answers.problem(Problem.DEADLINE, "unknown", Map.of()))) {
            WriteCourse<WriteResult> course = addition();
            assertThat(course.after(open)).isEmpty();
            assertThat(course.after(Answers.problem(Problem.NO_QUORUM))).isEmpty();
            assertThat(course.after(NOT_SENT)).isEmpty();
            assertThat(course.ended()).isInstanceOf(Unknown.class);
            assertThat(course.after(Answers.problem(Problem.NOT_AN_INTEGER)))
                    .get()
                    .isInstanceOf(Unknown.class);
        }
    }

    @Test
    void theNameAnswersWhatBecameOfAnEarlierAttempt() {
        WriteCourse<WriteResult> applied = addition();
        applied.after(LOST);
        assertThat(applied.after(Answers.written(201, "7-41"))).get().isInstanceOf(Applied.class);

        WriteCourse<WriteResult> failed = addition();
        failed.after(LOST);
        assertThat(failed.after(Answers.problem(Problem.CONDITION_FAILED)))
                .contains(new ConditionFailed(Revision.NONE));

        WriteCourse<WriteResult> missing = addition();
        missing.after(LOST);
        assertThat(missing.after(Answers.problem(Problem.KEY_NOT_FOUND)))
                .contains(new NotApplied(Answers.refusal(Problem.KEY_NOT_FOUND)));
    }

    @Test
    void anUnknownWriteTellsItsName() {
        WriteCourse<WriteResult> course = addition();
        course.after(LOST);

        assertThat(course.ended()).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.idempotencyKey()).isEqualTo("name");
            assertThat(unknown.detail()).contains("the line was cut").contains("name");
        });
    }

    @Test
    void whatNobodyReceivedIsNotApplied() {
        WriteCourse<WriteResult> course = addition();
        assertThat(course.after(NOT_SENT)).isEmpty();

        assertThat(course.ended()).isEqualTo(new NotApplied(new Refusal("unreached", true, "refused")));
    }

    @Test
    void theReasonOfWhoWasReachedIsKept() {
        WriteCourse<WriteResult> course = addition();
        course.after(Answers.problem(Problem.NO_QUORUM));
        course.after(NOT_SENT);

        assertThat(course.ended()).isEqualTo(new NotApplied(Answers.refusal(Problem.NO_QUORUM)));
    }

    @Test
    void anAnswerThatIsNotOfQuorateLeavesItOpenUnlessItRefusesTheRequest() {
        WriteCourse<WriteResult> gateway = addition();
        assertThat(gateway.after(Answers.of(502, Map.of(), "<html>"))).isEmpty();
        assertThat(gateway.ended()).isInstanceOf(Unknown.class);

        WriteCourse<WriteResult> noRevision = addition();
        assertThat(noRevision.after(Answers.of(200, Map.of(), "{}"))).isEmpty();
        assertThat(noRevision.ended()).isInstanceOf(Unknown.class);

        assertThat(addition().after(Answers.of(403, Map.of(), "no"))).get().isInstanceOf(NotApplied.class);
    }

    @Test
    void aProblemOfALaterVersionIsKeptAsItIs() {
        String body = Answers.problemBody(Problem.NO_QUORUM, "not_applied").replace("no-quorum", "no-coffee");
        WriteCourse<WriteResult> course = addition();

        assertThat(course.after(Answers.of(503, Map.of(), body))).isEmpty();
        assertThat(course.ended()).isInstanceOfSatisfying(NotApplied.class, result -> {
            assertThat(result.why().type()).isEqualTo("no-coffee");
            assertThat(result.why().problem()).isEmpty();
        });
    }
}
