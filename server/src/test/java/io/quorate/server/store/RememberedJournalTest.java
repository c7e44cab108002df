package io.quorate.server.store;

import static io.quorate.server.store.Samples.expiring;
import static io.quorate.server.store.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that holds a partition's idempotency keys in a JSON store. */
class RememberedJournalTest {
    private static final String GOLDEN = """
            quorate-remembered 1
            42d50b99+a%3D=AQECQoSgq/75Yrueq/75YgRkb25l
            18dcbd88+b=AQECQoSgq/75Yrueq/75YgRkb25l
            ce2b4d56-b
            """;
    private static final Record DONE = expiring(2, "done", 100);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private RememberedJournal journal() {
        return new RememberedJournal(folder, "5");
    }

    private static Map<Bytes, Optional<Record>> change(String key, Optional<Record> record) {
        return Map.of(key(key), record);
    }

    @Test
    void aJournalHasThisText() throws Exception {
        RememberedJournal journal = journal();
        journal.append(change("a=", Optional.of(DONE)), Map.of());
        journal.append(change("b", Optional.of(DONE)), Map.of());
        journal.append(change("b", Optional.empty()), Map.of(key("a="), DONE, key("b"), DONE));
        journal.append(change("never", Optional.empty()), Map.of(key("a="), DONE));

        assertThat(folder.resolve("5")).hasContent(GOLDEN);
        assertThat(journal().read()).isEqualTo(Map.of(key("a="), DONE));
    }

    @Test
    void aLineThatWasBeingWrittenInACrashIsDropped() throws Exception {
        journal().append(change("a", Optional.of(DONE)), Map.of());
        int before = (int) Files.size(folder.resolve("5"));
        journal().append(change("b", Optional.of(DONE)), Map.of(key("a"), DONE));
        String whole = Files.readString(folder.resolve("5"));
        for (int length = before; length < whole.length() - 1; length++) {
            Files.writeString(folder.resolve("5"), whole.substring(0, length));
            RememberedJournal torn = journal();
            assertThat(torn.read()).isEqualTo(Map.of(key("a"), DONE));
            torn.append(change("c", Optional.of(DONE)), Map.of(key("a"), DONE));
            assertThat(journal().read()).isEqualTo(Map.of(key("a"), DONE, key("c"), DONE));
        }
    }

    @Test
    void aDamagedLineIsDroppedAlone() throws Exception {
        journal().append(change("a", Optional.of(DONE)), Map.of());
        journal().append(change("b", Optional.of(DONE)), Map.of());
        Path file = folder.resolve("5");
        Files.writeString(file, Files.readString(file).replace("+a=", "+c="));
        assertThat(journal().read()).isEqualTo(Map.of(key("b"), DONE));
        Files.writeString(file, "no journal\n");
        assertThat(journal().read()).isEmpty();
    }

    @Test
    void manyChangesLeaveItShort() throws Exception {
        RememberedJournal journal = journal();
        NavigableMap<Bytes, Record> records = new TreeMap<>();
        for (int i = 0; i < 3_000; i += 100) {
            Map<Bytes, Optional<Record>> changes = new LinkedHashMap<>();
            records.keySet().forEach(key -> changes.put(key, Optional.empty()));
            for (int j = i; j < i + 100; j++) {
                changes.put(key("k" + j), Optional.of(DONE));
            }
            journal.append(changes, records);
            records.clear();
            changes.forEach((key, record) -> record.ifPresent(value -> records.put(key, value)));
        }

        assertThat(Files.readAllLines(folder.resolve("5"))).hasSizeLessThan(2_000);
        assertThat(journal().read()).isEqualTo(records);
    }
}
