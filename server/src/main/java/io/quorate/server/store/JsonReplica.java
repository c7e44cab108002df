package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import io.quorate.core.port.Expiries;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.port.StoredChange;
import io.quorate.core.wire.MalformedException;
import io.quorate.core.wire.RecordCodecV1;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a JSON store: its keys and meta in memory, its records in files.
 *
 * <p>Thread-safe. Changes come one at a time; readers wait only while files get their names.
 */
final class JsonReplica {
    private static final long MAX_CHUNK_BYTES = 1 << 20;

    /** Files that are written and synced together. */
    static final int CHUNK = 256;

    private final int partition;
    private final JsonFolders folders;
    private final DamagedRecords damaged;
    /** Guards {@link #files}, {@link #remembered}, {@link #expiries} and which file a name leads to. */
    private final ReentrantReadWriteLock names = new ReentrantReadWriteLock();

    private final KeyFiles files;
    private final RememberedKeys remembered;
    private ExpiryIndex expiries = new ExpiryIndex();
    private volatile @Nullable ReplicaMeta meta;
    private @Nullable ReplicaMeta durable;

    JsonReplica(int partition, JsonFolders folders, DamagedRecords damaged) {
        this.partition = partition;
        this.folders = folders;
        this.damaged = damaged;
        this.files = new KeyFiles(partition, folders);
        this.remembered = new RememberedKeys(folders.rememberedJournal(partition));
    }

    /** Reads what is on disk; files of a replica that is not there any more are deleted. */
    synchronized void load() throws IOException {
        Path file = folders.replica(partition);
        durable = Files.exists(file) ? JsonInstall.readMeta(file, partition) : null;
        meta = durable;
        files.load();
        remembered.load();
        if (durable == null || !durable.present()) {
            deleteContent();
        }
        files.addExpiries(expiries);
        remembered.addExpiries(expiries);
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
            delete(next.present() ? ReplicaMeta.dropped(partition, current.generation(), next.term()) : next);
        }
        List<StoredChange> ofKeys = of(Space.KEYS, changes);
        for (int from = 0; from < ofKeys.size(); from += CHUNK) {
            writeFiles(ofKeys.subList(from, Math.min(ofKeys.size(), from + CHUNK)));
        }
        writeRemembered(of(Space.REMEMBERED, changes));
        meta = next;
        return true;
    }

    private static List<StoredChange> of(Space space, List<StoredChange> changes) {
        return changes.stream().filter(change -> change.space() == space).toList();
    }

    /** First the meta: a replica whose files are gone must never look as if it had them. */
    private void delete(ReplicaMeta deleted) throws IOException {
        writeMeta(deleted);
        meta = deleted;
        deleteContent();
    }

    private void writeFiles(List<StoredChange> changes) throws IOException {
        files.write(changes);
        names.writeLock().lock();
        try {
            for (StoredChange change : changes) {
                files.rename(change);
                note(change);
            }
        } finally {
            names.writeLock().unlock();
        }
    }

    private void writeRemembered(List<StoredChange> changes) throws IOException {
        remembered.write(changes);
        names.writeLock().lock();
        try {
            for (StoredChange change : changes) {
                remembered.apply(change);
                note(change);
            }
        } finally {
            names.writeLock().unlock();
        }
    }

    private void note(StoredChange change) {
        SpaceKey at = new SpaceKey(change.space(), change.key());
        change.record().ifPresentOrElse(record -> expiries.put(at, record.expiresMillis()), () -> expiries.remove(at));
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

    /**
     * Makes the staged snapshot the replica's state.
     *
     * @param staged its folder
     * @param expiring when its records expire; the replica's from now on
     */
    synchronized void install(Path staged, ReplicaMeta next, ExpiryIndex expiring) throws IOException {
        GenerationRule.checkInstall(meta, next, partition);
        names.writeLock().lock();
        try {
            durable = JsonInstall.decide(folders, staged, next).finish();
            meta = durable;
            files.load();
            remembered.load();
            expiries = expiring;
        } finally {
            names.writeLock().unlock();
        }
        damaged.repaired(partition);
    }

    private void deleteContent() throws IOException {
        names.writeLock().lock();
        try {
            expiries = new ExpiryIndex();
            remembered.delete();
            files.delete();
        } finally {
            names.writeLock().unlock();
        }
    }

    Optional<Record> read(Space space, Bytes key) {
        names.readLock().lock();
        try {
            return switch (space) {
                case KEYS -> files.keys().contains(key) ? readFile(key) : Optional.empty();
                case REMEMBERED -> Optional.ofNullable(remembered.records().get(key));
            };
        } finally {
            names.readLock().unlock();
        }
    }

    private Optional<Record> readFile(Bytes key) {
        try {
            return Optional.of(files.read(key));
        } catch (IOException | MalformedException e) {
            damaged.found(partition, new SpaceKey(Space.KEYS, key), e);
            return Optional.empty();
        }
    }

    List<KeyedRecord> recordsFrom(Bytes from, int limit) {
        List<KeyedRecord> records = new ArrayList<>();
        long bytes = 0;
        names.readLock().lock();
        try {
            for (Bytes key : files.keys().tailSet(from, true)) {
                if (records.size() >= limit || bytes >= MAX_CHUNK_BYTES) {
                    break;
                }
                Optional<Record> record = readFile(key);
                record.ifPresent(found -> records.add(new KeyedRecord(key, found)));
                bytes += record.map(found -> found.value().bytes().length()).orElse(0);
            }
            return records;
        } finally {
            names.readLock().unlock();
        }
    }

    Expiries expired(long logTimeMillis, int limit) {
        names.readLock().lock();
        try {
            return expiries.expired(logTimeMillis, limit);
        } finally {
            names.readLock().unlock();
        }
    }

    long digest() {
        ContentDigest digest = new ContentDigest();
        names.readLock().lock();
        try {
            for (Bytes key : files.keys()) {
                readFile(key).ifPresent(record -> digest.add(Space.KEYS, key, RecordCodecV1.encode(record)));
            }
            remembered
                    .records()
                    .forEach((key, record) -> digest.add(Space.REMEMBERED, key, RecordCodecV1.encode(record)));
        } finally {
            names.readLock().unlock();
        }
        return digest.value();
    }

    /** Links the files of this moment into the folder, where later writes do not reach them. */
    JsonView view(Path folder) throws IOException {
        names.readLock().lock();
        try {
            return JsonView.of(partition, files.keys(), remembered.records(), folders, folder);
        } finally {
            names.readLock().unlock();
        }
    }
}
