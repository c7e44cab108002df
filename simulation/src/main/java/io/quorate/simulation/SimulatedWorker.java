package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Record;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Member;
import io.quorate.core.controller.ControllerInput.LinkChanged.Link;
import io.quorate.core.message.Message;
import io.quorate.core.replica.Effect;
import io.quorate.core.replica.WorkerCore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A worker's production core between a simulated disk and a simulated network; it can crash and start again. */
final class SimulatedWorker {
    private static final int PIECES = 3;

    final String id;
    private final Simulation world;
    private final Timeline time;
    private SimulatedDisk disk = new SimulatedDisk();
    private UUID diskId;
    private long incarnation;
    private long life;
    private @Nullable WorkerCore core;
    private long wakeAt = Long.MAX_VALUE;
    private boolean syncing;
    private final Map<String, List<Map<Bytes, Record>>> open = new TreeMap<>();
    private final Map<Integer, Map<Bytes, Record>> staged = new TreeMap<>();
    private long storeBusyUntil;
    private long pausedUntilNanos;
    private final SimulatedHeartbeats heartbeats;

    SimulatedWorker(String id, Simulation world, UUID diskId) {
        this.id = id;
        this.world = world;
        this.time = world.time;
        this.diskId = diskId;
        this.heartbeats = new SimulatedHeartbeats(this, world);
    }

    Member member() {
        return new Member(id, diskId);
    }

    long incarnation() {
        return incarnation;
    }

    boolean isUp() {
        return core != null;
    }

    Optional<WorkerCore> core() {
        return Optional.ofNullable(core);
    }

    SimulatedDisk disk() {
        return disk;
    }

    void start() {
        incarnation++;
        life++;
        wakeAt = Long.MAX_VALUE;
        syncing = false;
        storeBusyUntil = 0;
        core = new WorkerCore(
                member(),
                incarnation,
                world.workerSettings(),
                world.rules(),
                disk.lastSequence(),
                disk.recover(),
                time.now());
        world.network.connect(id, this::receive);
        world.workers().forEach(other -> {
            if (other != this && other.isUp()) {
                act(running -> running.linkUp(other.id, time.now()));
                other.act(running -> running.linkUp(id, time.now()));
            }
        });
        world.controllers().all().forEach(controller -> controller.link(id, Link.CONNECTED));
        world.workers().forEach(other -> other.heartbeats.reached(id));
        heartbeats.begin();
        act(_ -> {});
    }

    /** Does nothing for a while; what arrives waits. A pause is not prolonged, so that what waits stays in order. */
    void pause(long nanos) {
        if (time.nanos() >= pausedUntilNanos) {
            pausedUntilNanos = time.nanos() + nanos;
        }
    }

    boolean isPaused() {
        return time.nanos() < pausedUntilNanos;
    }

    /** Ends at once; of what was not synced, some prefix of the log may survive. */
    void crash() {
        core = null;
        life++;
        open.clear();
        staged.clear();
        disk.crash(disk.lastSequence() - time.random().nextLong(0, 6));
        world.network.disconnect(id);
        heartbeats.end();
        pausedUntilNanos = 0;
        world.controllers().all().forEach(controller -> controller.link(id, Link.REFUSED));
        world.workers().forEach(other -> {
            other.act(running -> running.linkDown(id, time.now()));
            other.heartbeats.refusedConnection(id);
        });
    }

    /** Its disk is replaced by an empty one. */
    void loseDisk(UUID newDisk) {
        disk = new SimulatedDisk();
        diskId = newDisk;
        incarnation = 0;
        heartbeats.forgetCluster();
    }

    void receive(String from, Message message) {
        act(running -> running.received(from, message, time.now()));
    }

    void map(ClusterMap map) {
        act(running -> running.map(map, time.now()));
    }

    void write(long ticket, Command command, long timeoutNanos) {
        act(running -> running.write(ticket, command, time.nanos() + timeoutNanos, time.now()));
    }

    void read(long ticket, Bytes key, long timeoutNanos) {
        act(running -> running.read(ticket, key, time.nanos() + timeoutNanos, time.now()));
    }

    /** Gives the core an input, then carries its effects out. */
    void act(Consumer<WorkerCore> input) {
        WorkerCore running = core;
        if (running == null) {
            return;
        }
        if (isPaused()) {
            actAfterPause(input);
            return;
        }
        input.accept(running);
        List<Effect> effects = running.endTurn(time.now());
        world.afterTurn(this, running);
        effects.forEach(effect -> carryOut(effect));
        long wake = running.wakeAtNanos();
        if (wake < wakeAt) {
            wakeAt = wake;
            long now = life;
            time.after(wake - time.nanos(), () -> tick(now));
        }
    }

    private void actAfterPause(Consumer<WorkerCore> input) {
        long now = life;
        time.after(pausedUntilNanos - time.nanos(), () -> {
            if (now == life) {
                act(input);
            }
        });
    }

    private void tick(long ofLife) {
        if (ofLife == life) {
            wakeAt = Long.MAX_VALUE;
            act(running -> running.tick(time.now()));
        }
    }

    /** Lets the core hear of something later, unless it crashes before. */
    private void later(long fromMicros, long toMicros, Consumer<WorkerCore> input) {
        long now = life;
        time.within(fromMicros, toMicros, () -> {
            if (now == life) {
                act(input);
            }
        });
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Persist persist -> {
                disk.append(persist.sequence(), persist.record());
                startSync();
            }
            case Effect.ReleaseLog release -> disk.release(release.belowSequence());
            case Effect.SendRequest send ->
                world.network.send(id, send.worker(), new Message.ReplicationRequests(List.of(send.request())));
            case Effect.SendReply send ->
                world.network.send(id, send.worker(), new Message.ReplicationReplies(List.of(send.reply())));
            case Effect.AnswerOrder answer ->
                world.network.send(id, answer.controller(), new Message.OrderAnswers(List.of(answer.answer())));
            case Effect.SendForward forward ->
                world.network.send(id, forward.worker(), new Message.Forward(forward.request()));
            case Effect.SendForwardReply reply ->
                world.network.send(id, reply.worker(), new Message.ForwardReply(reply.reply()));
            case Effect.WriteDone done -> world.clients().written(done.ticket(), done.outcome());
            case Effect.ReadDone done -> world.clients().read(done.ticket(), done.outcome());
            case Effect.Load load ->
                later(
                        20,
                        400,
                        core -> core.loaded(
                                load.partition(), load.load(), disk.read(load.partition(), load.key()), time.now()));
            case Effect.ReportNow _ -> heartbeats.now();
            case Effect.StoreWork work -> storeLater(work);
            case Effect.SyncStore sync ->
                storeLater(() -> {
                    disk.sync();
                    act(core -> core.storeSynced(sync.checkpoint(), time.now()));
                });
            case Effect.PullDone _ -> {}
        }
    }

    private void startSync() {
        if (!syncing) {
            syncing = true;
            long now = life;
            time.within(100, world.longestSyncMicros(), () -> syncDone(now, disk.lastSequence()));
        }
    }

    /** One block is written at a time: what was appended before it began is durable when it ends. */
    private void syncDone(long ofLife, long upTo) {
        if (ofLife != life) {
            return;
        }
        disk.syncLogTo(upTo);
        syncing = false;
        if (upTo < disk.lastSequence()) {
            startSync();
        }
        act(core -> core.durable(upTo, time.now()));
    }

    private void storeLater(Effect.StoreWork work) {
        storeLater(() -> store(work));
    }

    /** The store does one thing after the other. */
    private void storeLater(Runnable work) {
        long now = life;
        long start = Math.max(storeBusyUntil, time.nanos());
        storeBusyUntil = start + time.random().nextLong(20_000, 800_000);
        time.after(storeBusyUntil - time.nanos(), () -> {
            if (now == life) {
                work.run();
            }
        });
    }

    private void store(Effect.StoreWork work) {
        int partition = work.partition();
        switch (work) {
            case Effect.Flush flush -> {
                disk.write(flush.meta(), flush.table().sorted());
                act(core -> core.flushed(partition, flush.table(), time.now()));
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
                act(core -> core.pieceStaged(partition, piece.transfer(), piece.sequence(), time.now()));
            }
            case Effect.InstallSnapshot install -> {
                disk.install(
                        install.meta(),
                        Optional.ofNullable(staged.remove(partition)).orElseThrow());
                act(core -> core.snapshotInstalled(partition, install.transfer(), time.now()));
            }
            case Effect.AbandonSnapshot _ -> staged.remove(partition);
            case Effect.Digest digest ->
                act(core -> core.digested(
                        partition,
                        digest.comparison(),
                        digest.index(),
                        disk.content(partition).hashCode(),
                        time.now()));
        }
    }

    private void readPiece(int partition, long transfer) {
        List<Map<Bytes, Record>> pieces = open.get(partition + "/" + transfer);
        if (pieces != null && !pieces.isEmpty()) {
            Map<Bytes, Record> piece = pieces.removeFirst();
            Bytes name = world.pieces().put(piece);
            act(core -> core.pieceRead(partition, transfer, name, pieces.isEmpty(), PIECES * 8L, time.now()));
        }
    }

    private static List<Map<Bytes, Record>> pieces(Map<Bytes, Record> content) {
        List<Map<Bytes, Record>> pieces = new ArrayList<>();
        for (int i = 0; i < PIECES; i++) {
            pieces.add(new TreeMap<>());
        }
        int[] at = {0};
        content.forEach((key, record) -> pieces.get(at[0]++ % PIECES).put(key, record));
        return pieces;
    }
}
