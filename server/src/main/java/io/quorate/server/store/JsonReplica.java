package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.port.StoredChange;
import io.quorate.core.wire.MalformedException;
import io.quorate.core.wire.RecordCodecV1;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a JSON store: its keys and meta in memory, its records in files.
 *
 * <p>Thread-safe. Changes come one at a time; readers wait only while files get their names.
 */
final class JsonReplica {
    /** Files that are written and synced together. */
    static final int CHUNK = 256;

    private final int partition;
    private final JsonFolders folders;
    private final DamagedRecords damaged;
    private final KeyJournal journal;
    /** Guards {@link #keys} and which file a name leads to. */
    private final ReentrantReadWriteLock names = new ReentrantReadWriteLock();

    private NavigableSet<Bytes> keys = new TreeSet<>();
    private volatile @Nullable ReplicaMeta meta;
    private @Nullable ReplicaMeta durable;

    JsonReplica(int partition, JsonFolders folders, DamagedRecords damaged) {
        this.partition = partition;
        this.folders = folders;
        this.damaged = damaged;
        this.journal = folders.journal(partition);
    }

    /** Reads what is on disk; files of a replica that is not there any more are deleted. */
    synchronized void load() throws IOException {
        Path file = folders.replica(partition);
        durable = Files.exists(file) ? JsonInstall.readMeta(file, partition) : null;
        meta = durable;
        keys = journal.read();
        if (durable == null || !durable.present()) {
            deleteFiles();
        }
    }

    /** Empty when nothing was ever written. */
    Optional<ReplicaMeta> meta() {
        return Optional.ofNullable(meta);
    }

    /** Writes the changes; false when another generation is current. */
    synchronized boolean write(ReplicaMeta next, List<StoredChange> changes) throws IOException {
        if (!GenerationRule.accepts(meta, next)) {
            return false;
        }
        ReplicaMeta current = meta;
        if (current != null && GenerationRule.replaces(current, next)) {
            delete(next.present() ? ended(current, next) : next);
        }
        for (int from = 0; from < changes.size(); from += CHUNK) {
            writeChunk(changes.subList(from, Math.min(changes.size(), from + CHUNK)));
        }
        meta = next;
        return true;
    }

    /** First the meta: a replica whose files are gone must never look as if it had them. */
    private void delete(ReplicaMeta deleted) throws IOException {
        writeMeta(deleted);
        meta = deleted;
        deleteFiles();
    }

    private static ReplicaMeta ended(ReplicaMeta current, ReplicaMeta next) {
        return new ReplicaMeta(current.partition(), current.generation(), false, next.term(), LogPosition.START, 0);
    }

    private void writeChunk(List<StoredChange> changes) throws IOException {
        Map<Path, Bytes> contents = new LinkedHashMap<>();
        List<Bytes> come = new ArrayList<>();
        List<Bytes> gone = new ArrayList<>();
        for (StoredChange change : changes) {
            Bytes key = change.key();
            change.record().ifPresent(record -> contents.put(written(key), JsonRecords.encode(key, record)));
            if (change.record().isPresent() != keys.contains(key)) {
                (change.record().isPresent() ? come : gone).add(key);
            }
        }
        DurableFiles.writeAll(contents);
        journal.append(come, gone, keys);
        names.writeLock().lock();
        try {
            for (StoredChange change : changes) {
                rename(change);
            }
        } finally {
            names.writeLock().unlock();
        }
    }

    private void rename(StoredChange change) throws IOException {
        if (change.record().isPresent()) {
            DurableFiles.move(written(change.key()), file(change.key()));
            keys.add(change.key());
        } else if (keys.remove(change.key())) {
            Files.deleteIfExists(file(change.key()));
        }
    }

    /** Makes the meta durable; called when everything that it stands for is, names included. */
    synchronized void sync(ReplicaMeta written) throws IOException {
        ReplicaMeta now = durable;
        // A snapshot or a deletion that came between has written its own.
        boolean overtaken = now != null && !GenerationRule.accepts(now, written);
        if (!overtaken && !written.equals(now)) {
            writeMeta(written);
        }
    }

    private void writeMeta(ReplicaMeta next) throws IOException {
        JsonInstall.writeMeta(folders, next);
        durable = next;
    }

    /** Makes the staged snapshot the replica's state. */
    synchronized void install(Path staged, ReplicaMeta next) throws IOException {
        GenerationRule.checkInstall(meta, next, partition);
        names.writeLock().lock();
        try {
            durable = JsonInstall.decide(folders, staged, next).finish();
            meta = durable;
            keys = journal.read();
        } finally {
            names.writeLock().unlock();
        }
        damaged.repaired(partition);
    }

    private void deleteFiles() throws IOException {
        names.writeLock().lock();
        try {
            for (Bytes key : keys) {
                Files.deleteIfExists(file(key));
            }
            DurableFiles.syncFolder(folders.root());
            keys = new TreeSet<>();
            journal.delete();
        } finally {
            names.writeLock().unlock();
        }
    }

    Optional<Record> read(Bytes key) {
        names.readLock().lock();
        try {
            return keys.contains(key) ? readFile(key) : Optional.empty();
        } finally {
            names.readLock().unlock();
        }
    }

    private Optional<Record> readFile(Bytes key) {
        try {
            return Optional.of(record(file(key), key));
        } catch (IOException | MalformedException e) {
            damaged.found(partition, key, e);
            return Optional.empty();
        }
    }

    /** The record in the file; throws {@link MalformedException} when it is damaged. */
    static Record record(Path file, Bytes key) throws IOException {
        if (!Files.exists(file)) {
            throw new MalformedException("the file " + file + " is missing");
        }
        if (Files.size(file) > JsonRecords.MAX_FILE_BYTES) {
            throw new MalformedException("the file has more than " + JsonRecords.MAX_FILE_BYTES + " bytes");
        }
        return JsonRecords.decode(key, Bytes.wrap(Files.readAllBytes(file)));
    }

    List<Bytes> keysAfter(Bytes after, int limit) {
        names.readLock().lock();
        try {
            return keys.tailSet(after, false).stream().limit(limit).toList();
        } finally {
            names.readLock().unlock();
        }
    }

    long digest() {
        ContentDigest digest = new ContentDigest();
        names.readLock().lock();
        try {
            for (Bytes key : keys) {
                readFile(key).ifPresent(record -> digest.add(key, RecordCodecV1.encode(record)));
            }
        } finally {
            names.readLock().unlock();
        }
        return digest.value();
    }

    /** Links the files of this moment into the folder, where later writes do not reach them. */
    JsonView view(Path folder) throws IOException {
        names.readLock().lock();
        try {
            return JsonView.of(partition, keys, folders, folder);
        } finally {
            names.readLock().unlock();
        }
    }

    private Path written(Bytes key) {
        return folders.written().resolve(JsonNames.of(key));
    }

    private Path file(Bytes key) {
        return folders.root().resolve(JsonNames.of(key));
    }
}
