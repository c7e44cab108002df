package io.quorate.server.wiring;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ScanOutcome;
import io.quorate.api.WatchOutcome;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Now;
import io.quorate.core.port.WorkerService;
import io.quorate.core.replica.Effect;
import io.quorate.core.replica.WorkerCore;
import io.quorate.core.wire.LogRecordCodecV1;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a worker's core on one event loop: gives it inputs, ends its turns, carries its effects out and wakes it.
 *
 * <p>Everything that arrives in one turn of the loop is one turn of the core, so batches grow with the load.
 */
final class WorkerLoop implements StoreDesk.Core {
    private final Vertx vertx;
    private final Context context;
    private final WorkerCore core;
    private final WorkerDisk disk;
    private final Tickets tickets;
    private final Clock clock;
    private final Consumer<Throwable> whenBroken;
    private final Map<Long, Consumer<Outcome>> writes = new HashMap<>();
    private final Map<Long, Consumer<ReadOutcome>> reads = new HashMap<>();
    private final Map<Long, Consumer<ScanOutcome>> scans = new HashMap<>();
    private final Map<Long, Consumer<WatchOutcome>> watches = new HashMap<>();
    private final Map<Long, Consumer<WorkerService.PullReport>> pulls = new HashMap<>();
    private final AtomicLong durable = new AtomicLong();
    private @Nullable Outbox outbox;
    private @Nullable StoreDesk store;
    private Runnable reportNow = () -> {};
    private Consumer<ClusterMap> mapListener = _ -> {};
    private Runnable turnListener = () -> {};
    private long mapVersion;
    private boolean turnScheduled;
    private long timer = -1;
    private long timerAtNanos = Long.MAX_VALUE;
    private boolean closed;

    WorkerLoop(
            Vertx vertx,
            Context context,
            WorkerCore core,
            WorkerDisk disk,
            Clock clock,
            Consumer<Throwable> whenBroken) {
        this.vertx = vertx;
        this.context = context;
        this.core = core;
        this.disk = disk;
        this.tickets = new Tickets(disk.identity().disk(), disk.identity().incarnation());
        this.clock = clock;
        this.whenBroken = whenBroken;
    }

    /** Completes the loop with what it needs to carry effects out, and begins. */
    void begin(Outbox outbox, StoreDesk store, Runnable reportNow) {
        this.outbox = outbox;
        this.store = store;
        this.reportNow = reportNow;
        input(_ -> {});
    }

    Now now() {
        return clock.now();
    }

    WorkerCore core() {
        return core;
    }

    /** Gives the core an input from the event loop. */
    void input(Consumer<WorkerCore> input) {
        if (closed) {
            return;
        }
        try {
            input.accept(core);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        if (!turnScheduled) {
            turnScheduled = true;
            context.runOnContext(_ -> endTurn());
        }
    }

    /** Gives the core an input from any thread. */
    @Override
    public void act(Consumer<WorkerCore> input) {
        context.runOnContext(_ -> input(input));
    }

    /** The log's writer reports progress; several reports become one input. */
    void durable(long sequence) {
        if (durable.getAndSet(sequence) == 0) {
            context.runOnContext(_ -> {
                long upTo = durable.getAndSet(0);
                input(running -> running.durable(upTo, now()));
            });
        }
    }

    /** The core or its surroundings are broken: the process cannot go on. */
    @Override
    public void failed(Throwable cause) {
        whenBroken.accept(cause);
    }

    long write(Consumer<Outcome> whenDone) {
        long ticket = tickets.next();
        writes.put(ticket, whenDone);
        return ticket;
    }

    long read(Consumer<ReadOutcome> whenDone) {
        long ticket = tickets.next();
        reads.put(ticket, whenDone);
        return ticket;
    }

    long scan(Consumer<ScanOutcome> whenDone) {
        long ticket = tickets.next();
        scans.put(ticket, whenDone);
        return ticket;
    }

    long watch(Consumer<WatchOutcome> whenDone) {
        long ticket = tickets.next();
        watches.put(ticket, whenDone);
        return ticket;
    }

    long pull(Consumer<WorkerService.PullReport> whenDone) {
        long ticket = tickets.next();
        pulls.put(ticket, whenDone);
        return ticket;
    }

    /** Told on the event loop whenever the map is another one. */
    void whenMapChanges(Consumer<ClusterMap> listener) {
        mapListener = listener;
        listener.accept(core.map());
    }

    /** Told on the event loop after every turn. */
    void afterTurns(Runnable listener) {
        turnListener = listener;
    }

    private void endTurn() {
        turnScheduled = false;
        if (closed || outbox == null || store == null) {
            return;
        }
        try {
            List<Effect> effects = core.endTurn(now());
            for (Effect effect : effects) {
                carryOut(effect, outbox, store);
            }
            outbox.flush();
            tellMap();
            turnListener.run();
            wakeInTime();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void tellMap() {
        ClusterMap map = core.map();
        if (map.version() != mapVersion) {
            mapVersion = map.version();
            mapListener.accept(map);
        }
    }

    private void carryOut(Effect effect, Outbox out, StoreDesk desk) {
        switch (effect) {
            case Effect.Persist persist -> persist(persist);
            case Effect.ReleaseLog release -> disk.log().release(release.belowSequence());
            case Effect.SendRequest send -> out.request(send.worker(), send.request());
            case Effect.SendReply send -> out.reply(send.worker(), send.reply());
            case Effect.AnswerOrder answer -> out.answer(answer.controller(), answer.answer());
            case Effect.SendForward forward -> out.forward(forward.worker(), forward.request());
            case Effect.SendForwardReply reply -> out.forwardReply(reply.worker(), reply.reply());
            case Effect.WriteDone done -> answer(writes.remove(done.ticket()), done.outcome());
            case Effect.ReadDone done -> answer(reads.remove(done.ticket()), done.outcome());
            case Effect.ScanDone done -> answer(scans.remove(done.ticket()), done.outcome());
            case Effect.WatchDone done -> answer(watches.remove(done.ticket()), done.outcome());
            case Effect.Load load -> desk.load(load);
            case Effect.Scan scan -> desk.scan(scan);
            case Effect.ReportNow _ -> reportNow.run();
            case Effect.StoreWork work -> desk.work(work);
            case Effect.SyncStore sync -> desk.sync(sync);
            case Effect.PullDone done ->
                answer(
                        pulls.remove(done.ticket()),
                        new WorkerService.PullReport(
                                done.partitions(),
                                done.behind(),
                                done.repaired(),
                                done.repaired(),
                                done.bytes(),
                                done.millis()));
        }
    }

    private void persist(Effect.Persist persist) {
        Bytes encoded = LogRecordCodecV1.encode(persist.record());
        long sequence = disk.append(encoded);
        if (sequence != persist.sequence()) {
            throw new IllegalStateException(
                    "the log numbered a record " + sequence + ", the core " + persist.sequence());
        }
    }

    private static <T> void answer(@Nullable Consumer<T> waiting, T answer) {
        if (waiting != null) {
            waiting.accept(answer);
        }
    }

    private void wakeInTime() {
        long wakeAt = core.wakeAtNanos();
        if (wakeAt >= timerAtNanos || wakeAt == Long.MAX_VALUE) {
            return;
        }
        vertx.cancelTimer(timer);
        timerAtNanos = wakeAt;
        long delayMillis =
                Math.max(1, (wakeAt - now().monotonicNanos() + Now.NANOS_PER_MILLI - 1) / Now.NANOS_PER_MILLI);
        timer = vertx.setTimer(delayMillis, _ -> {
            timerAtNanos = Long.MAX_VALUE;
            input(running -> running.tick(now()));
        });
    }

    /** Takes no further inputs; what waits is never answered. */
    void close() {
        closed = true;
        vertx.cancelTimer(timer);
    }
}
