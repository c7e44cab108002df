package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.port.SnapshotSink;
import io.quorate.core.wire.KeyRecordsV1.KeyRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A snapshot on its way into a JSON store: files in a folder of its own until the install. */
final class JsonSnapshotSink implements SnapshotSink {
    private final JsonStore store;
    private final int partition;
    private final Path folder;
    private final KeyJournal journal;
    private final List<Bytes> keys = new ArrayList<>();
    private final OrderedPieces pieces = new OrderedPieces();
    private boolean finished;

    JsonSnapshotSink(JsonStore store, int partition, Path folder) throws IOException {
        this.store = store;
        this.partition = partition;
        this.folder = folder;
        this.journal = new KeyJournal(folder, JsonInstall.KEYS);
        Files.createDirectory(folder);
        journal.create();
    }

    @Override
    public void add(Bytes piece) {
        checkUnfinished();
        List<KeyRecord> pairs = pieces.pairs(piece);
        store.inside("staging a snapshot", () -> {
            for (int from = 0; from < pairs.size(); from += JsonReplica.CHUNK) {
                stage(pairs.subList(from, Math.min(pairs.size(), from + JsonReplica.CHUNK)));
            }
            return pairs.size();
        });
    }

    private void stage(List<KeyRecord> pairs) throws IOException {
        Map<Path, Bytes> contents = new LinkedHashMap<>();
        for (KeyRecord pair : pairs) {
            contents.put(folder.resolve(JsonNames.of(pair.key())), JsonRecords.encode(pair.key(), pair.record()));
        }
        DurableFiles.writeAll(contents);
        List<Bytes> come = pairs.stream().map(KeyRecord::key).toList();
        // A journal that has become long is written anew with what came before.
        journal.append(come, List.of(), keys);
        keys.addAll(come);
    }

    @Override
    public void install(ReplicaMeta meta) {
        checkUnfinished();
        store.install(partition, folder, meta);
        finished = true;
    }

    @Override
    public void abandon() {
        if (!finished) {
            finished = true;
            store.inside("abandoning a snapshot", () -> {
                DurableFiles.deleteFolder(folder);
                return folder;
            });
        }
    }

    private void checkUnfinished() {
        if (finished) {
            throw new IllegalStateException("the snapshot of partition " + partition + " was installed or abandoned");
        }
    }
}
