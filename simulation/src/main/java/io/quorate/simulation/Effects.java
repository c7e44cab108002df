package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.Lifetime;
import io.quorate.api.Outcome;
import io.quorate.api.Record;
import io.quorate.api.SessionSequence;
import io.quorate.api.Value;
import io.quorate.api.WriteName;
import io.quorate.api.WriteRequest;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.RememberedIds;
import java.util.Optional;

/** What the log must hold of a command, written a second time and apart from the core. */
final class Effects {
    private Effects() {}

    /** Whether the command has a reason to write over what is there. */
    static boolean holds(Command command, Optional<Record> before) {
        return switch (command) {
            case Command.Replicate replicate -> before.isEmpty() || newer(replicate, before.get());
            case Command.Retime retime ->
                before.isPresent() && retime.condition().holds(before);
            case Command.Put _, Command.Delete _, Command.Add _, Command.Get _, Command.OpenSession _ ->
                command.condition().holds(before);
        };
    }

    private static boolean newer(Command.Replicate command, Record before) {
        return command.originTimeMillis() != before.modifiedMillis()
                ? command.originTimeMillis() > before.modifiedMillis()
                : command.origin().compareTo(before.origin()) > 0;
    }

    /** Whether the entry has what an acknowledged write must have put there. */
    static boolean has(Entry entry, Asked asked, Command command, Outcome.Applied done, Optional<Record> before) {
        boolean remembered = asked.write()
                .flatMap(WriteRequest::name)
                .filter(name -> entry.changes().stream().noneMatch(change -> isMemoryOf(change, name)))
                .isEmpty();
        return remembered && (command instanceof Command.Get || isDone(entry, command, done, before));
    }

    private static boolean isDone(Entry entry, Command command, Outcome.Applied done, Optional<Record> before) {
        return entry.changes().stream().anyMatch(change -> switch (change) {
            case Change.Put put ->
                put.key().equals(command.key()) && isMadeBy(put.record(), command, done, before, entry);
            case Change.Delete delete -> delete.key().equals(command.key()) && command instanceof Command.Delete;
            case Change.Expire _, Change.Remember _, Change.Renew _ -> false;
            case Change.Barrier _, Change.Checksum _, Change.Time _ -> false;
        });
    }

    private static boolean isMemoryOf(Change change, WriteName name) {
        return switch (name) {
            case IdempotencyKey key ->
                change instanceof Change.Remember remember && remember.id().equals(key.id());
            case SessionSequence numbered ->
                change instanceof Change.Renew renew
                        && renew.id().equals(RememberedIds.of(numbered))
                        && CommittedLog.session(renew.record())
                                .outcome(numbered.sequence())
                                .isPresent();
        };
    }

    private static boolean isMadeBy(
            Record record, Command command, Outcome.Applied done, Optional<Record> before, Entry entry) {
        return switch (command) {
            case Command.Put put ->
                record.value().equals(put.value())
                        && record.expiresMillis() == expires(put.lifetime(), before, entry.logTimeMillis());
            case Command.Replicate replicate -> record.value().equals(replicate.value());
            case Command.Add add -> {
                long sum = before.map(found -> number(found.value())).orElse(0L) + add.amount();
                yield number(record.value()) == sum
                        && done.result().equals(Optional.of(record.value().bytes()))
                        && record.expiresMillis()
                                == before.map(Record::expiresMillis).orElse(Record.NEVER);
            }
            case Command.Retime retime ->
                before.filter(found -> found.value().equals(record.value())).isPresent()
                        && record.expiresMillis() == expires(retime.lifetime(), before, entry.logTimeMillis());
            case Command.Delete _, Command.Get _, Command.OpenSession _ -> false;
        };
    }

    private static long expires(Lifetime lifetime, Optional<Record> before, long logTimeMillis) {
        return switch (lifetime) {
            case Lifetime.Forever _ -> Record.NEVER;
            case Lifetime.Keep _ -> before.map(Record::expiresMillis).orElse(Record.NEVER);
            case Lifetime.For(long millis) -> logTimeMillis + millis;
            case Lifetime.Until(long unixMillis) -> unixMillis;
        };
    }

    private static long number(Value value) {
        return Long.parseLong(value.bytes().toString());
    }

    /** Whether the log has the write, as far as that can be told. */
    static boolean isAnywhere(CommittedLog log, Asked asked) {
        Optional<Bytes> named = asked.write().flatMap(Named::of);
        if (named.isPresent()) {
            return log.wasDecided(named.get());
        }
        return asked.commands().stream().anyMatch(command -> switch (command) {
            case Command.Put put -> isAnywhere(log, put.key(), put.value());
            case Command.Replicate replicate -> isAnywhere(log, replicate.key(), replicate.value());
            case Command.Delete _, Command.Add _, Command.Retime _, Command.Get _, Command.OpenSession _ -> false;
        });
    }

    private static boolean isAnywhere(CommittedLog log, Bytes key, Value value) {
        return log.versions(key, 0, Long.MAX_VALUE).values().stream()
                .flatMap(Optional::stream)
                .anyMatch(record -> record.value().equals(value));
    }
}
