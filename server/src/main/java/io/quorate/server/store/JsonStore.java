package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import io.quorate.core.port.Expiries;
import io.quorate.core.port.KeyValueStore;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.port.SnapshotSink;
import io.quorate.core.port.SnapshotSource;
import io.quorate.core.port.StoredChange;
import io.quorate.core.wire.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The store that keeps one JSON file per key, for people who want to look inside; meant for up to 100,000 keys.
 *
 * <p>A crash may leave files that are newer than the replica's meta says; applying the log again from there makes them
 * whole. A key belongs to one partition for ever. Records are read from the files at every call; a file that was damaged or deleted reads as absent, which shows
 * in the digest. Thread-safe. After {@link #close} every call throws {@link IllegalStateException}.
 */
public final class JsonStore implements KeyValueStore {
    /** What may fail with the disk. */
    interface DiskCall<T> {
        T call() throws IOException;
    }

    private final JsonFolders folders;
    private final JsonFolderLock lock;
    private final Gate gate;
    private final StoreCounters counters = new StoreCounters();
    private final DamagedRecords damaged;
    private final Map<Integer, JsonReplica> replicas = new ConcurrentHashMap<>();
    private final AtomicInteger lastFolder = new AtomicInteger();
    private final Object syncing = new Object();

    private JsonStore(JsonFolders folders, JsonFolderLock lock) {
        this.folders = folders;
        this.lock = lock;
        this.gate = new Gate("the store in " + folders.root());
        this.damaged = new DamagedRecords(folders.root(), counters);
    }

    /**
     * Opens the store in the folder, which is made when it is not there, and finishes what a crash interrupted. Of other
     * files in the folder it touches none, unless a key of their name is written. Refused when another store has it
     * open, when its format is newer than this release, or when its bookkeeping is damaged.
     */
    public static JsonStore open(Path root) throws StoreRefusedException {
        JsonFolders folders = JsonFolders.in(root);
        JsonFolderLock lock = JsonFolderLock.take(folders);
        JsonStore store = new JsonStore(folders, lock);
        try {
            JsonOpening.prepare(folders);
            for (int partition : JsonOpening.partitions(folders)) {
                JsonReplica replica = store.replica(partition);
                JsonOpening.load(folders, replica);
            }
            return store;
        } catch (IOException e) {
            store.close();
            throw new StoreRefusedException("the store in " + root + " cannot be opened: " + e, e);
        } catch (StoreRefusedException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public Map<Integer, ReplicaMeta> replicas() {
        try (var _ = gate.enter()) {
            Map<Integer, ReplicaMeta> metas = new TreeMap<>();
            replicas.forEach((partition, replica) -> replica.meta().ifPresent(meta -> metas.put(partition, meta)));
            return metas;
        }
    }

    @Override
    public void write(ReplicaMeta meta, List<StoredChange> changes) {
        GenerationRule.checkBatch(meta, changes.size());
        boolean written = inside("writing", () -> replica(meta.partition()).write(meta, changes));
        if (written) {
            counters.written(changes.size());
        } else {
            counters.discarded();
        }
    }

    @Override
    public void sync() {
        inside("syncing", () -> {
            synchronized (syncing) {
                // The metas of before the files' names are synced: a later one may stand for a name that is not.
                Map<Integer, ReplicaMeta> metas = replicas();
                DurableFiles.syncFolder(folders.root());
                for (ReplicaMeta meta : metas.values()) {
                    replica(meta.partition()).sync(meta);
                }
            }
            counters.synced();
            return folders;
        });
    }

    @Override
    public Optional<Record> read(int partition, Space space, Bytes key) {
        counters.read();
        try (var _ = gate.enter()) {
            return replica(partition).read(space, key);
        }
    }

    @Override
    public List<KeyedRecord> recordsFrom(int partition, Bytes from, int limit) {
        try (var _ = gate.enter()) {
            return replica(partition).recordsFrom(from, limit);
        }
    }

    @Override
    public Expiries expired(int partition, long logTimeMillis, int limit) {
        try (var _ = gate.enter()) {
            return replica(partition).expired(logTimeMillis, limit);
        }
    }

    @Override
    public long digest(int partition) {
        try (var _ = gate.enter()) {
            return replica(partition).digest();
        }
    }

    @Override
    public SnapshotSource openSnapshot(int partition) {
        return inside("linking a snapshot", () -> {
            Path folder = folders.views().resolve(Integer.toString(lastFolder.incrementAndGet()));
            return replica(partition).view(folder).source(gate);
        });
    }

    @Override
    public SnapshotSink stageSnapshot(int partition) {
        return inside("staging a snapshot", () -> {
            Path folder = folders.staged().resolve(partition + "-" + lastFolder.incrementAndGet());
            return new JsonSnapshotSink(this, partition, folder);
        });
    }

    void install(int partition, Path staged, ReplicaMeta meta, ExpiryIndex expiries) {
        try {
            inside("installing a snapshot", () -> {
                replica(partition).install(staged, meta, expiries);
                return meta;
            });
        } catch (UncheckedIOException | MalformedException e) {
            gate.close("a snapshot may be in place only in part; a new start finishes it", lock::release);
            throw e;
        }
        counters.installed();
    }

    /** What it has done. */
    public StoreStats stats() {
        return counters.stats(0, 0);
    }

    @Override
    public void close() {
        gate.close(lock::release);
    }

    /** Calls while the store is open, and says what it means when the disk fails. */
    <T> T inside(String doing, DiskCall<T> call) {
        try (var _ = gate.enter()) {
            return call.call();
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(
                    "the store in " + folders.root() + " failed while " + doing + ": " + e
                            + "; what was synced before is kept",
                    e));
        }
    }

    private JsonReplica replica(int partition) {
        return replicas.computeIfAbsent(partition, number -> new JsonReplica(number, folders, damaged));
    }
}
