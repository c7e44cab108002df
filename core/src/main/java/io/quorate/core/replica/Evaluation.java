package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import java.util.Optional;

/** What a command comes to, given what is there: the state machine of a key. */
final class Evaluation {
    /** What is to be done. */
    sealed interface Verdict {
        /**
         * The key gets this record.
         *
         * @param result what is answered beside the revision
         */
        record Store(Record record, Optional<Bytes> result) implements Verdict {}

        /** Nothing is done but to tell what is there. */
        record Tell() implements Verdict {}

        /** The key is removed, whether or not it is there. */
        record Remove() implements Verdict {}

        /** Nothing is done. */
        record Refuse(Outcome outcome) implements Verdict {}
    }

    private static final int MAX_DIGITS = 20;

    private final Revision revision;
    private final long logTimeMillis;

    /**
     * @param revision of the entry that the effect will be in
     * @param logTimeMillis of that entry
     */
    Evaluation(Revision revision, long logTimeMillis) {
        this.revision = revision;
        this.logTimeMillis = logTimeMillis;
    }

    /** Whether the command comes to the same whatever is there, but for whether that is replaced. */
    static boolean isBlind(Command command) {
        return switch (command) {
            case Command.Put put ->
                put.condition().equals(Condition.ALWAYS) && !(put.lifetime() instanceof Lifetime.Keep);
            case Command.Delete delete -> delete.condition().equals(Condition.ALWAYS);
            case Command.Add _, Command.Retime _, Command.Replicate _, Command.Get _, Command.OpenSession _ -> false;
        };
    }

    /**
     * Evaluates a command.
     *
     * @param current what is there; nothing that has expired
     */
    Verdict of(Command command, Optional<Record> current) {
        if (!command.condition().holds(current)) {
            return conditionFailed(current);
        }
        return switch (command) {
            case Command.Put put -> put(put, current);
            case Command.Delete _ -> new Verdict.Remove();
            case Command.Get _ -> new Verdict.Tell();
            case Command.Add add -> add(add, current);
            case Command.Retime retime ->
                current.<Verdict>map(record -> retime(retime, record)).orElseGet(() -> conditionFailed(current));
            case Command.Replicate replicate -> replicate(replicate, current);
            case Command.OpenSession _ -> throw new IllegalArgumentException("to open a session changes no key");
        };
    }

    private static Verdict conditionFailed(Optional<Record> current) {
        Revision revision = current.map(Record::revision).orElse(Revision.NONE);
        return new Verdict.Refuse(new Outcome.ConditionFailed(revision));
    }

    private Verdict put(Command.Put command, Optional<Record> current) {
        return stored(command.value(), command.lifetime().expiresMillis(logTimeMillis, current), Optional.empty());
    }

    private Verdict retime(Command.Retime command, Record current) {
        long expires = command.lifetime().expiresMillis(logTimeMillis, Optional.of(current));
        return stored(current.value(), expires, Optional.empty());
    }

    private Verdict stored(Value value, long expiresMillis, Optional<Bytes> result) {
        return new Verdict.Store(new Record(value, revision, logTimeMillis, expiresMillis, ""), result);
    }

    private Verdict add(Command.Add command, Optional<Record> current) {
        Optional<Long> before =
                current.map(record -> number(record.value().bytes())).orElse(Optional.of(0L));
        if (before.isEmpty()) {
            return notAnInteger("the value of the key is not a whole number of 64 bits");
        }
        long sum = before.get() + command.amount();
        boolean overflows = ((before.get() ^ sum) & (command.amount() ^ sum)) < 0;
        if (overflows) {
            return notAnInteger(
                    "the sum of %d and %d is not a whole number of 64 bits".formatted(before.get(), command.amount()));
        }
        Bytes text = Bytes.utf8(Long.toString(sum));
        Value value = current.map(record -> new Value(
                        text, record.value().contentType(), record.value().form()))
                .orElseGet(() -> Value.json(Long.toString(sum)));
        return stored(value, current.map(Record::expiresMillis).orElse(Record.NEVER), Optional.of(text));
    }

    private static Verdict notAnInteger(String detail) {
        return new Verdict.Refuse(new Outcome.NotApplied(Problem.NOT_AN_INTEGER, detail));
    }

    /** The number that is written like that in the one way that adding writes it. */
    private static Optional<Long> number(Bytes bytes) {
        if (bytes.isEmpty() || bytes.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        return bytes.asUtf8().flatMap(text -> {
            try {
                long number = Long.parseLong(text);
                return Long.toString(number).equals(text) ? Optional.of(number) : Optional.empty();
            } catch (NumberFormatException notOne) {
                return Optional.empty();
            }
        });
    }

    private Verdict replicate(Command.Replicate command, Optional<Record> current) {
        if (current.filter(record -> !isNewer(command, record)).isPresent()) {
            return conditionFailed(current);
        }
        long time = command.originTimeMillis();
        long modified = time == Command.Replicate.ONLY_IF_ABSENT ? logTimeMillis : time;
        return new Verdict.Store(
                new Record(command.value(), revision, modified, Record.NEVER, command.origin()), Optional.empty());
    }

    private static boolean isNewer(Command.Replicate command, Record record) {
        if (command.originTimeMillis() != record.modifiedMillis()) {
            return command.originTimeMillis() > record.modifiedMillis();
        }
        return command.origin().compareTo(record.origin()) > 0;
    }
}
