package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.client.Directory.Candidates;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends a request until its course has a result: to the best candidate first, to the next ones when one fails, with
 * pauses, until the deadline. What any replica may answer goes to one after the other. Blocks the calling thread;
 * thread-safe.
 */
final class Attempts {
    /** No further attempt is begun with less time than this: cut short, it would leave open what is known now. */
    static final long LEAST_ATTEMPT_MILLIS = 50;

    private final Directory directory;
    private final Transport transport;
    private final Timing timing;
    private final ClientSettings settings;
    private final AtomicInteger turns = new AtomicInteger();
    private volatile boolean everReached;

    Attempts(Directory directory, Transport transport, Timing timing, ClientSettings settings) {
        this.directory = directory;
        this.transport = transport;
        this.timing = timing;
        this.settings = settings;
    }

    /** The result; an interrupt ends the attempts and stays set. */
    <T> T run(Bytes key, Course<T> course, Deadline deadline) {
        try {
            return attempt(key, course, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return course.ended();
        }
    }

    private <T> T attempt(Bytes key, Course<T> course, Deadline deadline) throws InterruptedException {
        Rotation rotation = new Rotation();
        int turn = course.isForAnyReplica() ? turns.getAndIncrement() : 0;
        for (int made = 1; made <= settings.maxAttempts() && mayAsk(deadline); made++) {
            List<Worker> workers = List.of();
            boolean hopeful = everReached;
            Reply reply;
            switch (directory.candidates(key, deadline)) {
                case Candidates.Nobody(String detail, boolean maybeLater) -> {
                    reply = new Reply.NotSent(detail);
                    hopeful |= maybeLater;
                }
                case Candidates.Known known -> {
                    workers = known.inTurn(turn);
                    reply = ask(rotation.next(workers), course, deadline);
                }
            }
            Optional<T> result = course.after(reply);
            if (result.isPresent()) {
                return result.get();
            }
            boolean goesOn = reply instanceof Reply.NotSent
                    ? !rotation.isRoundOver(workers) || (hopeful && pause(made, reply, deadline))
                    : pause(made, reply, deadline);
            if (!goesOn) {
                break;
            }
        }
        return course.ended();
    }

    private boolean mayAsk(Deadline deadline) {
        return !timing.isClosed()
                && !Thread.currentThread().isInterrupted()
                && deadline.leftMillis(timing.nanoTime()) > 0;
    }

    private Reply ask(Worker worker, Course<?> course, Deadline deadline) throws InterruptedException {
        long leftMillis = Math.max(1, deadline.leftMillis(timing.nanoTime()));
        long limitMillis =
                course.isLong() ? leftMillis : Math.min(settings.attemptLimit().toMillis(), leftMillis);
        Reply reply;
        try {
            int maxBodyBytes = course.maxBodyBytes(settings.maxResponseBytes());
            reply = transport.send(worker.address(), course.request(), limitMillis, maxBodyBytes);
        } catch (InterruptedException e) {
            course.after(new Reply.Lost("the thread that waited for the answer was interrupted"));
            throw e;
        }
        everReached |= !(reply instanceof Reply.NotSent);
        if (showsStaleMap(worker, course, reply)) {
            directory.doubt();
        }
        return reply;
    }

    /** Nobody there, nobody who answers, nobody who leads; or another worker answered than the leader that was asked. */
    private static boolean showsStaleMap(Worker asked, Course<?> course, Reply reply) {
        return switch (reply) {
            case Reply.NotSent _, Reply.Lost _ -> true;
            case Reply.TooLarge _ -> false;
            case Reply.Answered answer ->
                answer.status() >= 500
                        || answer.status() == Problem.MISDIRECTED.httpStatus()
                        || (!course.isForAnyReplica() && isOfAnother(asked, answer));
        };
    }

    private static boolean isOfAnother(Worker asked, Reply.Answered answer) {
        return answer.headers()
                .first(Header.SERVED_BY)
                .filter(server -> asked.id().filter(server::equals).isEmpty())
                .isPresent();
    }

    /** Waits before the next attempt; false when the next one would come too late or the client is closed. */
    private boolean pause(int made, Reply reply, Deadline deadline) throws InterruptedException {
        long pauseMillis = RetryRule.USUAL.pauseMillis(made, RetryRule.retryAfterMillis(reply), timing.chance());
        return pauseMillis + LEAST_ATTEMPT_MILLIS <= deadline.leftMillis(timing.nanoTime())
                && timing.pause(pauseMillis);
    }
}
