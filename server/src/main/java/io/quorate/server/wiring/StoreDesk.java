package io.quorate.server.wiring;

import io.quorate.api.Bytes;
import io.quorate.core.port.Expiries;
import io.quorate.core.port.KeyValueStore;
import io.quorate.core.port.SnapshotSink;
import io.quorate.core.port.SnapshotSource;
import io.quorate.core.replica.Effect;
import io.quorate.core.replica.WorkerCore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Does a worker's work on its store: writes, snapshots and searches for what has expired one after the other on one
 * thread, reads beside them on a few, and scans, which take longer, on one of their own.
 */
final class StoreDesk {
    private static final int READERS = 2;
    private static final int PIECE_BYTES = 512 << 10;
    private static final long CLOSE_SECONDS = 10;

    /** Hands an input to the core on its event loop. */
    interface Core {
        void act(Consumer<WorkerCore> input);

        void failed(Throwable cause);
    }

    private static final class OpenSource {
        private final SnapshotSource source;
        private Optional<Bytes> next;

        OpenSource(SnapshotSource source) {
            this.source = source;
            this.next = source.next(PIECE_BYTES);
        }

        Bytes take() {
            Bytes piece = next.orElse(Bytes.EMPTY);
            next = source.next(PIECE_BYTES);
            return piece;
        }
    }

    private final KeyValueStore store;
    private final Core core;
    private final Clock clock;
    private final ExecutorService writer;
    private final ExecutorService readers;
    private final ExecutorService scanner;
    private final Map<Long, OpenSource> sources = new HashMap<>();
    private final Map<Integer, SnapshotSink> sinks = new HashMap<>();

    StoreDesk(String name, KeyValueStore store, Core core, Clock clock) {
        this.store = store;
        this.core = core;
        this.clock = clock;
        this.writer = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name(name + "-store").factory());
        this.scanner = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name(name + "-scan").factory());
        this.readers = Executors.newFixedThreadPool(
                READERS, Thread.ofPlatform().daemon().name(name + "-read-", 0).factory());
    }

    void load(Effect.Load load) {
        run(readers, () -> {
            var record = store.read(load.partition(), load.space(), load.key());
            core.act(running -> running.loaded(load.partition(), load.load(), record, clock.now()));
        });
    }

    void scan(Effect.Scan scan) {
        run(scanner, () -> {
            var page = scan.memory()
                    .page(scan.request(), (from, limit) -> store.recordsFrom(scan.partition(), from, limit));
            core.act(running -> running.scanned(scan.partition(), scan.load(), page, clock.now()));
        });
    }

    /** Runs something that reads from the store. */
    void read(Consumer<KeyValueStore> reading) {
        run(readers, () -> reading.accept(store));
    }

    void sync(Effect.SyncStore sync) {
        run(writer, () -> {
            store.sync();
            core.act(running -> running.storeSynced(sync.checkpoint(), clock.now()));
        });
    }

    void work(Effect.StoreWork work) {
        run(writer, () -> carryOut(work));
    }

    private void carryOut(Effect.StoreWork work) {
        int partition = work.partition();
        switch (work) {
            case Effect.Flush flush -> {
                store.write(flush.meta(), flush.table().sorted());
                core.act(running -> running.flushed(partition, flush.table(), clock.now()));
            }
            case Effect.OpenSnapshot open -> {
                sources.put(open.transfer(), new OpenSource(store.openSnapshot(partition)));
                readPiece(partition, open.transfer());
            }
            case Effect.ReadPiece read -> readPiece(partition, read.transfer());
            case Effect.CloseSnapshot close -> {
                OpenSource closed = sources.remove(close.transfer());
                if (closed != null) {
                    closed.source.close();
                }
            }
            case Effect.StagePiece stage -> stage(stage);
            case Effect.InstallSnapshot install -> {
                SnapshotSink sink = sinks.remove(partition);
                if (sink != null) {
                    sink.install(install.meta());
                    core.act(running -> running.snapshotInstalled(partition, install.transfer(), clock.now()));
                }
            }
            case Effect.AbandonSnapshot _ -> abandon(partition);
            case Effect.FindExpired find -> {
                Expiries expiries = store.expired(partition, find.logTimeMillis(), find.limit());
                core.act(running -> running.expired(partition, find.logTimeMillis(), expiries, clock.now()));
            }
            case Effect.Digest digest -> {
                long value = store.digest(partition);
                core.act(running ->
                        running.digested(partition, digest.comparison(), digest.index(), value, clock.now()));
            }
        }
    }

    private void readPiece(int partition, long transfer) {
        OpenSource open = sources.get(transfer);
        if (open != null) {
            Bytes piece = open.take();
            boolean last = open.next.isEmpty();
            long estimate = open.source.estimatedBytes();
            core.act(running -> running.pieceRead(partition, transfer, piece, last, estimate, clock.now()));
        }
    }

    private void stage(Effect.StagePiece stage) {
        if (stage.sequence() == 0) {
            abandon(stage.partition());
            sinks.put(stage.partition(), store.stageSnapshot(stage.partition()));
        }
        SnapshotSink sink = sinks.get(stage.partition());
        if (sink != null) {
            if (!stage.piece().isEmpty()) {
                sink.add(stage.piece());
            }
            core.act(
                    running -> running.pieceStaged(stage.partition(), stage.transfer(), stage.sequence(), clock.now()));
        }
    }

    private void abandon(int partition) {
        SnapshotSink sink = sinks.remove(partition);
        if (sink != null) {
            sink.abandon();
        }
    }

    private void run(ExecutorService executor, Runnable work) {
        try {
            executor.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException | Error e) {
                    core.failed(e);
                }
            });
        } catch (RejectedExecutionException closing) {
            // The worker stops: what was not flushed is in the log.
            return;
        }
    }

    /** Finishes what was begun, for a bounded time. */
    void close() throws InterruptedException {
        readers.shutdown();
        scanner.shutdown();
        writer.shutdown();
        readers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        scanner.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        sources.values().forEach(open -> open.source.close());
    }
}
