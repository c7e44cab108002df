package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import io.quorate.core.port.Expiries;
import io.quorate.core.replica.Effect;
import io.quorate.core.replica.ScannedPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a worker's process does with the store on its disk: one thing after the other, loads beside it. */
final class SimulatedStore {
    private static final int PIECES = 3;
    private static final int CHUNK = 2;

    private final SimulatedWorker worker;
    private final Simulation world;
    private final Timeline time;
    private final Map<String, List<Map<Place, Record>>> open = new TreeMap<>();
    private final Map<Integer, Map<Place, Record>> staged = new TreeMap<>();
    private long busyUntilNanos;

    SimulatedStore(SimulatedWorker worker, Simulation world) {
        this.worker = worker;
        this.world = world;
        this.time = world.time;
    }

    void begin() {
        busyUntilNanos = 0;
    }

    void end() {
        open.clear();
        staged.clear();
    }

    void load(Effect.Load load) {
        worker.whileAlive(time.random().nextLong(20_000, 400_000), () -> {
            Optional<Record> found = worker.disk().read(load.partition(), load.space(), load.key());
            worker.act(core -> core.loaded(load.partition(), load.load(), found, worker.now()));
        });
    }

    void scan(Effect.Scan scan) {
        worker.whileAlive(time.random().nextLong(20_000, 900_000), () -> {
            ScannedPage page = scan.memory()
                    .page(
                            scan.request(),
                            (from, limit) -> worker.disk().recordsFrom(scan.partition(), from, Math.min(limit, CHUNK)));
            worker.act(core -> core.scanned(scan.partition(), scan.load(), page, worker.now()));
        });
    }

    void submit(Effect.StoreWork work) {
        later(() -> carryOut(work));
    }

    void sync(Effect.SyncStore sync) {
        later(() -> {
            worker.disk().sync();
            worker.act(core -> core.storeSynced(sync.checkpoint(), worker.now()));
        });
    }

    private void later(Runnable work) {
        long start = Math.max(busyUntilNanos, time.nanos());
        busyUntilNanos = start + time.random().nextLong(20_000, Math.max(800_000, worker.longestSyncMicros() * 500));
        worker.whileAlive(busyUntilNanos - time.nanos(), work);
    }

    private void carryOut(Effect.StoreWork work) {
        int partition = work.partition();
        SimulatedDisk disk = worker.disk();
        switch (work) {
            case Effect.Flush flush -> {
                disk.write(flush.meta(), flush.table().sorted());
                worker.act(core -> core.flushed(partition, flush.table(), worker.now()));
            }
            case Effect.OpenSnapshot opened -> {
                open.put(partition + "/" + opened.transfer(), pieces(disk.content(partition)));
                readPiece(partition, opened.transfer());
            }
            case Effect.ReadPiece read -> readPiece(partition, read.transfer());
            case Effect.CloseSnapshot closed -> open.remove(partition + "/" + closed.transfer());
            case Effect.StagePiece piece -> {
                if (piece.sequence() == 0) {
                    staged.put(partition, new TreeMap<>());
                }
                Optional.ofNullable(staged.get(partition))
                        .ifPresent(into -> into.putAll(world.pieces().get(piece.piece())));
                worker.act(core -> core.pieceStaged(partition, piece.transfer(), piece.sequence(), worker.now()));
            }
            case Effect.InstallSnapshot install -> install(install);
            case Effect.AbandonSnapshot _ -> staged.remove(partition);
            case Effect.FindExpired find -> {
                Expiries found = disk.expired(partition, find.logTimeMillis(), find.limit());
                worker.act(core -> core.expired(partition, find.logTimeMillis(), found, worker.now()));
            }
            case Effect.Digest digest -> {
                long ofContent = disk.content(partition).hashCode();
                worker.act(
                        core -> core.digested(partition, digest.comparison(), digest.index(), ofContent, worker.now()));
            }
        }
    }

    /** The switch to the new state is one write. */
    private void install(Effect.InstallSnapshot install) {
        Map<Place, Record> records =
                Optional.ofNullable(staged.remove(install.partition())).orElseThrow();
        if (world.isPlanted(Plant.SNAPSHOT_NOT_ATOMIC)) {
            Map<Place, Record> half = new TreeMap<>();
            records.entrySet().stream()
                    .limit(records.size() / 2)
                    .forEach(each -> half.put(each.getKey(), each.getValue()));
            worker.disk().install(install.meta(), half);
            later(() -> installed(install, records));
        } else {
            installed(install, records);
        }
    }

    private void installed(Effect.InstallSnapshot install, Map<Place, Record> records) {
        worker.disk().install(install.meta(), records);
        world.coverage().happened(Coverage.Happening.SNAPSHOT_INSTALLED);
        worker.act(core -> core.snapshotInstalled(install.partition(), install.transfer(), worker.now()));
    }

    private void readPiece(int partition, long transfer) {
        List<Map<Place, Record>> pieces = open.get(partition + "/" + transfer);
        if (pieces != null && !pieces.isEmpty()) {
            Map<Place, Record> piece = pieces.removeFirst();
            if (world.isPlanted(Plant.SNAPSHOT_FORGETS_REPEATS)) {
                piece.keySet().removeIf(place -> place.space() == Space.REMEMBERED);
            }
            Bytes name = world.pieces().put(piece);
            boolean last = pieces.isEmpty();
            worker.act(core -> core.pieceRead(partition, transfer, name, last, PIECES * 8L, worker.now()));
        }
    }

    private static List<Map<Place, Record>> pieces(Map<Place, Record> content) {
        List<Map<Place, Record>> pieces = new ArrayList<>();
        for (int i = 0; i < PIECES; i++) {
            pieces.add(new TreeMap<>());
        }
        int[] at = {0};
        content.forEach((key, record) -> pieces.get(at[0]++ % PIECES).put(key, record));
        return pieces;
    }
}
