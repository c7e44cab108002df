package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Problem;
import io.quorate.client.WriteResult.Applied;
import io.quorate.client.WriteResult.ConditionFailed;
import io.quorate.client.WriteResult.NotApplied;
import io.quorate.client.WriteResult.Unknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How a client names its writes by sessions. */
class SessionWritesTest {
    private static final Bytes KEY = Bytes.utf8("a/b");
    private static final Reply LOST = new Reply.Lost("cut");
    private static final Reply APPLIED = Answers.written(201, "7-41");
    private static final Reply ENDED = Answers.problem(Problem.SESSION_ENDED);
    private static final Reply REFUSED = Answers.problem(Problem.IDEMPOTENCY_REUSED);

    private final VirtualTiming timing = new VirtualTiming();
    private final List<WireRequest> sent = new ArrayList<>();
    private final List<Reply> script = new ArrayList<>();
    private final List<Reply> openings = new ArrayList<>();
    private OptionalInt partition = OptionalInt.of(5);
    private Duration deadline = Duration.ofSeconds(5);
    private int opened;
    private SessionWrites writes = writes();

    private final class Script implements Transport {
        @Override
        public Reply send(Address address, WireRequest request, long limitMillis, int maxBodyBytes) {
            sent.add(request);
            if (!request.target().startsWith("/sessions")) {
                return script.isEmpty() ? APPLIED : script.removeFirst();
            }
            return openings.isEmpty() ? session(++opened) : openings.removeFirst();
        }

        @Override
        public void close() {}
    }

    private final class OneWorker implements Directory {
        @Override
        public Candidates candidates(Bytes key, Deadline until) {
            Worker worker =
                    new Worker(Optional.of("w1"), Address.parse("http://w1:1").orElseThrow());
            return new Candidates.Known(List.of(worker));
        }

        @Override
        public OptionalInt partition(Bytes key, Deadline until) {
            return partition;
        }

        @Override
        public void doubt() {}
    }

    private static Reply session(int number) {
        return Answers.of(201, Map.of(), "{\"session\":\"5-3-" + number + "\",\"partition\":5,\"idleMillis\":60000}");
    }

    private SessionWrites writes() {
        ClientSettings settings =
                new ClientSettings(deadline, Duration.ofMillis(2_500), Duration.ofSeconds(1), 8, 10, 1_000, 1_000);
        Directory directory = new OneWorker();
        return new SessionWrites(new Attempts(directory, new Script(), timing, settings), directory, timing, settings);
    }

    private WriteResult add() {
        WireRequest request = Requests.unnamed(new Command.Add(KEY, 1));
        return writes.write(KEY, request, Deadline.in(deadline, timing.nanoTime()));
    }

    private List<String> names() {
        return sent.stream()
                .map(request -> request.headers().getOrDefault("Quorate-Session", request.target()))
                .toList();
    }

    @Test
    void theFirstWriteOpensASessionAndEachHasANumberOfItsOwn() {
        assertThat(add()).isInstanceOf(Applied.class);
        assertThat(add()).isInstanceOf(Applied.class);

        assertThat(names())
                .containsExactly("/sessions?key=a%2Fb", "5-3-1; sequence=1; lowest=1", "5-3-1; sequence=2; lowest=2");
        assertThat(sent).allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("Idempotency-Key"));
    }

    @Test
    void everyAttemptOfAWriteHasTheSameNumber() {
        script.addAll(List.of(LOST, Answers.problem(Problem.NO_LEADER), APPLIED));

        assertThat(add()).isInstanceOf(Applied.class);
        assertThat(names().subList(1, 4)).containsOnly("5-3-1; sequence=1; lowest=1");
    }

    @Test
    void aWriteThatWasRefusedOrFailedIsAnswered() {
        script.addAll(List.of(REFUSED, Answers.problem(Problem.CONDITION_FAILED)));

        assertThat(add()).isInstanceOf(NotApplied.class);
        assertThat(add()).isInstanceOf(ConditionFailed.class);
        add();
        assertThat(names().getLast()).isEqualTo("5-3-1; sequence=3; lowest=3");
    }

    @Test
    void aSessionThatHadEndedBeforeTheFirstAttemptIsReplaced() {
        script.addAll(List.of(APPLIED, ENDED, APPLIED));

        assertThat(add()).isInstanceOf(Applied.class);
        assertThat(add()).isInstanceOf(Applied.class);
        assertThat(names().subList(2, 5))
                .containsExactly("5-3-1; sequence=2; lowest=2", "/sessions?key=a%2Fb", "5-3-2; sequence=1; lowest=1");
    }

    @Test
    void aWriteThatMayBeInTheLogIsNotSentUnderAnotherName() {
        script.addAll(List.of(LOST, ENDED));

        assertThat(add()).isInstanceOf(Unknown.class);
        assertThat(sent).hasSize(3);
    }

    @Test
    void whatASessionHasForgottenIsUnknown() {
        Reply forgotten = Answers.problem(Problem.SESSION_ENDED, "unknown", Map.of());
        script.addAll(List.of(forgotten, ENDED));

        assertThat(add()).isInstanceOf(Unknown.class);
        assertThat(opened).isEqualTo(1);
    }

    @Test
    void whoeverGetsNoSessionInTimeIsToldThatNothingWasSent() {
        for (int i = 0; i < 10; i++) {
            openings.add(Answers.problem(Problem.NO_LEADER));
        }

        assertThat(add()).isEqualTo(new NotApplied(Answers.refusal(Problem.NO_LEADER)));
        assertThat(names()).containsOnly("/sessions?key=a%2Fb");
    }

    @Test
    void anOpeningThatWasLostIsRepeated() {
        openings.addAll(List.of(LOST, Answers.problem(Problem.DEADLINE, "unknown", Map.of()), session(9)));

        assertThat(add()).isInstanceOf(Applied.class);
        assertThat(names().getLast()).isEqualTo("5-3-9; sequence=1; lowest=1");
    }

    @Test
    void anUnknownWriteKeepsItsNumberAndItsSessionTakesNoOther() {
        script.addAll(List.of(LOST, LOST, LOST, LOST, LOST, LOST, LOST, LOST, LOST, LOST));
        WriteResult unknown = add();
        assertThat(unknown)
                .isInstanceOfSatisfying(
                        Unknown.class,
                        open -> assertThat(open.idempotencyKey()).isEqualTo("5-3-1; sequence=1; lowest=1"));
        sent.clear();

        add();
        assertThat(names()).containsExactly("/sessions?key=a%2Fb", "5-3-2; sequence=1; lowest=1");
        WireRequest again = WriteCourse.of(
                        Requests.unnamed(new Command.Add(KEY, 1)), ((Unknown) unknown).idempotencyKey())
                .request();
        assertThat(again.headers()).containsEntry("Quorate-Session", "5-3-1; sequence=1; lowest=1");
    }

    @Test
    void aSessionThatMayHaveEndedIsNotUsed() {
        add();
        timing.pass(29_000);
        add();
        timing.pass(29_000);
        add();
        assertThat(opened).isEqualTo(1);
        timing.pass(31_000);
        add();
        assertThat(opened).isEqualTo(2);
    }

    @Test
    void whereThereIsNoSessionAWriteHasAnIdempotencyKey() {
        partition = OptionalInt.empty();
        add();
        assertThat(sent.getLast().headers()).containsKey("Idempotency-Key").doesNotContainKey("Quorate-Session");

        partition = OptionalInt.of(5);
        openings.add(Answers.problem(Problem.NO_SUCH_PATH));
        assertThat(add()).isInstanceOf(Applied.class);
        assertThat(add()).isInstanceOf(Applied.class);
        assertThat(sent).hasSize(4);
        assertThat(sent.getLast().headers()).containsKey("Idempotency-Key");
    }

    @Test
    void aCallThatASessionMightNotOutliveHasAnIdempotencyKey() {
        deadline = Duration.ofSeconds(31);
        writes = writes();

        assertThat(add()).isInstanceOf(Applied.class);
        assertThat(sent).hasSize(1);
        assertThat(sent.getLast().headers()).containsKey("Idempotency-Key");
    }
}
