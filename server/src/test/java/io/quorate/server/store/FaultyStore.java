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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A store whose disk fails on demand, before anything was changed; thread-safe as the store behind it. */
final class FaultyStore implements KeyValueStore {
    /** What can fail. */
    enum Call {
        WRITE,
        SYNC,
        READ,
        INSTALL
    }

    private final KeyValueStore store;
    private final Set<Call> failing = ConcurrentHashMap.newKeySet();

    FaultyStore(KeyValueStore store) {
        this.store = store;
    }

    /** From now on such calls fail. */
    void fail(Call call) {
        failing.add(call);
    }

    /** From now on they do not. */
    void recover(Call call) {
        failing.remove(call);
    }

    private void check(Call call) {
        if (failing.contains(call)) {
            throw new UncheckedIOException(new IOException("the disk fails on " + call));
        }
    }

    @Override
    public Map<Integer, ReplicaMeta> replicas() {
        return store.replicas();
    }

    @Override
    public void write(ReplicaMeta meta, List<StoredChange> changes) {
        check(Call.WRITE);
        store.write(meta, changes);
    }

    @Override
    public void sync() {
        check(Call.SYNC);
        store.sync();
    }

    @Override
    public Optional<Record> read(int partition, Space space, Bytes key) {
        check(Call.READ);
        return store.read(partition, space, key);
    }

    @Override
    public List<KeyedRecord> recordsFrom(int partition, Bytes from, int limit) {
        check(Call.READ);
        return store.recordsFrom(partition, from, limit);
    }

    @Override
    public Expiries expired(int partition, long logTimeMillis, int limit) {
        check(Call.READ);
        return store.expired(partition, logTimeMillis, limit);
    }

    @Override
    public long digest(int partition) {
        check(Call.READ);
        return store.digest(partition);
    }

    @Override
    public SnapshotSource openSnapshot(int partition) {
        check(Call.READ);
        return store.openSnapshot(partition);
    }

    @Override
    public SnapshotSink stageSnapshot(int partition) {
        SnapshotSink sink = store.stageSnapshot(partition);
        return new SnapshotSink() {
            @Override
            public void add(Bytes piece) {
                check(Call.WRITE);
                sink.add(piece);
            }

            @Override
            public void install(ReplicaMeta meta) {
                check(Call.INSTALL);
                sink.install(meta);
            }

            @Override
            public void abandon() {
                sink.abandon();
            }
        };
    }

    @Override
    public void close() {
        store.close();
    }
}
