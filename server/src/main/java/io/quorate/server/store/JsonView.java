package io.quorate.server.store;

import io.quorate.api.Bytes;
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
import java.util.Collection;
import java.util.List;

/**
 * The files of a replica at one moment, in a folder of their own.
 *
 * @param root the store's folder, for messages
 */
record JsonView(int partition, Path root, Path folder, List<Bytes> keys, long sizeBytes) {
    static JsonView of(int partition, Collection<Bytes> keys, JsonFolders folders, Path folder) throws IOException {
        Files.createDirectory(folder);
        long sizeBytes = 0;
        for (Bytes key : keys) {
            Path copy = folder.resolve(JsonNames.of(key));
            try {
                link(copy, folders.root().resolve(JsonNames.of(key)));
                sizeBytes += Files.size(copy);
            } catch (NoSuchFileException missing) {
                DurableFiles.deleteFolder(folder);
                throw DamagedRecords.notCopied(folders.root(), partition, key, missing);
            }
        }
        return new JsonView(partition, folders.root(), folder, List.copyOf(keys), sizeBytes);
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

    /** The records in the files; deletes the folder when it is closed. */
    SnapshotSource source(Gate gate) {
        return new PieceSource(keys.stream().map(key -> pair(gate, key)).iterator(), sizeBytes, this::delete);
    }

    private KeyRecord pair(Gate gate, Bytes key) {
        try (var _ = gate.enter()) {
            return new KeyRecord(key, JsonReplica.record(folder.resolve(JsonNames.of(key)), key));
        } catch (IOException | MalformedException e) {
            throw DamagedRecords.notCopied(root, partition, key, e);
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
