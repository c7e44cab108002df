package io.quorate.server.store;

import static io.quorate.server.store.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that says which keys a partition has. */
class KeyJournalTest {
    private static final String GOLDEN = "quorate-keys 1\nb4b4ef90+a\nd12ea0da+%2F\n156bb2a8-%2F\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private KeyJournal journal() {
        return new KeyJournal(folder, "5");
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("5"), text);
    }

    @Test
    void aJournalHasThisText() throws Exception {
        KeyJournal journal = journal();
        journal.append(List.of(key("a"), key("/")), List.of(), List.of());
        journal.append(List.of(), List.of(key("/")), List.of(key("/"), key("a")));

        assertThat(folder.resolve("5")).hasContent(GOLDEN);
        assertThat(journal().read()).containsExactly(key("a"));
    }

    @Test
    void aLineThatWasBeingWrittenInACrashIsDropped() throws Exception {
        String last = GOLDEN.substring(GOLDEN.lastIndexOf('\n', GOLDEN.length() - 2) + 1);
        String rest = GOLDEN.substring(0, GOLDEN.length() - last.length());
        for (int length = 0; length < last.length(); length++) {
            write(rest + last.substring(0, length));
            KeyJournal torn = journal();
            NavigableSet<Bytes> keys = torn.read();
            assertThat(keys).contains(key("a"));
            torn.append(List.of(key("b")), List.of(), keys);
            keys.add(key("b"));
            assertThat(journal().read()).isEqualTo(keys);
        }
    }

    @Test
    void aDamagedLineIsDroppedAlone() throws Exception {
        write(GOLDEN.replace("+a", "+b"));
        assertThat(journal().read()).isEmpty();
        write(GOLDEN.replace("-", "+"));
        assertThat(journal().read()).containsExactly(key("/"), key("a"));
        write("no journal\n");
        assertThat(journal().read()).isEmpty();
        write("");
        assertThat(journal().read()).isEmpty();
    }

    @Test
    void manyChangesOfFewKeysLeaveItShort() throws Exception {
        List<Bytes> many = new TreeSet<>(
                        IntStream.range(0, 600).mapToObj(i -> key("k" + i)).toList())
                .stream().toList();
        KeyJournal journal = journal();
        for (int i = 0; i < 5; i++) {
            journal.append(many, List.of(), List.of());
            journal.append(List.of(), many, many);
        }
        journal.append(List.of(key("last")), List.of(), List.of());

        assertThat(Files.readAllLines(folder.resolve("5"))).hasSizeLessThan(2_500);
        assertThat(journal().read()).containsExactly(key("last"));
    }

    @Test
    void aNewJournalIsEmpty() throws Exception {
        assertThat(journal().read()).isEmpty();
        journal().create();
        assertThat(journal().read()).isEmpty();
        journal().delete();
        assertThat(folder.resolve("5")).doesNotExist();
    }
}
