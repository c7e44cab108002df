package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Problem;
import io.quorate.client.WriteResult.Applied;
import io.quorate.client.WriteResult.NotApplied;
import io.quorate.client.WriteResult.Unknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a request goes from attempt to attempt, under virtual time. */
class AttemptsTest {
    private static final Bytes KEY = Bytes.utf8("k");
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int MAX_ATTEMPTS = 10;
    private static final Reply NOT_SENT = new Reply.NotSent("refused");
    private static final Reply LOST = new Reply.Lost("cut");
    private static final Reply UNKNOWN = Answers.problem(Problem.DEADLINE, "unknown", Map.of());
    private static final Reply APPLIED = Answers.written(201, "7-41");

    /** One request that was sent, and when. */
    private record Sent(String worker, WireRequest request, long atMillis, long limitMillis) {}

    private final VirtualTiming timing = new VirtualTiming();
    private final long beginNanos = timing.nanoTime();
    private final List<Sent> sent = new ArrayList<>();
    private final List<Reply> script = new ArrayList<>();
    private int doubts;
    private long eachTakesMillis;
    private long attemptLimitMillis = 2_500;

    @AfterEach
    void clearInterrupt() {
        assertThat(Thread.interrupted()).isFalse();
    }

    private final class Script implements Transport {
        @Override
        public Reply send(Address address, WireRequest request, long limitMillis, int maxBodyBytes)
                throws InterruptedException {
            sent.add(new Sent(address.uri().getHost(), request, nowMillis(), limitMillis));
            timing.pass(Math.min(limitMillis, eachTakesMillis));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return script.get(Math.min(sent.size(), script.size()) - 1);
        }

        @Override
        public void close() {}
    }

    private final class ThreeWorkers implements Directory {
        @Override
        public Candidates candidates(Bytes key, Deadline deadline) {
            return new Candidates.Known(List.of(worker("w1"), worker("w2"), worker("w3")));
        }

        @Override
        public OptionalInt partition(Bytes key, Deadline deadline) {
            return OptionalInt.empty();
        }

        @Override
        public void doubt() {
            doubts++;
        }
    }

    private static Worker worker(String id) {
        return new Worker(Optional.of(id), Address.parse("http://" + id + ":1").orElseThrow());
    }

    private long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(timing.nanoTime() - beginNanos);
    }

    private WriteResult add(Reply... replies) {
        script.addAll(List.of(replies));
        ClientSettings settings = new ClientSettings(
                DEADLINE, Duration.ofMillis(attemptLimitMillis), Duration.ofSeconds(1), 8, MAX_ATTEMPTS, 1_000, 1_000);
        Course<WriteResult> course = WriteCourse.of(Requests.unnamed(new Command.Add(KEY, 1)), "name");
        return new Attempts(new ThreeWorkers(), new Script(), timing, settings)
                .run(KEY, course, Deadline.in(DEADLINE, timing.nanoTime()));
    }

    private List<String> asked() {
        return sent.stream().map(Sent::worker).toList();
    }

    @Test
    void theBestWorkerIsAskedAndNobodyElseWhenItAnswers() {
        assertThat(add(APPLIED)).isInstanceOf(Applied.class);
        assertThat(asked()).containsExactly("w1");
        assertThat(doubts).isZero();
    }

    @Test
    void everyAttemptIsTheSameRequestUnderTheSameName() {
        assertThat(add(LOST, UNKNOWN, Answers.problem(Problem.NO_LEADER), APPLIED))
                .isInstanceOf(Applied.class);

        assertThat(sent)
                .hasSize(4)
                .extracting(Sent::request)
                .containsOnly(sent.getFirst().request());
        assertThat(sent.getFirst().request().headers()).containsEntry("Idempotency-Key", "name");
    }

    @Test
    void theNextWorkerIsAskedAtOnceWhenNobodyIsThereAndAfterPausesOtherwise() {
        assertThat(add(NOT_SENT, LOST, UNKNOWN, APPLIED)).isInstanceOf(Applied.class);

        assertThat(asked()).containsExactly("w1", "w2", "w3", "w1");
        assertThat(sent).extracting(Sent::atMillis).containsExactly(0L, 0L, 20L, 60L);
        assertThat(doubts).isEqualTo(3);
    }

    @Test
    void aDemandToComeBackLaterIsHonoured() {
        Reply later = Answers.problem(Problem.OVERLOADED, "not_applied", Map.of("Retry-After", "2"));

        assertThat(add(later, APPLIED)).isInstanceOf(Applied.class);
        assertThat(sent).extracting(Sent::atMillis).containsExactly(0L, 2_010L);
    }

    @Test
    void whoeverMayComeBackOnlyAfterTheDeadlineIsToldAtOnce() {
        Reply muchLater = Answers.problem(Problem.OVERLOADED, "not_applied", Map.of("Retry-After", "5"));

        assertThat(add(muchLater)).isEqualTo(new NotApplied(Answers.refusal(Problem.OVERLOADED)));
        assertThat(nowMillis()).isZero();
    }

    @Test
    void whenTheDeadlinePassesAWriteThatWasRefusedEachTimeIsNotApplied() {
        eachTakesMillis = 700;

        assertThat(add(Answers.problem(Problem.NO_QUORUM)))
                .isEqualTo(new NotApplied(Answers.refusal(Problem.NO_QUORUM)));
        assertThat(nowMillis()).isBetween(4_000L, 5_000L);
    }

    @Test
    void whenTheDeadlinePassesAWriteOfWhichOneAttemptMayHaveBeenTakenIsUnknown() {
        eachTakesMillis = 700;

        assertThat(add(LOST, Answers.problem(Problem.NO_QUORUM))).isInstanceOf(Unknown.class);
    }

    @Test
    void noAttemptIsBegunThatHadToBeCutShort() {
        eachTakesMillis = 4_900;
        attemptLimitMillis = 4_900;

        assertThat(add(Answers.problem(Problem.NO_QUORUM), LOST)).isInstanceOf(Unknown.class);
        assertThat(sent).extracting(Sent::limitMillis).containsExactly(4_900L, 90L);
        sent.clear();
        script.clear();
        eachTakesMillis = 4_941;
        attemptLimitMillis = 4_941;
        assertThat(add(Answers.problem(Problem.NO_QUORUM), LOST)).isInstanceOf(NotApplied.class);
        assertThat(sent).hasSize(1);
    }

    @Test
    void anAttemptHasItsOwnLimitAndNeverMoreThanWhatIsLeft() {
        eachTakesMillis = 60_000;

        assertThat(add(LOST)).isInstanceOf(Unknown.class);
        assertThat(sent).extracting(Sent::limitMillis).containsExactly(2_500L, 2_490L);
        assertThat(nowMillis()).isLessThanOrEqualTo(5_000);
    }

    @Test
    void theNumberOfAttemptsIsBounded() {
        assertThat(add(Answers.problem(Problem.NO_QUORUM))).isInstanceOf(NotApplied.class);
        assertThat(sent).hasSize(MAX_ATTEMPTS);
    }

    @Test
    void whoeverReachedNobodyAtAllIsToldAfterOneRound() {
        assertThat(add(NOT_SENT)).isEqualTo(new NotApplied(new Refusal("unreached", true, "refused")));
        assertThat(asked()).containsExactly("w1", "w2", "w3");
        assertThat(nowMillis()).isZero();
    }

    @Test
    void whoeverReachedSomebodyOnceTriesOn() {
        assertThat(add(Answers.problem(Problem.NO_LEADER), NOT_SENT, NOT_SENT, NOT_SENT, NOT_SENT, APPLIED))
                .isInstanceOf(Applied.class);
    }

    @Test
    void whoeverMayHaveReachedSomebodyTriesOn() {
        assertThat(add(LOST, NOT_SENT, NOT_SENT, NOT_SENT, NOT_SENT, NOT_SENT, APPLIED))
                .isInstanceOf(Applied.class);
    }

    @Test
    void anAnswerOfAnotherWorkerThanTheOneAskedShowsThatTheMapIsOld() {
        add(Answers.of(201, Map.of("Quorate-Revision", "7-41", "Quorate-Served-By", "w1"), "{}"));
        assertThat(doubts).isZero();
        sent.clear();
        script.clear();
        add(Answers.of(201, Map.of("Quorate-Revision", "7-41", "Quorate-Served-By", "w2"), "{}"));
        assertThat(doubts).isEqualTo(1);
    }

    @Test
    void anInterruptEndsTheAttemptsAndStaysSet() {
        Thread.currentThread().interrupt();
        assertThat(add(APPLIED)).isInstanceOf(NotApplied.class);
        assertThat(sent).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aClosedClientSendsNothingMore() {
        timing.close();

        assertThat(add(LOST)).isInstanceOf(NotApplied.class);
        assertThat(sent).isEmpty();
    }
}
