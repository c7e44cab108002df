package io.quorate.core.wire;

import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.Lifetime;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Session;
import io.quorate.api.SessionSequence;
import io.quorate.api.WriteName;
import io.quorate.api.WriteRequest;
import java.util.List;
import java.util.Optional;

/** Random writes of every kind, with random conditions and lifetimes. */
final class RandomCommands {
    private final RandomWords words;

    RandomCommands(RandomWords words) {
        this.words = words;
    }

    WriteRequest request() {
        return words.below(8) == 0
                ? WriteRequest.of(new Command.OpenSession(words.key()))
                : new WriteRequest(words.several(1 + words.below(3), this::command), name());
    }

    private Optional<WriteName> name() {
        return switch (words.below(4)) {
            case 0 -> Optional.of(new IdempotencyKey(words.id(), words.anyLong()));
            case 1 -> Optional.of(numbered());
            default -> Optional.empty();
        };
    }

    private SessionSequence numbered() {
        long lowest = 1 + words.number() / 2;
        return new SessionSequence(
                new Session(words.partition(), words.revision()),
                lowest + words.below(SessionSequence.MAX_OPEN),
                lowest,
                words.anyLong());
    }

    Command command() {
        return switch (words.below(6)) {
            case 0 -> new Command.Put(words.key(), words.value(), condition(), lifetime());
            case 1 -> new Command.Delete(words.key(), condition());
            case 2 -> new Command.Add(words.key(), words.anyLong(), condition());
            case 3 -> new Command.Retime(words.key(), lifetime(), condition());
            case 4 -> new Command.Get(words.key(), condition());
            default ->
                new Command.Replicate(
                        words.key(),
                        words.value(),
                        words.coin() ? Command.Replicate.ONLY_IF_ABSENT : words.anyLong(),
                        words.text());
        };
    }

    private Condition condition() {
        return switch (words.below(5)) {
            case 0 -> Condition.ALWAYS;
            case 1 -> new Condition.Exists();
            case 2 -> new Condition.Absent();
            case 3 -> new Condition.AnyOf(revisions());
            default -> new Condition.NoneOf(revisions());
        };
    }

    private List<Revision> revisions() {
        return words.several(words.below(words.coin() ? 3 : Condition.MAX_REVISIONS + 1), words::revision);
    }

    private Lifetime lifetime() {
        return switch (words.below(4)) {
            case 0 -> Lifetime.FOREVER;
            case 1 -> new Lifetime.Keep();
            case 2 -> new Lifetime.For(1 + words.number() % Lifetime.MAX_MILLIS);
            default -> new Lifetime.Until(words.number() % Record.NEVER);
        };
    }
}
