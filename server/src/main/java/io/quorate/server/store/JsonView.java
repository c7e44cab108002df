package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import io.quorate.core.port.SnapshotSource;
import io.quorate.core.wire.KeyRecordsV1.KeyRecord;
import io.quorate.core.wire.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A replica at one moment: its files in a folder of their own, its idempotency keys in memory.
 *
 * @param root the store's folder, for messages
 */
record JsonView(int partition, Path root, Path folder, List<Bytes> keys, List<KeyRecord> remembered, long sizeBytes) {
    static JsonView of(
            int partition, Collection<Bytes> keys, Map<Bytes, Record> remembered, JsonFolders folders, Path folder)
            throws IOException {
        Files.createDirectory(folder);
        long sizeBytes = 0;
        for (Bytes key : keys) {
            Path copy = folder.resolve(JsonNames.of(key));
            try {
                link(copy, folders.root().resolve(JsonNames.of(key)));
                sizeBytes += Files.size(copy);
            } catch (NoSuchFileException missing) {
                DurableFiles.deleteFolder(folder);
                throw DamagedRecords.notCopied(folders.root(), partition, new SpaceKey(Space.KEYS, key), missing);
            }
        }
        List<KeyRecord> pairs = new ArrayList<>();
        for (Map.Entry<Bytes, Record> each : remembered.entrySet()) {
            pairs.add(new KeyRecord(Space.REMEMBERED, each.getKey(), each.getValue()));
            sizeBytes +=
                    each.getKey().length() + each.getValue().value().bytes().length();
        }
        return new JsonView(partition, folders.root(), folder, List.copyOf(keys), List.copyOf(pairs), sizeBytes);
    }

    private static void link(Path copy, Path file) throws IOException {
        try {
            Files.createLink(copy, file);
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            Files.copy(file, copy);
        }
    }

    /** The records, those in files first; deletes the folder when it is closed. */
    SnapshotSource source(Gate gate) {
        Stream<KeyRecord> inFiles = keys.stream().map(key -> pair(gate, key));
        Stream<KeyRecord> inMemory = remembered.stream().map(pair -> passed(gate, pair));
        return new PieceSource(Stream.concat(inFiles, inMemory).iterator(), sizeBytes, this::delete);
    }

    private KeyRecord pair(Gate gate, Bytes key) {
        try (var _ = gate.enter()) {
            Record record = KeyFiles.read(folder.resolve(JsonNames.of(key)), key);
            return new KeyRecord(Space.KEYS, key, record);
        } catch (IOException | MalformedException e) {
            throw DamagedRecords.notCopied(root, partition, new SpaceKey(Space.KEYS, key), e);
        }
    }

    private static KeyRecord passed(Gate gate, KeyRecord pair) {
        try (var _ = gate.enter()) {
            return pair;
        }
    }

    private void delete() {
        try {
            DurableFiles.deleteFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the view " + folder + " cannot be deleted", e);
        }
    }
}
