package io.quorate.server.store;

import static io.quorate.server.store.Samples.content;
import static io.quorate.server.store.Samples.delete;
import static io.quorate.server.store.Samples.deleted;
import static io.quorate.server.store.Samples.expiring;
import static io.quorate.server.store.Samples.install;
import static io.quorate.server.store.Samples.key;
import static io.quorate.server.store.Samples.meta;
import static io.quorate.server.store.Samples.put;
import static io.quorate.server.store.Samples.record;
import static io.quorate.server.store.Samples.remember;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.core.log.Space;
import io.quorate.core.port.Expiries;
import io.quorate.core.port.Expiries.Due;
import io.quorate.core.port.SnapshotSink;
import io.quorate.core.port.SnapshotSource;
import io.quorate.core.port.StoredChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of a JSON store, and what they may do to it. */
@SuppressWarnings("NullAway.Init")
class JsonStoreTest {
    /** The meta of partition 5 at index 1, in version 1 of its form. */
    private static final String REPLICA_V1 = "01" + "00000005" + "00000000" + "00000000" + "01" + "0000000000000003"
            + "0000000000000002" + "0000000000000001" + "0000018bcfe56801" + "1f26e7aa";

    @TempDir
    Path root;

    private JsonStore store;

    @BeforeEach
    void open() throws Exception {
        store = JsonStore.open(root);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() throws Exception {
        store.close();
        store = JsonStore.open(root);
    }

    private String file(String name) throws IOException {
        return Files.readString(root.resolve(name));
    }

    @Test
    void aFileShowsItsRecord() throws Exception {
        Record plain = new Record(Value.json("hello"), Revision.NONE, 0, Record.NEVER, "");
        Record full = new Record(
                Value.raw(Bytes.wrap(new byte[] {-1, 0}), "image/png"),
                new Revision(3, 17),
                1_700_000_000_123L,
                1_700_000_060_000L,
                "other");
        store.write(meta(5, 0, 1), List.of(put("mykey", plain), put("a/b c%", record(17, "\"ü\"")), put("x", full)));

        assertThat(file("mykey")).isEqualTo("{\"value\": \"hello\"}\n");
        assertThat(file("a%2Fb%20c%25"))
                .isEqualTo("{\"value\": \"\\\"ü\\\"\", \"revision\": \"1-17\","
                        + " \"modified\": \"2023-11-14T22:13:20.017Z\"}\n");
        assertThat(file("x"))
                .isEqualTo("{\"valueBase64\": \"/wA=\", \"revision\": \"3-17\", \"contentType\": \"image/png\","
                        + " \"modified\": \"2023-11-14T22:13:20.123Z\", \"expires\": \"2023-11-14T22:14:20Z\","
                        + " \"origin\": \"other\"}\n");
    }

    @Test
    void aNameThatCannotBeTheKeyIsAHash() throws Exception {
        store.write(meta(5, 0, 1), List.of(put(".hidden", record(1, "one")), put("pid", record(1, "two"))));

        assertThat(file(".sha256-1692419006a88aab3372cf255367e2ccbc605066a5130dbeee69cb823d803eb5"))
                .contains("\"key\": \".hidden\"");
        assertThat(root.resolve("pid")).doesNotExist();
        assertThat(content(store, 5)).containsOnlyKeys(key(".hidden"), key("pid"));
    }

    @Test
    void aDamagedFileReadsAsAbsentAndShowsInTheDigest() throws Exception {
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one")), put("b", record(2, "two"))));
        long digest = store.digest(5);
        for (String damage :
                List.of("", "{", "[]", "{\"value\": 1}", "{\"value\": \"one\"} x", "{\"no\": \"value\"}")) {
            Files.writeString(root.resolve("a"), damage);
            assertThat(store.read(5, Space.KEYS, key("a"))).as(damage).isEmpty();
            assertThat(store.digest(5)).as(damage).isNotEqualTo(digest);
        }
        assertThat(store.read(5, Space.KEYS, key("b"))).contains(record(2, "two"));
        assertThat(store.stats().unreadableRecords()).isEqualTo(12);

        store.write(meta(5, 0, 3), List.of(put("a", record(1, "one"))));
        assertThat(store.digest(5)).isEqualTo(digest);
    }

    @Test
    void aChangedValueShowsInTheDigestAndOtherSpacesDoNot() throws Exception {
        store.write(meta(5, 0, 1), List.of(put("a", record(1, "one"))));
        long digest = store.digest(5);
        Files.writeString(root.resolve("a"), file("a").replace(": ", " :\n "));
        assertThat(store.digest(5)).isEqualTo(digest);

        Files.writeString(root.resolve("a"), file("a").replace("one", "two"));
        assertThat(store.read(5, Space.KEYS, key("a")).orElseThrow().value()).isEqualTo(Value.json("two"));
        assertThat(store.digest(5)).isNotEqualTo(digest);
    }

    @Test
    void aDeletedFileIsMissedAfterAStartToo() throws Exception {
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one")), put("b", record(2, "two"))));
        store.sync();
        long digest = store.digest(5);
        Files.delete(root.resolve("a"));

        assertThat(store.digest(5)).isNotEqualTo(digest);
        reopen();
        assertThat(store.read(5, Space.KEYS, key("a"))).isEmpty();
        assertThat(store.digest(5)).isNotEqualTo(digest);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> store.openSnapshot(5))
                .withMessageContaining("let another replica lead, then /pull repairs this one");

        install(store, meta(5, 1, 2), Map.of(key("a"), record(1, "one"), key("b"), record(2, "two")));
        assertThat(store.digest(5)).isEqualTo(digest);
    }

    @Test
    void aDamagedRecordIsNotCopied() throws Exception {
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one")), put("b", record(2, "two"))));
        Files.writeString(root.resolve("b"), "{}");

        try (SnapshotSource source = store.openSnapshot(5)) {
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> source.next(10_000));
        }
    }

    @Test
    void filesOfOthersAreLeftAlone() throws Exception {
        Files.writeString(root.resolve("README"), "mine");
        Files.writeString(root.resolve("theirs"), "{\"value\": \"theirs\"}");
        Files.createDirectory(root.resolve("folder"));
        store.write(meta(5, 0, 1), List.of(put("a", record(1, "one")), delete("README")));
        install(store, meta(5, 1, 2), Map.of());
        store.write(deleted(5, 1, 8), List.of());
        reopen();

        assertThat(file("README")).isEqualTo("mine");
        assertThat(file("theirs")).isEqualTo("{\"value\": \"theirs\"}");
        assertThat(root.resolve("folder")).isDirectory();
        assertThat(root.resolve("a")).doesNotExist();
        assertThat(content(store, 5)).isEmpty();
    }

    @Test
    void aSnapshotThatIsOpenLeavesNothingBehind() throws Exception {
        store.write(meta(5, 0, 1), List.of(put("a", record(1, "one"))));
        Path views = root.resolve(".quorate/views");
        try (SnapshotSource _ = store.openSnapshot(5)) {
            assertThat(views).isNotEmptyDirectory();
        }
        assertThat(views).isEmptyDirectory();
        store.openSnapshot(5);
        reopen();
        assertThat(views).isEmptyDirectory();
    }

    @Test
    void aSecondStoreOnTheFolderIsRefused() {
        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(() -> JsonStore.open(root))
                .withMessageContaining("in use by another process, or twice in this one");
    }

    @Test
    void aNewerFormatAndDamagedBookkeepingAreRefused() throws Exception {
        store.write(meta(5, 0, 1), List.of(put("a", record(1, "one"))));
        store.sync();
        store.close();
        Path format = root.resolve(".quorate/store.format");
        byte[] good = Files.readAllBytes(format);
        Files.write(format, new byte[] {2});
        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(() -> JsonStore.open(root))
                .withMessageContaining("has format 2, this release reads up to format 1");
        Files.delete(format);
        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(() -> JsonStore.open(root))
                .withMessageContaining("its format record is missing");
        Files.write(format, good);

        Path replica = root.resolve(".quorate/replicas/5");
        byte[] meta = Files.readAllBytes(replica);
        meta[20] ^= 1;
        Files.write(replica, meta);
        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(() -> JsonStore.open(root))
                .withMessageContaining("damaged: the record of a replica");
        meta[20] ^= 1;
        Files.write(replica, meta);
        store = JsonStore.open(root);
        assertThat(store.read(5, Space.KEYS, key("a"))).contains(record(1, "one"));
    }

    @Test
    void aFolderWithoutIdempotencyKeysOpens() throws Exception {
        Record expiring = expiring(1, "one", 100);
        store.write(meta(5, 0, 1), List.of(put("a", expiring), put("b", record(1, "two"))));
        store.sync();
        store.close();
        Files.delete(root.resolve(".quorate/remembered"));
        Files.write(root.resolve(".quorate/replicas/5"), HexFormat.of().parseHex(REPLICA_V1));

        store = JsonStore.open(root);
        assertThat(store.replicas()).isEqualTo(Map.of(5, meta(5, 0, 1)));
        assertThat(content(store, 5)).isEqualTo(Map.of(key("a"), expiring, key("b"), record(1, "two")));
        assertThat(store.expired(5, 100, 10))
                .isEqualTo(new Expiries(List.of(new Due(Space.KEYS, key("a"), 100)), Record.NEVER));
        store.write(meta(5, 0, 2, 1), List.of(remember("i", expiring)));
        store.sync();
        reopen();
        assertThat(store.read(5, Space.REMEMBERED, key("i"))).contains(expiring);
        assertThat(store.expired(5, 100, 10).due()).hasSize(2);
    }

    @Test
    void aFileThatCannotBeReadAtTheStartDoesNotExpire() throws Exception {
        store.write(meta(5, 0, 1), List.of(put("a", expiring(1, "v", 100)), put("b", expiring(1, "v", 100))));
        store.sync();
        Files.writeString(root.resolve("a"), "damaged");
        reopen();

        assertThat(store.expired(5, 100, 10))
                .isEqualTo(new Expiries(List.of(new Due(Space.KEYS, key("b"), 100)), Record.NEVER));
        assertThat(store.stats().unreadableRecords()).isZero();
    }

    @Test
    void idempotencyKeysAreNotAmongTheFiles() throws Exception {
        store.write(meta(5, 0, 1, 1), List.of(put("a", record(1, "one")), remember("i", record(1, "done"))));
        assertThat(root.resolve("i")).doesNotExist();
        assertThat(root.resolve(".quorate/remembered/5")).isNotEmptyFile();

        store.write(deleted(5, 0, 8), List.of());
        assertThat(root.resolve(".quorate/remembered/5")).doesNotExist();
    }

    @Test
    void aSnapshotOfManyKeysIsWhole() {
        NavigableMap<SpaceKey, Record> records = new TreeMap<>();
        for (int i = 0; i < 1_300; i++) {
            records.put(new SpaceKey(Space.KEYS, key("k" + i)), record(1, "v"));
            records.put(new SpaceKey(Space.REMEMBERED, key("k" + i)), record(1, "v"));
        }
        SnapshotSink sink = store.stageSnapshot(5);
        Samples.piecesOfAll(records).forEach(sink::add);
        sink.install(meta(5, 1, 9, 1_300));

        assertThat(Samples.everything(store, 5)).isEqualTo(records);
    }

    @Test
    void aLargeValueIsReadBack() {
        Record large = record(1, "v".repeat(16 << 20));
        store.write(meta(5, 0, 1), List.of(new StoredChange(Space.KEYS, key("large"), Optional.of(large))));

        assertThat(store.read(5, Space.KEYS, key("large"))).contains(large);
    }
}
