package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.client.Directory.Candidates;
import io.quorate.client.LineStream.Line;
import io.quorate.client.StreamTransport.Opening;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A watch on its way from worker to worker: reads line after line, and where there is none goes on at the next worker
 * from the position of the last one.
 *
 * <p>Until the first line it tries for as long as a call may, afterwards until it is closed or told that it cannot go
 * on. It reads when it is asked for an event and at no other time. Used by one thread; {@link #close} by any.
 */
final class WatchRun implements AutoCloseable {
    /** Without a byte for so long a connection is given up: a worker writes something each five seconds. */
    static final long SILENCE_MILLIS = 15_000;

    /** How many times longer a line may be than an answer to a read: JSON takes up to six bytes for one. */
    static final int LINE_FACTOR = 8;

    /** What it reaches workers with. */
    record Ways(Directory directory, StreamTransport transport, ClientSettings settings) {}

    private final Ways ways;
    private final Timing timing;
    private final WatchOptions options;
    private final Bytes route;
    private final Consumer<WatchRun> whenClosed;
    private final Rotation rotation = new Rotation();
    private Optional<String> position;
    private @Nullable Deadline beginBy;
    private boolean begun;
    private boolean reached;
    private int failures;
    private int linesOfConnection;
    private Refusal last = Refusal.unreached("There was no time left to ask anybody.");
    private volatile @Nullable LineStream lines;

    /**
     * @param timing of this watch alone, which ends with it
     * @param route the key whose workers are asked first
     * @param whenClosed is given this one once it is closed, perhaps more than once
     */
    WatchRun(Ways ways, Timing timing, WatchOptions options, Bytes route, Consumer<WatchRun> whenClosed) {
        this.ways = ways;
        this.timing = timing;
        this.options = options;
        this.route = route;
        this.whenClosed = whenClosed;
        this.position = options.from();
    }

    /**
     * Waits for the next event; empty once it is closed.
     *
     * @throws WatchEndedException when it cannot go on; it is closed then
     */
    Optional<WatchEvent> next() throws InterruptedException {
        Optional<WatchEvent> event = Optional.empty();
        while (event.isEmpty() && !timing.isClosed()) {
            LineStream open = lines;
            if (open == null) {
                connect();
            } else {
                event = after(open.next(SILENCE_MILLIS));
            }
        }
        return event;
    }

    private void connect() throws InterruptedException {
        long limitMillis = Math.min(ways.settings().attemptLimit().toMillis(), leftMillis());
        if (limitMillis == 0) {
            throw ended(last);
        }
        Deadline limit = Deadline.in(Duration.ofMillis(limitMillis), timing.nanoTime());
        switch (ways.directory().candidates(route, limit)) {
            case Candidates.Nobody(String detail, boolean maybeLater) ->
                failed(new Reply.NotSent(detail), reached || maybeLater);
            case Candidates.Known(List<Worker> workers, int _) -> {
                switch (open(rotation.next(workers), limitMillis)) {
                    case Opening.Lines(LineStream opened) -> take(opened);
                    case Opening.Not(Reply.NotSent _)
                    when !rotation.isRoundOver(workers) -> ways.directory().doubt();
                    case Opening.Not(Reply reply) -> failed(reply, reached || !(reply instanceof Reply.NotSent));
                }
            }
        }
    }

    /** How long it may still try to begin; once it has begun, for ever. */
    private long leftMillis() {
        if (begun) {
            return Long.MAX_VALUE;
        }
        if (beginBy == null) {
            beginBy = Deadline.in(ways.settings().deadline(), timing.nanoTime());
        }
        return beginBy.leftMillis(timing.nanoTime());
    }

    private Opening open(Worker worker, long limitMillis) throws InterruptedException {
        int maxBytes = ways.settings().maxResponseBytes();
        return ways.transport()
                .open(
                        worker.address(),
                        Requests.watch(options.prefix(), position, options.values()),
                        limitMillis,
                        maxBytes,
                        (int) Math.min(Integer.MAX_VALUE, (long) maxBytes * LINE_FACTOR));
    }

    /** A watch that is closed at the same time closes the lines, or sees here that it is. */
    private void take(LineStream opened) {
        reached = true;
        linesOfConnection = 0;
        lines = opened;
        if (timing.isClosed()) {
            opened.close();
        }
    }

    private Optional<WatchEvent> after(Line line) throws InterruptedException {
        switch (line) {
            case Line.Whole(Bytes bytes) -> {
                return after(WatchLine.read(bytes));
            }
            case Line.TooLong(int limitBytes) ->
                throw ended(Refusal.of(
                        Problem.VALUE_TOO_LARGE,
                        "A change has more than the " + limitBytes + " bytes that this client takes: raise"
                                + " maxResponseBytes, or watch without values."));
            case Line.Ended(String detail) -> failed(new Reply.Lost(detail), true);
        }
        return Optional.empty();
    }

    private Optional<WatchEvent> after(WatchLine line) throws InterruptedException {
        switch (line) {
            case WatchLine.Told(WatchEvent event) -> {
                tookNoteOf(event);
                return Optional.of(event);
            }
            case WatchLine.Problem(Refusal why) -> failed(why, 0, true);
            case WatchLine.Other _ -> {}
            case WatchLine.Malformed _ ->
                throw ended(new Refusal(
                        Problem.INTERNAL.type(), false, "The answer to the watch has a line that is no event."));
        }
        return Optional.empty();
    }

    /** A connection that gives but one line is as good as none. */
    private void tookNoteOf(WatchEvent event) {
        position = Optional.of(event.position());
        begun = true;
        if (linesOfConnection++ > 0) {
            failures = 0;
        }
    }

    private void failed(Reply reply, boolean hopeful) throws InterruptedException {
        Refusal why = switch (reply) {
            case Reply.Answered answer -> ProblemBody.of(answer).refusal();
            case Reply.NotSent(String detail) -> Refusal.unreached(detail);
            case Reply.Lost(String detail) -> Refusal.unreached(detail);
            case Reply.TooLarge(int limitBytes) ->
                Refusal.unreached("The answer has more than " + limitBytes + " bytes.");
        };
        reached |= !(reply instanceof Reply.NotSent);
        failed(why, RetryRule.retryAfterMillis(reply), hopeful);
    }

    /** Waits before the next attempt, unless there need be none. */
    private void failed(Refusal why, long retryAfterMillis, boolean hopeful) throws InterruptedException {
        drop();
        if (timing.isClosed()) {
            return;
        }
        ways.directory().doubt();
        last = why;
        failures++;
        long pauseMillis = RetryRule.LASTING.pauseMillis(failures, retryAfterMillis, timing.chance());
        boolean inTime = (begun || hopeful) && pauseMillis + Attempts.LEAST_ATTEMPT_MILLIS <= leftMillis();
        if (!why.retryable() || !inTime) {
            throw ended(why);
        }
        timing.pause(pauseMillis);
    }

    private WatchEndedException ended(Refusal why) {
        close();
        return new WatchEndedException(why, position);
    }

    private void drop() {
        LineStream open = lines;
        lines = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        timing.close();
        LineStream open = lines;
        if (open != null) {
            open.close();
        }
        whenClosed.accept(this);
    }
}
