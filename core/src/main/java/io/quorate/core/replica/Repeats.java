package io.quorate.core.replica;

import io.quorate.api.IdempotencyKey;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Session;
import io.quorate.api.SessionSequence;
import io.quorate.api.Value;
import io.quorate.api.WriteName;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.log.Change;
import io.quorate.core.log.Remembered;
import io.quorate.core.wire.RememberedCodecV1;
import java.util.Optional;

/**
 * What is remembered of writes that their clients may repeat: a repetition gets the outcome of the first and does
 * nothing more, also from the next leader, as the log and the state carry it. Nothing is forgotten early.
 */
final class Repeats {
    private final WorkerSettings settings;
    private final Configuration configuration;

    Repeats(WorkerSettings settings, Configuration configuration) {
        this.settings = settings;
        this.configuration = configuration;
    }

    /** Why no further write can be remembered, if none can. */
    Optional<Outcome> refusal(int remembered) {
        return remembered < settings.maxRemembered()
                ? Optional.empty()
                : Optional.of(new Outcome.NotApplied(
                        Problem.IDEMPOTENCY_FULL,
                        "the partition remembers %d idempotency keys and sessions and takes no further one until some are %d s old; "
                                        .formatted(remembered, settings.idempotencyMillis() / 1_000)
                                + "writes without one are taken"));
    }

    /** What became of a write of that name, once it is committed. */
    static Remembered outcome(WriteName name, PendingWrite write) {
        return new Remembered(
                name.fingerprint(),
                write.refusal.map(Repeats::end).orElse(Remembered.End.APPLIED),
                write.refusal.map(Repeats::found).orElse(write.revision),
                write.refusal.map(Repeats::item).orElse(0),
                Boolean.TRUE.equals(write.existed),
                write.result);
    }

    /** What is logged in one entry with the write's effect. */
    Change remember(IdempotencyKey idempotency, Remembered outcome, Revision revision, long logTimeMillis) {
        return new Change.Remember(
                idempotency.id(),
                new Record(
                        Value.raw(RememberedCodecV1.encode(outcome), ""),
                        revision,
                        logTimeMillis,
                        logTimeMillis + settings.idempotencyMillis(),
                        ""));
    }

    /** The answer to a repetition. */
    Outcome answer(IdempotencyKey idempotency, Record record) {
        return answer(idempotency, RememberedCodecV1.decode(record.value().bytes()));
    }

    /** The answer to a repetition of a write that ended so. */
    Outcome answer(WriteName name, Remembered first) {
        if (first.fingerprint() != name.fingerprint()) {
            return new Outcome.NotApplied(Problem.IDEMPOTENCY_REUSED, reused(name));
        }
        return switch (first.end()) {
            case CONDITION_FAILED -> new Outcome.ConditionFailed(first.revision(), first.item());
            case NOT_AN_INTEGER ->
                new Outcome.NotApplied(
                        Problem.NOT_AN_INTEGER, "what was there was not a number that could be added to");
            case APPLIED ->
                new Outcome.Applied(
                        first.revision(),
                        first.existed(),
                        configuration.writeQuorum(),
                        configuration.members().size(),
                        configuration.writeQuorum(),
                        first.result());
        };
    }

    private static String reused(WriteName name) {
        return switch (name) {
            case IdempotencyKey _ ->
                "the idempotency key was sent before with another write to this key; nothing was written: "
                        + "send a new idempotency key with a new write";
            case SessionSequence(Session session, long sequence, long _, long _) ->
                "number %d of session %s was sent before with another write; nothing was written: "
                                .formatted(sequence, session)
                        + "give each write of a session a number of its own";
        };
    }

    private static Remembered.End end(Outcome refusal) {
        return refusal instanceof Outcome.ConditionFailed
                ? Remembered.End.CONDITION_FAILED
                : Remembered.End.NOT_AN_INTEGER;
    }

    private static Revision found(Outcome refusal) {
        return refusal instanceof Outcome.ConditionFailed failed ? failed.current() : Revision.NONE;
    }

    private static int item(Outcome refusal) {
        return refusal instanceof Outcome.ConditionFailed failed ? failed.item() : 0;
    }
}
