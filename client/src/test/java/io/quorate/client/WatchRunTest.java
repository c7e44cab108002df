package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.client.LineStream.Line;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a watch goes from worker to worker, under virtual time. */
class WatchRunTest {
    private static final Bytes PREFIX = Bytes.utf8("p/");
    private static final StreamTransport.Opening NOT_SENT = not(new Reply.NotSent("refused"));
    private static final Line CUT = new Line.Ended("cut");

    /** One attempt to connect, and when. */
    private record Asked(String worker, String target, long atMillis) {}

    private final VirtualTiming timing = new VirtualTiming();
    private final long beginNanos = timing.nanoTime();
    private final List<Asked> asked = new ArrayList<>();
    private final List<Long> silences = new ArrayList<>();
    private final Deque<StreamTransport.Opening> script = new ArrayDeque<>();
    private int doubts;
    private int streamsClosed;
    private int timesClosed;
    private Directory.Candidates known =
            new Directory.Candidates.Known(List.of(worker("w1"), worker("w2"), worker("w3")));

    private static Worker worker(String id) {
        return new Worker(Optional.of(id), Address.parse("http://" + id + ":1").orElseThrow());
    }

    /** Answers as the script says; its last answer is repeated. */
    private StreamTransport.Opening open(Address address, WireRequest request) {
        assertThat(request.headers()).containsEntry("Accept", "application/x-ndjson");
        asked.add(new Asked(
                address.uri().getHost(),
                request.target(),
                TimeUnit.NANOSECONDS.toMillis(timing.nanoTime() - beginNanos)));
        return script.size() > 1 ? script.removeFirst() : script.getFirst();
    }

    private final class ThreeWorkers implements Directory {
        @Override
        public Candidates candidates(Bytes key, Deadline deadline) {
            return known;
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

    private final class Lines implements LineStream {
        private final Deque<Line> lines;

        Lines(List<Line> lines) {
            this.lines = new ArrayDeque<>(lines);
        }

        @Override
        public Line next(long silenceMillis) {
            silences.add(silenceMillis);
            return lines.removeFirst();
        }

        @Override
        public void close() {
            streamsClosed++;
        }
    }

    private WatchRunTest opens(Line... lines) {
        script.add(new StreamTransport.Opening.Lines(new Lines(List.of(lines))));
        return this;
    }

    private WatchRunTest answers(StreamTransport.Opening... openings) {
        script.addAll(List.of(openings));
        return this;
    }

    private static StreamTransport.Opening not(Reply reply) {
        return new StreamTransport.Opening.Not(reply);
    }

    private static Line line(String json) {
        return new Line.Whole(Bytes.utf8(json));
    }

    private static Line alive(int position) {
        return line("{\"event\":\"heartbeat\",\"position\":\"at-" + position + "\"}");
    }

    private static Line deleted(int position) {
        return line(("{\"event\":\"delete\",\"key\":\"p/k\",\"revision\":\"1-%d\",\"timeMillis\":5,\"partition\":0,"
                        + "\"position\":\"at-%d\"}")
                .formatted(position, position));
    }

    private WatchRun run(WatchOptions options) {
        ClientSettings settings = new ClientSettings(
                Duration.ofSeconds(5), Duration.ofMillis(2_500), Duration.ofSeconds(1), 8, 10, 1_000, 1_000);
        StreamTransport transport = (address, request, limitMillis, maxBody, maxLine) -> {
            assertThat(limitMillis).isBetween(1L, 2_500L);
            assertThat(maxLine).isEqualTo(8_000);
            return open(address, request);
        };
        return new WatchRun(
                new WatchRun.Ways(new ThreeWorkers(), transport, settings),
                timing,
                options,
                PREFIX,
                _ -> timesClosed++);
    }

    private WatchRun run() {
        return run(WatchOptions.of(PREFIX));
    }

    private static List<String> positions(WatchRun run, int events) throws InterruptedException {
        List<String> positions = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            positions.add(run.next().orElseThrow().position());
        }
        return positions;
    }

    private static WatchEndedException end(WatchRun run) {
        return catchThrowableOfType(WatchEndedException.class, run::next);
    }

    private List<String> workersAsked() {
        return asked.stream().map(Asked::worker).toList();
    }

    @Test
    void aBrokenConnectionIsFollowedByTheNextWorkerFromTheLastPosition() throws InterruptedException {
        opens(alive(0), deleted(1), deleted(2), CUT).opens(alive(2), CUT).opens(alive(2), deleted(3), deleted(4));

        assertThat(positions(run(), 7)).containsExactly("at-0", "at-1", "at-2", "at-2", "at-2", "at-3", "at-4");
        assertThat(asked)
                .extracting(Asked::target)
                .containsExactly(
                        "/watch?prefix=p%2F&values=true",
                        "/watch?prefix=p%2F&values=true&from=at-2", "/watch?prefix=p%2F&values=true&from=at-2");
        assertThat(workersAsked()).containsExactly("w1", "w2", "w3");
        assertThat(streamsClosed).isEqualTo(2);
        assertThat(doubts).isEqualTo(2);
    }

    @Test
    void itBeginsWhereItIsToldAndWithoutValuesIfThatIsWanted() throws InterruptedException {
        opens(alive(7));
        run(WatchOptions.of(Bytes.EMPTY).from("a+b").withoutValues()).next();
        assertThat(asked).extracting(Asked::target).containsExactly("/watch?prefix=&values=false&from=a%2Bb");
    }

    @Test
    void aConnectionThatIsSilentForFifteenSecondsIsGivenUp() throws InterruptedException {
        opens(alive(0), new Line.Ended("nothing came")).opens(alive(0));

        assertThat(positions(run(), 2)).hasSize(2);
        assertThat(silences).containsOnly(15_000L);
        assertThat(workersAsked()).containsExactly("w1", "w2");
    }

    @Test
    void thePausesGrowUntilAConnectionGivesMoreThanItsFirstLine() throws InterruptedException {
        opens(alive(0), CUT).opens(alive(0), CUT).opens(alive(0), CUT).opens(alive(0), deleted(1), CUT);
        opens(alive(1));

        positions(run(), 6);
        assertThat(asked).extracting(Asked::atMillis).containsExactly(0L, 10L, 30L, 70L, 80L);
    }

    @Test
    void onceBegunItTriesOnForEver() throws InterruptedException {
        opens(alive(0), CUT);
        for (int i = 0; i < 300; i++) {
            answers(i % 2 == 0 ? NOT_SENT : not(Answers.problem(Problem.NO_LEADER)));
        }
        opens(alive(0), deleted(1));

        assertThat(positions(run(), 3)).containsExactly("at-0", "at-0", "at-1");
        assertThat(asked).hasSize(302);
    }

    @Test
    void aDemandToComeBackLaterIsHonoured() throws InterruptedException {
        answers(not(Answers.problem(Problem.OVERLOADED, "not_applied", Map.of("Retry-After", "2"))))
                .opens(alive(0));

        run().next();
        assertThat(asked).extracting(Asked::atMillis).containsExactly(0L, 2_010L);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSITION_GONE", "BAD_REQUEST"})
    void whatCannotBeTriedAgainEndsIt(Problem problem) {
        answers(not(Answers.problem(problem)));

        WatchEndedException end = end(run(WatchOptions.of(PREFIX).from("old")));
        assertThat(end.why()).isEqualTo(Answers.refusal(problem));
        assertThat(end.position()).contains("old");
        assertThat(asked).hasSize(1);
    }

    @Test
    void aProblemInTheAnswerEndsItOrIsFollowedByTheNextWorker() throws InterruptedException {
        opens(alive(0), problem(Problem.OVERLOADED)).opens(alive(0), deleted(1), problem(Problem.POSITION_GONE));
        WatchRun run = run();

        positions(run, 3);
        WatchEndedException end = end(run);
        assertThat(end.why().is(Problem.POSITION_GONE)).isTrue();
        assertThat(end.position()).contains("at-1");
        assertThat(run.next()).isEmpty();
        assertThat(timesClosed).isPositive();
        assertThat(streamsClosed).isEqualTo(2);
    }

    private static Line problem(Problem problem) {
        return line("{\"event\":\"problem\","
                + Answers.problemBody(problem, "not_applied").substring(1));
    }

    @Test
    void whoeverReachesNobodyIsToldAfterOneRound() {
        answers(NOT_SENT);
        assertThat(end(run()).why()).isEqualTo(Refusal.unreached("refused"));
        assertThat(workersAsked()).containsExactly("w1", "w2", "w3");
    }

    @Test
    void whoeverKnowsNoWorkerIsToldAtOnceUnlessThatMayChange() {
        known = new Directory.Candidates.Nobody("no map", false);
        assertThat(end(run()).why()).isEqualTo(Refusal.unreached("no map"));
        assertThat(timing.nanoTime()).isEqualTo(beginNanos);
    }

    @Test
    void whatDoesNotBeginWithinTheDeadlineEnds() {
        answers(not(Answers.problem(Problem.NO_LEADER)));
        WatchRun run = run();
        timing.pass(60_000);

        assertThat(end(run).why()).isEqualTo(Answers.refusal(Problem.NO_LEADER));
        assertThat(asked.getFirst().atMillis()).isEqualTo(60_000);
        assertThat(asked.getLast().atMillis()).isBetween(63_000L, 65_000L);
    }

    @Test
    void aLineThatIsTooLongOrNoEventEndsItAndAnUnknownEventIsPassedOver() throws InterruptedException {
        opens(alive(0), line("{\"event\":\"later\",\"position\":\"at-1\"}"), new Line.TooLong(8_000));
        WatchRun run = run();
        positions(run, 1);
        WatchEndedException end = end(run);
        assertThat(end.why().is(Problem.VALUE_TOO_LARGE)).isTrue();
        assertThat(end.position()).contains("at-0");
    }

    @Test
    void aLineThatIsNoEventEndsIt() {
        opens(line("<html>"));
        assertThat(end(run()).why().is(Problem.INTERNAL)).isTrue();
    }

    @Test
    void aClosedOneGivesItsConnectionUpAndHasNoMoreEvents() throws InterruptedException {
        opens(alive(0), deleted(1));
        WatchRun run = run();
        positions(run, 1);
        run.close();

        assertThat(run.next()).isEmpty();
        assertThat(streamsClosed).isEqualTo(1);
        assertThat(timesClosed).isEqualTo(1);
    }
}
