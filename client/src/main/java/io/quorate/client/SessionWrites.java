package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.api.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes that the client names by itself: numbered in a session of their partition, so that the cluster forgets what was
 * answered. A session is opened before the first write that needs it.
 *
 * <p>Where there can be none, with fixed workers, a cluster of an older version, or a deadline that a session might not
 * outlive, a write is named by a random idempotency key. Blocks the calling thread; thread-safe.
 */
final class SessionWrites {
    /** A call that may take longer is not numbered: its session could end between two attempts. */
    static final Duration LONGEST_DEADLINE = Duration.ofMillis(Session.IDLE_MILLIS / 2);

    /** Sessions of a partition; with more writes at once, the session that is used longest is given up. */
    private static final int MAX_SESSIONS = 16;

    /** How often a write is numbered anew because its session had ended. */
    private static final int MAX_NUMBERS = 4;

    private final Attempts attempts;
    private final Directory directory;
    private final Timing timing;
    private final Map<Integer, Partition> partitions = new ConcurrentHashMap<>();
    private final boolean isOfUse;
    private volatile boolean unsupported;

    SessionWrites(Attempts attempts, Directory directory, Timing timing, ClientSettings settings) {
        this.attempts = attempts;
        this.directory = directory;
        this.timing = timing;
        this.isOfUse = settings.deadline().compareTo(LONGEST_DEADLINE) <= 0;
    }

    /** The sessions of a partition, the oldest first, and who opens a further one. */
    private static final class Partition {
        final ReentrantLock opening = new ReentrantLock();
        private final List<SessionNumbers> sessions = new ArrayList<>();

        synchronized Optional<SessionNumbers.Number> next(long nowNanos) {
            sessions.removeIf(session -> !session.isOfUse(nowNanos));
            return sessions.stream()
                    .flatMap(session -> session.next(nowNanos).stream())
                    .findFirst();
        }

        synchronized void add(SessionNumbers session) {
            if (sessions.size() >= MAX_SESSIONS) {
                sessions.removeFirst();
            }
            sessions.add(session);
        }
    }

    /** What is to be done before a write is sent. */
    private sealed interface Naming {
        record Numbered(SessionNumbers.Number number) implements Naming {}

        record Keyed() implements Naming {}

        record Impossible(Refusal why) implements Naming {}
    }

    /**
     * Writes once, however often it is sent.
     *
     * @param request without a name
     */
    WriteResult write(Bytes key, WireRequest request, Deadline deadline) {
        Refusal ended = Refusal.unreached("There was no session for the write.");
        for (int made = 0; made < MAX_NUMBERS; made++) {
            switch (naming(key, deadline)) {
                case Naming.Keyed() -> {
                    return send(key, request, UUID.randomUUID().toString(), deadline);
                }
                case Naming.Impossible(Refusal why) -> {
                    return new WriteResult.NotApplied(why);
                }
                case Naming.Numbered(SessionNumbers.Number number) -> {
                    WriteResult result = send(key, request, number.name(), deadline);
                    number.ended(result);
                    if (!(result instanceof WriteResult.NotApplied(Refusal why) && why.is(Problem.SESSION_ENDED))) {
                        return result;
                    }
                    number.numbers().retire();
                    ended = why;
                }
            }
        }
        return new WriteResult.NotApplied(ended);
    }

    private WriteResult send(Bytes key, WireRequest request, String name, Deadline deadline) {
        return attempts.run(key, WriteCourse.of(request, name), deadline);
    }

    private Naming naming(Bytes key, Deadline deadline) {
        try {
            OptionalInt number = isOfUse && !unsupported ? directory.partition(key, deadline) : OptionalInt.empty();
            return number.isPresent()
                    ? numbered(key, partitions.computeIfAbsent(number.getAsInt(), _ -> new Partition()), deadline)
                    : new Naming.Keyed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Naming.Impossible(Refusal.unreached("The thread was interrupted before the write was sent."));
        }
    }

    private Naming numbered(Bytes key, Partition partition, Deadline deadline) throws InterruptedException {
        Optional<SessionNumbers.Number> number = partition.next(timing.nanoTime());
        if (number.isPresent()) {
            return new Naming.Numbered(number.get());
        }
        if (!partition.opening.tryLock(deadline.leftMillis(timing.nanoTime()), TimeUnit.MILLISECONDS)) {
            return new Naming.Impossible(Refusal.unreached("A session for the write was not opened in time."));
        }
        try {
            number = partition.next(timing.nanoTime());
            return number.isPresent() ? new Naming.Numbered(number.get()) : opened(key, partition, deadline);
        } finally {
            partition.opening.unlock();
        }
    }

    private Naming opened(Bytes key, Partition partition, Deadline deadline) {
        long askedNanos = timing.nanoTime();
        return switch (attempts.run(key, new SessionOpening(key), deadline)) {
            case SessionOpening.Result.Opened(String session, long idleMillis) -> {
                partition.add(new SessionNumbers(session, idleMillis, askedNanos));
                yield partition
                        .next(timing.nanoTime())
                        .<Naming>map(Naming.Numbered::new)
                        .orElseGet(Naming.Keyed::new);
            }
            case SessionOpening.Result.Refused(Refusal why)
            when why.is(Problem.NO_SUCH_PATH) -> {
                unsupported = true;
                yield new Naming.Keyed();
            }
            case SessionOpening.Result.Refused(Refusal why) -> new Naming.Impossible(why);
        };
    }
}
