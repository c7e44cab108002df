package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Consistency;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome.Served;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.client.ReadResult.Found;
import io.quorate.client.ReadResult.Missing;
import io.quorate.client.ReadResult.NotServed;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the answers to a read's attempts make of it. */
class ReadCourseTest {
    private static final Map<String, String> SERVED = Map.of(
            "Quorate-Served-By", "w3",
            "Quorate-Role", "follower",
            "Quorate-Consistency", "local",
            "Quorate-Applied", "7-50");
    private static final Served BY_W3 = new Served("w3", "follower", Consistency.LOCAL, new Revision(7, 50));

    private final Course<ReadResult> course = (Course<ReadResult>)
            Calls.read(Bytes.utf8("k"), ReadOptions.linearizable()).call();

    private static Reply found(Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(SERVED);
        headers.put("ETag", "\"7-41\"");
        headers.putAll(more);
        return Answers.of(200, headers, "hello");
    }

    @Test
    void bytesAreFoundWithTheirTypeTheirRevisionAndWhatIsLeftOfTheirLife() {
        Reply answer = found(Map.of("Quorate-Content-Type", "text/plain", "Quorate-TTL", "1500ms"));

        assertThat(course.after(answer))
                .contains(new Found(
                        Value.raw(Bytes.utf8("hello"), "text/plain"),
                        new Revision(7, 41),
                        Optional.of(Duration.ofMillis(1_500)),
                        BY_W3));
    }

    @Test
    void itTellsWhatWasGivenWhateverWasAskedFor() {
        Map<String, String> bounded = Map.of("Quorate-Consistency", "bounded", "Quorate-Staleness", "120ms");
        assertThat(served(bounded).consistency()).isEqualTo(Consistency.BOUNDED);
        assertThat(served(bounded).stalenessMillis()).hasValue(120);
        Map<String, String> linearizable = Map.of("Quorate-Consistency", "linearizable", "Quorate-Staleness", "0ms");
        assertThat(served(linearizable).consistency()).isEqualTo(Consistency.LINEARIZABLE);
        assertThat(served(linearizable).stalenessMillis()).hasValue(0);
        assertThat(served(Map.of("Quorate-Staleness", "long")).stalenessMillis())
                .isEmpty();
        assertThat(served(Map.of("Quorate-Staleness", "long")).consistency()).isEqualTo(Consistency.LOCAL);
    }

    private Served served(Map<String, String> headers) {
        return ((Found) course.after(found(headers)).orElseThrow()).served();
    }

    @Test
    void aValueWithoutAStoredTypeIsOfFormJson() {
        assertThat(course.after(found(Map.of())))
                .contains(new Found(Value.json("hello"), new Revision(7, 41), Optional.empty(), BY_W3));
    }

    @Test
    void aMissingKeyIsNoFailure() {
        Reply answer = Answers.problem(Problem.KEY_NOT_FOUND, "not_applied", SERVED);

        assertThat(course.after(answer)).contains(new Missing(BY_W3));
    }

    @Test
    void whatMayBeAskedAgainIsAskedAgain() {
        assertThat(course.after(new Reply.NotSent("refused"))).isEmpty();
        assertThat(course.after(new Reply.Lost("cut"))).isEmpty();
        assertThat(course.after(Answers.of(502, Map.of(), "<html>"))).isEmpty();
        assertThat(course.after(Answers.of(200, Map.of(), "no revision"))).isEmpty();
        assertThat(course.after(Answers.problem(Problem.MISDIRECTED))).isEmpty();
        assertThat(course.after(Answers.problem(Problem.NO_LEADER))).isEmpty();
        assertThat(course.ended()).isEqualTo(new NotServed(Answers.refusal(Problem.NO_LEADER)));
    }

    @Test
    void whatMayNotIsTheResult() {
        assertThat(course.after(Answers.problem(Problem.BAD_REQUEST)))
                .contains(new NotServed(Answers.refusal(Problem.BAD_REQUEST)));
        assertThat(course.after(new Reply.TooLarge(5)))
                .get()
                .extracting(result -> ((NotServed) result).why().is(Problem.VALUE_TOO_LARGE))
                .isEqualTo(true);
    }
}
