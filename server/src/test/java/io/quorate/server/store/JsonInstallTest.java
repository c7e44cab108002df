package io.quorate.server.store;

import static io.quorate.server.store.Samples.content;
import static io.quorate.server.store.Samples.key;
import static io.quorate.server.store.Samples.meta;
import static io.quorate.server.store.Samples.put;
import static io.quorate.server.store.Samples.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.port.SnapshotSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot whose install was interrupted anywhere is the replica's state after the next start, or none of it is. */
class JsonInstallTest {
    private static final int FILES = 5;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final NavigableMap<Bytes, Record> before = new TreeMap<>();
    private final NavigableMap<Bytes, Record> after = new TreeMap<>();

    /** A store in whose folder all of a snapshot is staged. */
    private JsonFolders staged(String name) throws Exception {
        JsonFolders folders = JsonFolders.in(folder.resolve(name));
        before.put(key("gone"), record(1, "old"));
        before.put(key("k0"), record(1, "old"));
        for (int i = 0; i < FILES; i++) {
            after.put(key("k" + i), record(8, "new"));
        }
        try (JsonStore store = JsonStore.open(folders.root())) {
            store.write(meta(5, 0, 1), List.of(put("gone", record(1, "old")), put("k0", record(1, "old"))));
            store.sync();
            SnapshotSink sink = store.stageSnapshot(5);
            Samples.pieces(after).forEach(sink::add);
        }
        return folders;
    }

    private static void check(JsonFolders folders, Map<Bytes, Record> content, int generation) throws Exception {
        try (JsonStore store = JsonStore.open(folders.root())) {
            assertThat(content(store, 5)).isEqualTo(content);
            assertThat(store.replicas())
                    .containsOnlyKeys(5)
                    .containsEntry(5, generation == 0 ? meta(5, 0, 1) : meta(5, 1, 9));
        }
        for (Path left : List.of(folders.staged(), folders.installing(), folders.written())) {
            assertThat(left).isEmptyDirectory();
        }
        assertThat(Files.exists(folders.root().resolve("gone"))).isEqualTo(generation == 0);
    }

    private static JsonInstall decide(JsonFolders folders) throws Exception {
        return JsonInstall.decide(folders, DurableFiles.list(folders.staged()).getFirst(), meta(5, 1, 9));
    }

    @Test
    void beforeTheDecisionNothingHappened() throws Exception {
        check(staged("store"), before, 0);
    }

    @Test
    void afterTheDecisionTheRestIsDoneWhereverItStopped() throws Exception {
        for (int moved = 0; moved <= FILES; moved++) {
            JsonFolders folders = staged("store" + moved);
            decide(folders);
            for (int i = 0; i < moved; i++) {
                DurableFiles.move(
                        folders.installing(5).resolve("k" + i), folders.root().resolve("k" + i));
            }
            check(folders, after, 1);
        }
    }

    @Test
    void afterTheKeysAreMovedTheRestIsDone() throws Exception {
        JsonFolders folders = staged("store");
        decide(folders);
        for (int i = 0; i < FILES; i++) {
            DurableFiles.move(
                    folders.installing(5).resolve("k" + i), folders.root().resolve("k" + i));
        }
        Files.delete(folders.root().resolve("gone"));
        DurableFiles.move(
                folders.installing(5).resolve(JsonInstall.KEYS),
                folders.journals().resolve("5"));
        DurableFiles.move(
                folders.installing(5).resolve(JsonInstall.REMEMBERED),
                folders.remembered().resolve("5"));
        check(folders, after, 1);
    }

    @Test
    void aSnapshotThatAnEarlierReleaseDecidedIsFinished() throws Exception {
        JsonFolders folders = staged("store");
        decide(folders);
        Files.delete(folders.installing(5).resolve(JsonInstall.REMEMBERED));
        check(folders, after, 1);
    }

    @Test
    void aFolderThatLostItsMetaLastIsRemoved() throws Exception {
        JsonFolders folders = staged("store");
        decide(folders).finish();
        Files.createDirectory(folders.installing(5));
        check(folders, after, 1);
    }
}
