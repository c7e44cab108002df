package io.quorate.client;

import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A session of one partition as this client uses it: which numbers were given to writes, and which of these have no
 * answer yet. Thread-safe.
 */
final class SessionNumbers {
    /**
     * How many numbers there are at most from the lowest without an answer on. With each write the cluster writes down
     * all that it keeps of the session, so that another session is better than a longer list.
     */
    static final int MAX_OPEN = 64;

    private final String session;
    private final long restNanos;
    private final TreeSet<Long> unanswered = new TreeSet<>();
    private long last;
    private long usedNanos;
    private boolean retired;

    /**
     * @param session as the cluster named it
     * @param idleMillis after how long without a write it ends
     * @param askedNanos when it was asked for
     */
    SessionNumbers(String session, long idleMillis, long askedNanos) {
        this.session = session;
        this.restNanos = TimeUnit.MILLISECONDS.toNanos(idleMillis) / 2;
        this.usedNanos = askedNanos;
    }

    /**
     * A number for one write.
     *
     * @param name what every attempt of the write is named
     */
    record Number(SessionNumbers numbers, long sequence, long takenNanos, String name) {
        /** Takes in what came of the write: one that is unknown may be asked for again, by its name. */
        void ended(WriteResult result) {
            numbers.ended(this, result);
        }
    }

    /** The next number, unless another session is needed: what may have ended by now is not used any more. */
    synchronized Optional<Number> next(long nowNanos) {
        if (!isOfUse(nowNanos)) {
            return Optional.empty();
        }
        long sequence = last + 1;
        long lowest = unanswered.isEmpty() ? sequence : unanswered.first();
        if (sequence - lowest >= MAX_OPEN) {
            return Optional.empty();
        }
        last = sequence;
        unanswered.add(sequence);
        return Optional.of(new Number(this, sequence, nowNanos, SessionName.of(session, sequence, lowest)));
    }

    /** Whether there will be further numbers. */
    synchronized boolean isOfUse(long nowNanos) {
        return !retired && nowNanos - usedNanos < restNanos;
    }

    /** No further write has a number of this session: it has ended, or keeps what somebody may ask for. */
    synchronized void retire() {
        retired = true;
    }

    private synchronized void ended(Number number, WriteResult result) {
        switch (result) {
            case WriteResult.Applied _, WriteResult.ConditionFailed _ -> {
                usedNanos = Math.max(usedNanos, number.takenNanos());
                unanswered.remove(number.sequence());
            }
            case WriteResult.NotApplied _ -> unanswered.remove(number.sequence());
            case WriteResult.Unknown _ -> retire();
        }
    }
}
