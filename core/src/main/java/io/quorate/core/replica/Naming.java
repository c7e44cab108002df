package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.api.SessionSequence;
import io.quorate.api.WriteName;
import io.quorate.core.log.Change;
import io.quorate.core.log.Remembered;
import io.quorate.core.log.RememberedIds;
import io.quorate.core.log.Space;
import java.util.Optional;

/**
 * Has each of a leader's named writes done once: one that was decided before is answered as it was then, one that waits
 * for its outcome is waited for, and one that its session has forgotten is not done again.
 */
final class Naming {
    private final Replica replica;
    private final Writes writes;
    private final WideWrites wide;
    private final Loading loading;
    private final Refusals refusals;
    private final Repeats repeats;
    private final Sessions sessions;

    Naming(
            Replica replica,
            WorkerContext context,
            Leader leader,
            Writes writes,
            WideWrites wide,
            Loading loading,
            Refusals refusals) {
        this.replica = replica;
        this.writes = writes;
        this.wide = wide;
        this.loading = loading;
        this.refusals = refusals;
        this.repeats = new Repeats(context.settings, leader.configuration());
        this.sessions = new Sessions(context.settings, context.rules.session());
    }

    /** Takes a write of that name, unless it was taken before. */
    void admit(WriteAttempt attempt, WriteName name) {
        if (name instanceof SessionSequence sequence && sequence.session().partition() != replica.partition) {
            wide.answer(attempt.origin, ofAnother(sequence));
            return;
        }
        Bytes id = RememberedIds.of(name);
        Lookup known = writes.known(attempt, Space.REMEMBERED, id);
        if (known instanceof Lookup.NotInMemory) {
            loading.await(Space.REMEMBERED, id, attempt);
            return;
        }
        Optional<Record> record = remembered(attempt, name);
        switch (name) {
            case IdempotencyKey key -> keyed(attempt, key, record);
            case SessionSequence sequence -> numbered(attempt, sequence, record);
        }
    }

    private Outcome ofAnother(SessionSequence write) {
        return new Outcome.NotApplied(
                Problem.BAD_REQUEST,
                "session %s belongs to partition %d and the key to partition %d: open a session for the key"
                        .formatted(write.session(), write.session().partition(), replica.partition));
    }

    private static Optional<Record> remembered(WriteAttempt attempt, WriteName name) {
        return attempt.known(Space.REMEMBERED, RememberedIds.of(name)) instanceof Lookup.Found(Record record)
                ? Optional.of(record)
                : Optional.empty();
    }

    private void keyed(WriteAttempt attempt, IdempotencyKey key, Optional<Record> first) {
        if (first.isEmpty()) {
            takeNew(attempt);
        } else if (first.get().expiredAt(writes.logTimeMillis())) {
            writes.expire(new Change.Expire(Space.REMEMBERED, key.id()));
            takeNew(attempt);
        } else {
            decided(attempt, repeats.answer(key, first.get()));
        }
    }

    /** Answers with what the log says, once all that is in it now is applied. */
    private void decided(WriteAttempt attempt, Outcome outcome) {
        refusals.addDecided(attempt, outcome, writes.lastTaken());
        writes.answerCommitted();
    }

    private void takeNew(WriteAttempt attempt) {
        Optional<Outcome> full = repeats.refusal(writes.remembered());
        if (full.isPresent()) {
            wide.answer(attempt.origin, full.get());
        } else {
            writes.take(attempt);
        }
    }

    /** That a session has ended is told when log time has got there, so that no later leader takes its writes. */
    private void numbered(WriteAttempt attempt, SessionSequence write, Optional<Record> session) {
        if (session.isEmpty()) {
            writes.refuse(attempt, sessions.ended(write));
        } else if (sessions.hasEnded(session.get(), writes.logTimeMillis())) {
            writes.reach(session.get().expiresMillis());
            decided(attempt, sessions.ended(write));
        } else {
            switch (sessions.judge(write, session.get(), repeats)) {
                case Sessions.Verdict.Take() -> writes.take(attempt);
                case Sessions.Verdict.Decided(Outcome outcome) -> decided(attempt, outcome);
                case Sessions.Verdict.Refused(Outcome outcome) -> wide.answer(attempt.origin, outcome);
            }
        }
    }

    /** Opens a session. */
    void open(WriteAttempt attempt) {
        Optional<Outcome> full = repeats.refusal(writes.remembered());
        if (full.isPresent()) {
            wide.answer(attempt.origin, full.get());
        } else {
            writes.open(attempt, sessions);
        }
    }

    /** What is logged in one entry with a write's effect, or alone if it was refused. */
    Change remember(WriteAttempt attempt, WriteName name, PendingWrite write, long logTimeMillis) {
        Remembered outcome = Repeats.outcome(name, write);
        return switch (name) {
            case IdempotencyKey key -> repeats.remember(key, outcome, write.revision, logTimeMillis);
            case SessionSequence sequence ->
                sessions.renew(
                        sequence, remembered(attempt, name).orElseThrow(), outcome, write.revision, logTimeMillis);
        };
    }
}
