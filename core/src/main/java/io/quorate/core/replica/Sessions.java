package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.SessionSequence;
import io.quorate.api.Value;
import io.quorate.core.log.Change;
import io.quorate.core.log.Remembered;
import io.quorate.core.log.RememberedIds;
import io.quorate.core.log.SessionState;
import io.quorate.core.wire.SessionStateCodecV1;
import java.util.Optional;

/**
 * What becomes of writes that are numbered in a session: one record in the state has all that is remembered of it, and
 * is written again with each. An unknown session has ended, or never was: its writes are refused.
 */
final class Sessions {
    /** A session that remembers more, in bytes, takes no further write until its client has answers to some. */
    static final int MAX_STATE_BYTES = 64 << 10;

    /** What is to be done about a write. */
    sealed interface Verdict {
        /** It is new. */
        record Take() implements Verdict {}

        /** What the session's state says of it, which holds whoever leads once that is committed. */
        record Decided(Outcome outcome) implements Verdict {}

        /** It is not taken now. */
        record Refused(Outcome outcome) implements Verdict {}
    }

    private final WorkerSettings settings;
    private final SessionRule rule;

    Sessions(WorkerSettings settings, SessionRule rule) {
        this.settings = settings;
        this.rule = rule;
    }

    /** What is logged when one is opened. */
    Change open(Revision revision, long logTimeMillis) {
        return new Change.Remember(
                RememberedIds.ofSession(revision), record(SessionState.NEW, revision, logTimeMillis));
    }

    /** Whether its writes are refused from that log time on. */
    boolean hasEnded(Record session, long logTimeMillis) {
        return rule.hasEnded(session.expiresMillis(), logTimeMillis);
    }

    /** The answer to a write of a session that has ended, or that is not known. */
    Outcome ended(SessionSequence write) {
        return new Outcome.NotApplied(
                Problem.SESSION_ENDED,
                "session %s has ended, as it was not written in for %d s, or there never was one: open another one"
                        .formatted(write.session(), settings.sessionIdleMillis() / 1_000));
    }

    /** What is to be done about a write of a session that has not ended. */
    Verdict judge(SessionSequence write, Record session, Repeats repeats) {
        SessionState state = state(session, write);
        Optional<Remembered> outcome = state.outcome(write.sequence());
        if (write.sequence() < state.lowest()) {
            return new Verdict.Decided(new Outcome.Unknown(
                    "session %s has answers to all writes below number %d and has forgotten what became of number %d; it is not done again"
                            .formatted(write.session(), state.lowest(), write.sequence()),
                    true));
        }
        if (outcome.isPresent()) {
            return new Verdict.Decided(repeats.answer(write, outcome.get()));
        }
        boolean full = session.value().bytes().length() > MAX_STATE_BYTES
                && SessionStateCodecV1.encode(state).length() > MAX_STATE_BYTES;
        return full
                ? new Verdict.Refused(new Outcome.NotApplied(
                        Problem.OVERLOADED,
                        "session %s remembers the outcomes of %d writes, more than %d bytes: say with the next write which of them are answered"
                                .formatted(write.session(), state.decided().size(), MAX_STATE_BYTES)))
                : new Verdict.Take();
    }

    /** What is logged with the effect of a write of this outcome. */
    Change renew(SessionSequence write, Record session, Remembered outcome, Revision revision, long logTimeMillis) {
        return new Change.Renew(
                RememberedIds.of(write),
                record(state(session, write).with(write.sequence(), outcome), revision, logTimeMillis));
    }

    private SessionState state(Record session, SessionSequence write) {
        SessionState kept = SessionStateCodecV1.decode(session.value().bytes());
        return kept.from(rule.lowest(kept.lowest(), write.lowest()));
    }

    private Record record(SessionState state, Revision revision, long logTimeMillis) {
        Bytes encoded = SessionStateCodecV1.encode(state);
        return new Record(
                Value.raw(encoded, ""), revision, logTimeMillis, logTimeMillis + settings.sessionIdleMillis(), "");
    }
}
