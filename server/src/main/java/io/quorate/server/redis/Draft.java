package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys as they were read, and as commands are about to leave them. What was drafted is written if no key has changed
 * since. Not thread-safe.
 */
final class Draft {
    private static final class Cell {
        private final Optional<Record> read;
        private @Nullable Value value;
        private Lifetime lifetime = new Lifetime.Keep();
        private boolean valueChanged;
        private boolean lifetimeChanged;

        Cell(Optional<Record> read) {
            this.read = read;
            this.value = read.map(Record::value).orElse(null);
        }
    }

    private final Map<Bytes, Cell> cells = new LinkedHashMap<>();
    private final long nowMillis;

    /**
     * @param read every key that the commands may ask for, and what it has
     * @param nowMillis by the clock of this worker
     */
    Draft(Map<Bytes, Optional<Record>> read, long nowMillis) {
        read.forEach((key, record) -> cells.put(key, new Cell(record)));
        this.nowMillis = nowMillis;
    }

    /** By the clock of this worker; what expires does so by the time of the log. */
    long nowMillis() {
        return nowMillis;
    }

    /** What the key has by now. */
    Optional<Value> value(Bytes key) {
        return Optional.ofNullable(cell(key).value);
    }

    /** When the key expires by now, {@link Record#NEVER} for not at all. */
    long expiresMillis(Bytes key) {
        Cell cell = cell(key);
        return cell.lifetime.expiresMillis(nowMillis, cell.read);
    }

    /** Gives the key a value. */
    void put(Bytes key, Value value, Lifetime lifetime) {
        Cell cell = cell(key);
        boolean keeps = lifetime instanceof Lifetime.Keep;
        if (keeps && cell.value == null) {
            cell.lifetime = Lifetime.FOREVER;
        } else if (!keeps) {
            cell.lifetime = lifetime;
        }
        cell.value = value;
        cell.valueChanged = true;
    }

    /** Takes the key away. */
    void delete(Bytes key) {
        Cell cell = cell(key);
        cell.value = null;
        cell.valueChanged = true;
        cell.lifetime = Lifetime.FOREVER;
    }

    /** Gives a key that is there another lifetime. */
    void retime(Bytes key, Lifetime lifetime) {
        Cell cell = cell(key);
        cell.lifetime = lifetime;
        cell.lifetimeChanged = true;
    }

    private Cell cell(Bytes key) {
        return Objects.requireNonNull(cells.get(key), "a key that was not read");
    }

    /** Whether there is something to write. */
    boolean isChanged() {
        return cells.values().stream().anyMatch(Draft::isChanged);
    }

    private static boolean isChanged(Cell cell) {
        return (cell.valueChanged && (cell.value != null || cell.read.isPresent()))
                || (!cell.valueChanged && cell.lifetimeChanged);
    }

    /** What writes it, each key under the condition that it is as it was read; in the order of the keys. */
    List<Command> commands() {
        return cells.entrySet().stream()
                .map(each -> command(each.getKey(), each.getValue()))
                .toList();
    }

    private static Command command(Bytes key, Cell cell) {
        Condition asRead = cell.read
                .<Condition>map(record -> new Condition.AnyOf(List.of(record.revision())))
                .orElseGet(Condition.Absent::new);
        Value value = cell.value;
        if (!isChanged(cell)) {
            return new Command.Get(key, asRead);
        }
        if (value == null) {
            return new Command.Delete(key, asRead);
        }
        return cell.valueChanged
                ? new Command.Put(key, value, asRead, cell.lifetime)
                : new Command.Retime(key, cell.lifetime, asRead);
    }

    /** The revision that a key had when it was read. */
    Revision revision(Bytes key) {
        return cell(key).read.map(Record::revision).orElse(Revision.NONE);
    }
}
