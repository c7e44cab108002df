package io.quorate.server.store;

import static io.quorate.server.store.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.server.store.RecordFolder.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders of keys that are no stores: which names they have, and what is read of those that others wrote. */
@SuppressWarnings("NullAway.Init")
class RecordFolderTest {
    @TempDir
    Path root;

    private RecordFolder folder;

    @BeforeEach
    void open() {
        folder = new RecordFolder(root);
    }

    private static KeyedRecord text(Bytes key, String value) {
        return new KeyedRecord(key, new Record(Value.json(value), Revision.NONE, 0, Record.NEVER, ""));
    }

    private Content written(String name, String content) throws IOException {
        Files.writeString(root.resolve(name), content);
        return folder.read(name);
    }

    @ParameterizedTest
    @CsvSource({
        "plain-_~.1, plain-_~.1",
        "a b/c+d%, a%20b%2Fc%2Bd%25",
        "é, %C3%A9",
        ".hidden, .sha256-",
        "pid, .sha256-",
        "process.json, .sha256-"
    })
    void aKeyTellsTheNameOfItsFile(String key, String name) throws IOException {
        folder.write(List.of(text(key(key), "v")));

        String found = folder.names().getFirst();
        if (name.startsWith(".sha256-")) {
            assertThat(found).matches("\\.sha256-[0-9a-f]{64}");
            assertThat(Files.readString(root.resolve(found)))
                    .isEqualTo("{\"value\": \"v\", \"key\": \"" + key + "\"}\n");
        } else {
            assertThat(found).isEqualTo(name);
            assertThat(Files.readString(root.resolve(found))).isEqualTo("{\"value\": \"v\"}\n");
        }
        assertThat(folder.read(found)).isEqualTo(new Content.Found(text(key(key), "v")));
    }

    @Test
    void namesOfUpTo200BytesTellTheKeyAndLongerOnesDoNot() throws IOException {
        folder.write(List.of(text(key("k".repeat(200)), "v"), text(key("k".repeat(201)), "v")));
        folder.write(List.of(text(key("/".repeat(66)), "v"), text(key("/".repeat(67)), "v")));

        assertThat(folder.names())
                .hasSize(4)
                .contains("k".repeat(200), "%2F".repeat(66))
                .filteredOn(name -> name.startsWith(".sha256-"))
                .hasSize(2);
        for (String name : folder.names()) {
            assertThat(folder.read(name)).isInstanceOf(Content.Found.class);
        }
    }

    @Test
    void everythingThatARecordHasComesBack() throws IOException {
        List<KeyedRecord> records = new ArrayList<>();
        Value image = Value.raw(Bytes.wrap(new byte[] {-1, 0}), "image/png");
        for (int i = 0; i < 600; i++) {
            records.add(new KeyedRecord(
                    Bytes.wrap(new byte[] {-1, (byte) (i >> 8), (byte) i}),
                    new Record(image, new Revision(3, i + 1), 0, 1_700_000_000_123L, "")));
        }
        folder.write(records);

        List<KeyedRecord> found = new ArrayList<>();
        for (String name : folder.names()) {
            found.add(((Content.Found) folder.read(name)).record());
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(records);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a%2fb | a/b",
                "%61 | a",
                "a+b | a b",
                "a%2Bb | a+b",
                "caf%C3%A9 | café",
                "user:7@x | user:7@x",
                ".hidden | .hidden",
                "pid | pid",
                "k.tmp | k.tmp"
            })
    void namesThatAnotherProgramEncodedTellTheKey(String name, String key) throws IOException {
        assertThat(written(name, "{\"value\": \"v\"}")).isEqualTo(new Content.Found(text(key(key), "v")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"value\": \"h\\u00e9llo \\ud83d\\ude00\"} | héllo 😀",
                "{\"value\": 42} | 42",
                "{\"value\": 1.50} | 1.50",
                "{\"value\": {\"a\": [1, null]}} | {\"a\":[1,null]}",
                "{\"value\": null} | null",
                "{\"value\": \"\", \"more\": 1} | ``"
            })
    void ofAnotherProgramsFileTheTextOfTheValueIsTaken(String content, String value) throws IOException {
        assertThat(written("k", content)).isEqualTo(new Content.Found(text(key("k"), value)));
    }

    @Test
    void whatAWorkerKeepsBesideItsKeysIsNoKey() throws IOException {
        Files.createDirectory(root.resolve(".quorate"));

        assertThat(written("pid", "4711\n")).isEqualTo(new Content.NoKey());
        assertThat(written("process.json", "{\"pid\":1}")).isEqualTo(new Content.NoKey());
        assertThat(written(".DS_Store", "\0\0")).isEqualTo(new Content.NoKey());
        assertThat(folder.names()).containsExactly(".DS_Store", "pid", "process.json");
    }

    @Test
    void whatIsNoRecordSaysWhy() throws IOException {
        Files.createDirectory(root.resolve("inner"));
        String hashed = ".sha256-" + "0".repeat(64);

        assertThat(why(folder.read("inner"))).contains("no file");
        assertThat(why(written("a", ""))).contains("neither value nor valueBase64");
        assertThat(why(written("a", "{\"value\": "))).contains("not the JSON of a record");
        assertThat(why(written("a", "{\"value\": \"\\ud83d\"}"))).contains("surrogate");
        assertThat(why(written("a", "{\"valueBase64\": \"!\"}"))).contains("not the JSON of a record");
        assertThat(why(written("a%2", "{\"value\": \"v\"}"))).contains("not in URL encoding: a%2");
        assertThat(why(written("é", "{\"value\": \"v\"}"))).contains("not in URL encoding");
        assertThat(why(written(hashed, "{\"value\": \"v\", \"key\": \"k\"}"))).contains("another key");
        assertThat(why(written(hashed, "{\"value\": \"v\"}"))).contains("another key");
    }

    private static String why(Content content) {
        return ((Content.Malformed) content).why();
    }
}
