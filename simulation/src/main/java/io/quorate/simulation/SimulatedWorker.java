package io.quorate.simulation;

import io.quorate.api.ReadRequest;
import io.quorate.api.ScanRequest;
import io.quorate.api.WatchRequest;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Incarnation;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.ControllerInput.LinkChanged.Link;
import io.quorate.core.message.Message;
import io.quorate.core.replica.Effect;
import io.quorate.core.replica.Inspection;
import io.quorate.core.replica.RecoveredReplica;
import io.quorate.core.replica.WorkerCore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A worker's production core between a simulated disk and a simulated network; it can crash and start again. */
final class SimulatedWorker {
    private static final long NORMAL_SYNC_MICROS = 1_500;

    final String id;
    final SimulatedClock clock;
    private final Simulation world;
    private final Timeline time;
    private final SimulatedStore store;
    private final SimulatedHeartbeats heartbeats;
    private final SimulatedHousekeeping housekeeping;
    private SimulatedDisk disk = new SimulatedDisk();
    private UUID diskId;
    private long incarnation;
    private long life;
    private @Nullable WorkerCore core;
    private @Nullable Map<Integer, RecoveredReplica> whileDown;
    private @Nullable Image image;
    private long wakeAt = Long.MAX_VALUE;
    private long plannedTick;
    private boolean syncing;
    private long longestSyncMicros = NORMAL_SYNC_MICROS;
    private boolean onOldCopy;
    private long pausedUntilNanos;

    /** A copy of a disk as it was. */
    private record Image(SimulatedDisk disk, UUID diskId, long incarnation) {}

    SimulatedWorker(String id, Simulation world, UUID diskId) {
        this.id = id;
        this.world = world;
        this.time = world.time;
        this.clock = new SimulatedClock(time);
        this.diskId = diskId;
        this.store = new SimulatedStore(this, world);
        this.heartbeats = new SimulatedHeartbeats(this, world);
        this.housekeeping = new SimulatedHousekeeping(this);
    }

    Member member() {
        return new Member(id, diskId);
    }

    Now now() {
        return clock.now();
    }

    /** Of its last start from this disk. */
    long incarnation() {
        return incarnation;
    }

    /** Grows with every start and every end. */
    long life() {
        return life;
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

    /** Whether that disk itself, not an old copy of it, is in this machine, be it up or not. */
    boolean runsOn(Member member) {
        return !onOldCopy && member.equals(member());
    }

    /** Whether it was started on an old copy and has not been told so yet. */
    boolean isOnOldCopy() {
        return onOldCopy;
    }

    /** Whether its disk, as it is now, has that entry of that partition. */
    boolean holdsOnDisk(int partition, LogPosition position) {
        WorkerCore running = core;
        if (running != null) {
            return running.inspect().stream()
                    .anyMatch(replica -> replica.partition() == partition && replica.holdsOnDisk(position));
        }
        return Optional.ofNullable(whileDown().get(partition))
                .filter(replica -> replica.holds(position))
                .isPresent();
    }

    /** The end of the log of that partition on its disk, as it is now. */
    LogPosition lastOnDisk(int partition) {
        WorkerCore running = core;
        if (running != null) {
            return running.inspect().stream()
                    .filter(replica -> replica.partition() == partition)
                    .map(Inspection::durable)
                    .findFirst()
                    .orElse(LogPosition.START);
        }
        RecoveredReplica found = whileDown().get(partition);
        return found == null ? LogPosition.START : found.last();
    }

    private Map<Integer, RecoveredReplica> whileDown() {
        Map<Integer, RecoveredReplica> found = whileDown;
        if (found == null) {
            found = disk.recover(world::recovers).held().stream()
                    .collect(Collectors.toMap(RecoveredReplica::partition, held -> held));
            whileDown = found;
        }
        return found;
    }

    void start() {
        incarnation = Incarnation.next(incarnation, time.random().nextInt(Incarnation.DRAWS));
        life++;
        wakeAt = Long.MAX_VALUE;
        syncing = false;
        whileDown = null;
        store.begin();
        core = new WorkerCore(
                member(),
                incarnation,
                world.workerSettings(),
                world.rules(),
                disk.lastSequence(),
                disk.recover(world::recovers),
                now());
        world.network.connect(id, this::receive);
        world.workers().forEach(other -> {
            if (other != this && other.isUp()) {
                act(running -> running.linkUp(other.id, now()));
                other.act(running -> running.linkUp(id, other.now()));
            }
        });
        world.controllers().all().forEach(controller -> controller.link(id, Link.CONNECTED));
        world.workers().forEach(other -> other.heartbeats.reached(id));
        heartbeats.begin();
        housekeeping.begin();
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
        whileDown = null;
        store.end();
        disk.crash(disk.lastSequence() - time.random().nextLong(0, 6));
        world.network.disconnect(id);
        heartbeats.end();
        pausedUntilNanos = 0;
        world.controllers().all().forEach(controller -> controller.link(id, Link.REFUSED));
        world.workers().forEach(other -> {
            other.act(running -> running.linkDown(id, other.now()));
            other.heartbeats.refusedConnection(id);
        });
    }

    /** While it is down its disk is replaced by an empty one. */
    void loseDisk(UUID newDisk) {
        disk = new SimulatedDisk();
        diskId = newDisk;
        incarnation = 0;
        onOldCopy = false;
        whileDown = null;
        heartbeats.forgetCluster();
    }

    /** It was told that its disk is an old copy: it gives it up and starts on an empty one. */
    void startsOver() {
        world.coverage().happened(Coverage.Happening.OLD_COPY_FOUND);
        crash();
        loseDisk(world.newDisk());
        start();
    }

    /** Somebody copies its disk while it runs. */
    void takeImage() {
        image = new Image(disk.durableCopy(), diskId, incarnation);
    }

    /** While it is down the copy is put in the place of its disk; answers whether there is one of that disk. */
    boolean restoreImage() {
        Image copy = image;
        if (copy == null || !hasOldImage()) {
            return false;
        }
        disk = copy.disk().durableCopy();
        whileDown = null;
        if (!world.isPlanted(Plant.OLD_DISK_VOTES)) {
            incarnation = copy.incarnation();
            onOldCopy = true;
        }
        return true;
    }

    /**
     * Whether there is a copy of its disk that is known to be old by its incarnation: one that was made since the last
     * registered start looks like the disk itself, and nothing can tell.
     */
    boolean hasOldImage() {
        return image != null
                && image.diskId().equals(diskId)
                && Incarnation.isLater(world.controllers().decided().incarnationOf(member()), image.incarnation());
    }

    /** Every write to its disk takes up to so long; 0 for as long as usual. */
    void slowDisk(long micros) {
        longestSyncMicros = micros == 0 ? NORMAL_SYNC_MICROS : micros;
    }

    long longestSyncMicros() {
        return Math.max(longestSyncMicros, world.longestSyncMicros());
    }

    void fullDisk(boolean full) {
        housekeeping.fullDisk(full);
    }

    void receive(String from, Message message) {
        act(running -> running.received(from, message, now()));
    }

    void registered() {
        act(running -> running.registered(now()));
    }

    void map(ClusterMap map) {
        act(running -> running.map(map, now()));
    }

    void write(long ticket, WriteRequest request, long timeoutNanos) {
        act(running -> running.write(ticket, request, now().monotonicNanos() + timeoutNanos, now()));
    }

    void read(long ticket, ReadRequest request, long timeoutNanos) {
        act(running -> running.read(ticket, request, now().monotonicNanos() + timeoutNanos, now()));
    }

    void scan(long ticket, ScanRequest request, long timeoutNanos) {
        act(running -> running.scan(ticket, request, now().monotonicNanos() + timeoutNanos, now()));
    }

    void watch(long ticket, WatchRequest request, long timeoutNanos) {
        act(running -> running.watch(ticket, request, now().monotonicNanos() + timeoutNanos, now()));
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
        List<Effect> effects = running.endTurn(now());
        world.afterTurn(this, running);
        effects.forEach(effect -> carryOut(effect));
        long wake = running.wakeAtNanos();
        if (wake < wakeAt) {
            wakeAt = wake;
            long planned = ++plannedTick;
            whileAlive(clock.until(wake), () -> tick(planned));
        }
    }

    private void actAfterPause(Consumer<WorkerCore> input) {
        whileAlive(pausedUntilNanos - time.nanos(), () -> act(input));
    }

    /** Does nothing if an earlier one was planned since: that one looked what to wake for next. */
    private void tick(long planned) {
        if (planned == plannedTick) {
            wakeAt = Long.MAX_VALUE;
            act(running -> running.tick(now()));
        }
    }

    /** Does something later, unless this process ends before. */
    void whileAlive(long nanos, Runnable action) {
        long now = life;
        time.after(nanos, () -> {
            if (now == life) {
                action.run();
            }
        });
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Persist persist -> {
                if (disk.holdsEntryOf(persist.record())) {
                    world.coverage().happened(Coverage.Happening.ENTRY_WRITTEN_AGAIN);
                }
                disk.append(persist.sequence(), persist.record());
                startSync();
            }
            case Effect.ReleaseLog release -> disk.release(release.belowSequence());
            case Effect.SendRequest send ->
                world.network.send(id, send.worker(), new Message.ReplicationRequests(List.of(send.request())));
            case Effect.SendReply send ->
                world.network.send(id, send.worker(), new Message.ReplicationReplies(List.of(send.reply())));
            case Effect.AnswerOrder answer -> {
                world.coverage().answered(answer.answer());
                world.network.send(id, answer.controller(), new Message.OrderAnswers(List.of(answer.answer())));
            }
            case Effect.SendForward forward ->
                world.network.send(id, forward.worker(), new Message.Forward(forward.request()));
            case Effect.SendForwardReply reply ->
                world.network.send(id, reply.worker(), new Message.ForwardReply(reply.reply()));
            case Effect.WriteDone done -> world.clients().written(done.ticket(), done.outcome());
            case Effect.ReadDone done -> world.clients().read(done.ticket(), done.outcome());
            case Effect.ScanDone done -> world.clients().scanned(done.ticket(), done.outcome());
            case Effect.WatchDone done -> world.clients().watched(done.ticket(), done.outcome());
            case Effect.Load load -> store.load(load);
            case Effect.Scan scan -> store.scan(scan);
            case Effect.ReportNow _ -> heartbeats.now();
            case Effect.StoreWork work -> store.submit(work);
            case Effect.SyncStore sync -> store.sync(sync);
            case Effect.PullDone done -> {
                if (done.repaired() > 0) {
                    throw new Violation(
                            Promise.STATE_FOLLOWS_FROM_LOG, id + " differed from a leader at one index: " + done);
                }
            }
        }
    }

    private void startSync() {
        if (!syncing) {
            syncing = true;
            long upTo = disk.lastSequence();
            whileAlive(time.random().nextLong(100_000, longestSyncMicros() * 1_000), () -> syncDone(upTo));
        }
    }

    /** One block is written at a time: what was appended before it began is durable when it ends. */
    private void syncDone(long upTo) {
        disk.syncLogTo(upTo);
        syncing = false;
        if (upTo < disk.lastSequence()) {
            startSync();
        }
        act(running -> running.durable(upTo, now()));
    }
}
