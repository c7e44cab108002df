package io.quorate.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.Range;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/**
 * The one place that holds RocksDB's native objects.
 *
 * <p>Thread-safe. Whoever calls anything but {@link #enter}, {@link #endView} and {@link #close} must have entered.
 */
final class RocksDatabase implements AutoCloseable {
    private final Path folder;
    private final RocksOptions options;
    private final RocksDB db;
    private final Map<RocksFamily, ColumnFamilyHandle> handles = new EnumMap<>(RocksFamily.class);
    private final Set<Snapshot> views = ConcurrentHashMap.newKeySet();
    private final Gate gate;

    private RocksDatabase(Path folder, RocksOptions options, RocksDB db, List<ColumnFamilyHandle> families) {
        this.folder = folder;
        this.options = options;
        this.db = db;
        Iterator<ColumnFamilyHandle> inOrder = families.iterator();
        for (RocksFamily family : RocksFamily.values()) {
            handles.put(family, inOrder.next());
        }
        this.gate = new Gate("the store in " + folder);
    }

    static RocksDatabase open(Path folder, RocksMemory memory) throws StoreRefusedException {
        RocksOptions options = new RocksOptions(memory);
        try {
            Files.createDirectories(folder);
            checkFamilies(folder);
            List<ColumnFamilyHandle> families = new ArrayList<>();
            RocksDB db = RocksDB.open(options.database(), folder.toString(), options.families(), families);
            return new RocksDatabase(folder, options, db, families);
        } catch (RocksDBException e) {
            options.close();
            throw RocksFailure.refused(folder, e);
        } catch (IOException e) {
            options.close();
            throw new StoreRefusedException("the folder " + folder + " cannot be used: " + e, e);
        } catch (StoreRefusedException e) {
            options.close();
            throw e;
        }
    }

    /** RocksDB opens nothing with families that it was not told about; say what that means before it does. */
    private static void checkFamilies(Path folder) throws RocksDBException, StoreRefusedException {
        if (!Files.exists(folder.resolve("CURRENT"))) {
            return;
        }
        try (Options plain = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(plain, folder.toString())) {
                if (!RocksFamily.isKnown(name)) {
                    throw StoreFormat.newer(folder, "a part named " + new String(name, StandardCharsets.UTF_8));
                }
            }
        }
    }

    Path folder() {
        return folder;
    }

    /** Enters for as long as the pass is open; throws {@link IllegalStateException} after {@link #close}. */
    Gate.Pass enter() {
        return gate.enter();
    }

    RocksBatch batch(int expectedBytes) {
        return new RocksBatch(this, expectedBytes);
    }

    void write(RocksBatch batch) {
        try {
            db.write(options.unlogged(), batch.content());
        } catch (RocksDBException e) {
            throw failed("writing", e);
        }
    }

    /** When it returns, all families are on disk as they were at one moment after the call began. */
    void flush() {
        try {
            db.flush(options.flush(), List.copyOf(handles.values()));
        } catch (RocksDBException e) {
            throw failed("flushing", e);
        }
    }

    byte @Nullable [] value(RocksFamily family, byte[] key) {
        try {
            return db.get(handle(family), options.read(), key);
        } catch (RocksDBException e) {
            throw failed("reading", e);
        }
    }

    /** A family from one key to before another, as of now or as of the view. */
    RocksCursor cursor(RocksFamily family, byte[] from, byte[] end, @Nullable Snapshot view) {
        return new RocksCursor(this, db, handle(family), from, end, view);
    }

    /** All records of a kind in the meta family. */
    RocksCursor metaCursor(byte kind) {
        return cursor(RocksFamily.META, new byte[] {kind}, new byte[] {(byte) (kind + 1)}, null);
    }

    /** Whether nothing was ever written. */
    boolean isEmpty() {
        return db.getLatestSequenceNumber() == 0;
    }

    /** Keeps the state of this moment until {@link #endView}. */
    Snapshot beginView() {
        Snapshot view = db.getSnapshot();
        views.add(view);
        return view;
    }

    /** Lets go of it, if that was not done before; needs nobody to have entered, and may come after {@link #close}. */
    void endView(Snapshot view) {
        gate.ifOpen(() -> release(view));
    }

    private void release(Snapshot view) {
        if (views.remove(view)) {
            db.releaseSnapshot(view);
            view.close();
        }
    }

    /**
     * Removes keys that are marked as nobody's, on disk too if they may have been somebody's. Whole files go at once,
     * unless a view may still need them; the rest goes with compaction.
     */
    void removeUnowned(int partition, int keyGeneration) {
        try (RocksBatch batch = batch(0)) {
            batch.deleteGeneration(partition, keyGeneration);
            batch.unmarkUnowned(partition, keyGeneration);
            batch.write();
            if (views.isEmpty()) {
                byte[] from = DataKeys.begin(partition, keyGeneration);
                byte[] end = DataKeys.end(partition, keyGeneration);
                for (RocksFamily family : RocksFamily.GENERATIONS) {
                    db.deleteFilesInRanges(handle(family), List.of(from, end), false);
                }
            }
        } catch (RocksDBException e) {
            throw failed("deleting files", e);
        }
    }

    /** About how many bytes a range of the family takes. */
    long sizeBytes(RocksFamily family, byte[] from, byte[] end) {
        try (Slice first = new Slice(from);
                Slice last = new Slice(end)) {
            return db.getApproximateSizes(
                            handle(family),
                            List.of(new Range(first, last)),
                            SizeApproximationFlag.INCLUDE_FILES,
                            SizeApproximationFlag.INCLUDE_MEMTABLES)[0];
        }
    }

    /** A number that RocksDB keeps of the whole database. */
    long property(String name) {
        return property(RocksFamily.DATA, name);
    }

    /** The sum of a number that RocksDB keeps of each family. */
    long sumOfFamilies(String name) {
        return handles.keySet().stream()
                .mapToLong(family -> property(family, name))
                .sum();
    }

    private long property(RocksFamily family, String name) {
        try {
            return db.getLongProperty(handle(family), name);
        } catch (RocksDBException e) {
            throw failed("counting", e);
        }
    }

    UncheckedIOException failed(String doing, RocksDBException cause) {
        return RocksFailure.broken(folder, doing, cause);
    }

    /** RocksDB's own object for the family. */
    ColumnFamilyHandle handle(RocksFamily family) {
        return Objects.requireNonNull(handles.get(family));
    }

    @Override
    public void close() {
        gate.close(() -> {
            views.forEach(this::release);
            handles.values().forEach(Closing::quietly);
            Closing.quietly(db);
            options.close();
        });
    }
}
