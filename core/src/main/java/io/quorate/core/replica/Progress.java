package io.quorate.core.replica;

import io.quorate.core.cluster.Member;
import io.quorate.core.message.PartitionReport;
import org.jspecify.annotations.Nullable;

/** What a leader knows, in its term, of one other replica. Action {@code Heard}. */
final class Progress {
    /** How entries are sent to it. */
    enum Mode {
        /** One message at a time, until the place where the logs agree is known. */
        PROBE,
        /** One message after the other, without waiting for answers. */
        REPLICATE,
        /** A snapshot is on its way. */
        SNAPSHOT
    }

    private static final long MAX_BACKOFF_FACTOR = 8;
    private static final long NARROWEST = 8;

    final Member member;
    final boolean learner;
    Mode mode = Mode.REPLICATE;
    long next;
    long match = -1;
    long applied;
    long sentCommit;
    long grantedNanos = LeaseRule.NEVER;
    long leaseSentNanos = LeaseRule.NEVER;

    @Nullable SnapshotSender snapshot;
    /** What is kept for it since its snapshot was begun. */
    Retention.@Nullable Hold hold;
    /** What the next snapshot should have kept for it, because less did not last. */
    long wantedBytes;
    /** Its worker runs on another disk now: what is sent there does not reach this replica. */
    boolean diskIsGone;

    /** When the oldest message that waits for an answer was sent, or when the last answer came. */
    private long waitsSinceNanos;

    private boolean awaitsAnswer;
    private boolean everSent;
    private long heardNanos;
    private long backoff = 1;
    private long narrowing = 1;
    /** The last entry that was before those sent to it in this term. */
    private final long sentAfter;

    Progress(Member member, boolean learner, long next) {
        this.member = member;
        this.learner = learner;
        this.next = next;
        this.sentAfter = next - 1;
    }

    /** The last entry that it has, as far as that is known, else the last before those that it was sent. */
    long acknowledged() {
        return match < 0 ? sentAfter : match;
    }

    /** How many bytes may be on their way to it. */
    long windowBytes(WorkerSettings settings) {
        return settings.inFlightBytes() / narrowing;
    }

    /** A stream of messages without an answer must not look alive: there the first unanswered one counts. */
    void sent(long nowNanos) {
        if (!everSent) {
            heardNanos = nowNanos;
            everSent = true;
        }
        if (mode != Mode.REPLICATE || !awaitsAnswer) {
            waitsSinceNanos = nowNanos;
        }
        awaitsAnswer = true;
    }

    void heard(long nowNanos) {
        backoff = 1;
        heardNanos = nowNanos;
        waitsSinceNanos = nowNanos;
        awaitsAnswer = false;
    }

    /** For how long it has said nothing; counted from the first sending if it never has. */
    long silentNanos(long nowNanos) {
        return nowNanos - heardNanos;
    }

    /** When an answer is overdue. */
    long resendAtNanos(WorkerSettings settings) {
        return waitsSinceNanos + settings.resendNanos() * backoff;
    }

    void backOff() {
        backoff = Math.min(backoff * 2, MAX_BACKOFF_FACTOR);
    }

    /** What was sent is overdue: less is on its way from now on, until acknowledgements come again. */
    void overdue() {
        backOff();
        narrowing = NARROWEST;
    }

    void matched(long index) {
        if (index > match) {
            narrowing = Math.max(1, narrowing / 2);
        }
        match = Math.max(match, index);
        next = Math.max(next, match + 1);
    }

    /** Sends one message and waits, from the first entry that it may lack. */
    void probeFrom(long index) {
        mode = Mode.PROBE;
        next = Math.max(index, match + 1);
    }

    /** As {@link #probeFrom}; a learner may have been dropped and made anew since it acknowledged something. */
    void probeAgainFrom(long index) {
        if (learner && index <= match) {
            match = -1;
        }
        probeFrom(index);
    }

    PartitionReport.PeerProgress report(long lastIndex, long closeEntries) {
        boolean close = mode == Mode.REPLICATE && match >= 0 && match + closeEntries >= lastIndex;
        int percent = snapshot == null ? -1 : snapshot.percent();
        return new PartitionReport.PeerProgress(member, match, learner, percent, close);
    }
}
