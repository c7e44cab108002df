package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
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
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A snapshot on its way into a JSON store: files in a folder of its own until the install. */
final class JsonSnapshotSink implements SnapshotSink {
    private final JsonStore store;
    private final int partition;
    private final Path folder;
    private final KeyJournal keyJournal;
    private final RememberedJournal rememberedJournal;
    private final List<Bytes> keys = new ArrayList<>();
    private final NavigableMap<Bytes, Record> remembered = new TreeMap<>();
    private final ExpiryIndex expiries = new ExpiryIndex();
    private final OrderedPieces pieces = new OrderedPieces();
    private boolean finished;

    JsonSnapshotSink(JsonStore store, int partition, Path folder) throws IOException {
        this.store = store;
        this.partition = partition;
        this.folder = folder;
        this.keyJournal = new KeyJournal(folder, JsonInstall.KEYS);
        this.rememberedJournal = new RememberedJournal(folder, JsonInstall.REMEMBERED);
        Files.createDirectory(folder);
        keyJournal.create();
        rememberedJournal.create();
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
        List<Bytes> come = new ArrayList<>();
        Map<Bytes, Optional<Record>> remember = new LinkedHashMap<>();
        for (KeyRecord pair : pairs) {
            Bytes key = pair.key();
            Record record = pair.record();
            expiries.put(new SpaceKey(pair.space(), key), record.expiresMillis());
            switch (pair.space()) {
                case KEYS -> {
                    contents.put(folder.resolve(JsonNames.of(key)), JsonRecords.encode(key, record));
                    come.add(key);
                }
                case REMEMBERED -> remember.put(key, Optional.of(record));
            }
        }
        DurableFiles.writeAll(contents);
        keyJournal.append(come, List.of(), keys);
        keys.addAll(come);
        rememberedJournal.append(remember, remembered);
        remember.forEach((key, record) -> remembered.put(key, record.orElseThrow()));
    }

    @Override
    public void install(ReplicaMeta meta) {
        checkUnfinished();
        store.install(partition, folder, meta, expiries);
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
