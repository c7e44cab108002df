package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.client.LineStream.Line;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines out of a body that arrives in pieces. */
class StreamedLinesTest {
    private static final long NO_WAIT = 0;

    private final StreamedBody body = new StreamedBody();
    private final StreamedLines lines = new StreamedLines(body, 8);
    private long requested;
    private int cancelled;

    private final class Connection implements Flow.Subscription {
        @Override
        public void request(long more) {
            requested += more;
        }

        @Override
        public void cancel() {
            cancelled++;
        }
    }

    @BeforeEach
    void subscribe() {
        body.onSubscribe(new Connection());
    }

    private void arrives(String... buffers) {
        body.onNext(List.of(buffers).stream()
                .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    private String next() throws InterruptedException {
        return switch (lines.next(NO_WAIT)) {
            case Line.Whole(Bytes bytes) -> bytes.asUtf8().orElseThrow();
            case Line.TooLong(int limit) -> "longer than " + limit;
            case Line.Ended(String detail) -> "ended: " + detail;
        };
    }

    @Test
    void aLineIsWholeHoweverItArrives() throws InterruptedException {
        arrives("a\nb", "c");
        arrives("d", "\n\n12345678\ne");
        body.onComplete();

        assertThat(List.of(next(), next(), next(), next())).containsExactly("a", "bcd", "", "12345678");
        assertThat(next()).isEqualTo("ended: the answer ended");
    }

    @Test
    void aLineThatIsTooLongIsNotTaken() throws InterruptedException {
        arrives("ok\n1234", "5678", "9");
        assertThat(List.of(next(), next())).containsExactly("ok", "longer than 8");
    }

    @Test
    void whatArrivedBeforeTheConnectionBrokeIsTaken() throws InterruptedException {
        arrives("a\n");
        body.onError(new IOException("reset"));
        assertThat(List.of(next(), next())).containsExactly("a", "ended: reset");
    }

    @Test
    void silenceEndsIt() throws InterruptedException {
        arrives("a\nb");
        assertThat(List.of(next(), next())).containsExactly("a", "ended: nothing came for 0 ms");
    }

    @Test
    void noMorePiecesAreAskedForThanAreTaken() throws InterruptedException {
        assertThat(requested).isEqualTo(StreamedBody.MAX_PIECES_AHEAD);
        for (int i = 0; i < StreamedBody.MAX_PIECES_AHEAD; i++) {
            arrives("a\nb\n");
        }
        assertThat(requested).isEqualTo(StreamedBody.MAX_PIECES_AHEAD);
        next();
        next();
        assertThat(requested).isEqualTo(StreamedBody.MAX_PIECES_AHEAD + 1);
        next();
        assertThat(requested).isEqualTo(StreamedBody.MAX_PIECES_AHEAD + 2);
    }

    @Test
    void closingGivesTheConnectionUpAndWakesWhoeverWaits() throws Exception {
        CompletableFuture<Line> waiting = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                waiting.complete(lines.next(60_000));
            } catch (InterruptedException e) {
                waiting.completeExceptionally(e);
            }
        });
        lines.close();
        lines.close();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(new Line.Ended("closed"));
        assertThat(cancelled).isEqualTo(1);
    }
}
