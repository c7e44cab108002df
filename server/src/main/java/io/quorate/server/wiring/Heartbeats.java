package io.quorate.server.wiring;

import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.HeartbeatAnswer;
import io.quorate.core.message.PartitionReport;
import io.quorate.core.replica.HeartbeatPace;
import io.quorate.server.http.HeartbeatClient;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the controller how this worker stands, regularly and at once when something is wrong, and hears what is new. */
final class Heartbeats {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
    private static final int MAX_REPORTS = 1_024;
    private static final long DUPLICATE_PATIENCE_NANOS = 10_000_000_000L;

    /** What becomes of answers that are about the worker itself. */
    interface Listener {
        /** It is a member of this cluster from now on. */
        void joined(java.util.UUID cluster);

        /** The controller refuses it for good. */
        void refused(HeartbeatAnswer.Refused refusal);
    }

    private final Vertx vertx;
    private final HeartbeatClient client;
    private final WorkerLoop loop;
    private final WorkerOptions options;
    private final WorkerAddress address;
    private final java.util.function.Supplier<Identity> identity;
    private final WorkerCondition condition;
    private final HeartbeatPace pace;
    private final Listener listener;
    private final TreeSet<String> unreachable = new TreeSet<>();
    private long timer = -1;
    private long sequence;
    private boolean full = true;
    private boolean underWay;
    private boolean again;
    private boolean silent;
    private long duplicateSinceNanos;
    private boolean stopped;

    Heartbeats(
            Vertx vertx,
            HeartbeatClient client,
            WorkerLoop loop,
            WorkerOptions options,
            WorkerAddress address,
            java.util.function.Supplier<Identity> identity,
            WorkerCondition condition,
            Listener listener) {
        this.vertx = vertx;
        this.client = client;
        this.loop = loop;
        this.options = options;
        this.address = address;
        this.identity = identity;
        this.condition = condition;
        this.pace = new HeartbeatPace(options.heartbeatIntervalMillis());
        this.listener = listener;
    }

    void begin() {
        timer = vertx.setTimer(1, _ -> beat());
    }

    private void beat() {
        long interval = options.heartbeatIntervalMillis();
        if (pace.dueInMillis(loop.core(), loop.now()) <= interval / 2) {
            send();
        }
        schedule(underWay ? interval : pace.dueInMillis(loop.core(), loop.now()));
    }

    private void schedule(long delayMillis) {
        timer = vertx.setTimer(Math.max(1, delayMillis), _ -> beat());
    }

    /** Something may have happened: a pause that was announced ends, once, when there is news. */
    void noticeNews() {
        if (!stopped && pace.endPause(loop.core()) && vertx.cancelTimer(timer)) {
            schedule(pace.dueInMillis(loop.core(), loop.now()));
        }
    }

    /** Sends at once, or right after the one under way. */
    void now() {
        again = true;
        loop.act(_ -> {
            if (again) {
                send();
            }
        });
    }

    /** Nothing listens any more where that worker should be. */
    void refusedConnection(String worker) {
        if (unreachable.add(worker)) {
            now();
        }
    }

    void reached(String worker) {
        unreachable.remove(worker);
    }

    private void send() {
        if (!stopped && !underWay) {
            underWay = true;
            again = false;
            client.send(heartbeat(), this::answered);
        }
    }

    private Heartbeat heartbeat() {
        Identity self = identity.get();
        List<Integer> stalled = loop.core().stalled(loop.now());
        boolean everything = full || loop.core().fullReportDue();
        boolean calm = !everything && !silent && !condition.draining() && unreachable.isEmpty() && stalled.isEmpty();
        long quietMillis = pace.sent(loop.core(), calm, loop.now());
        List<PartitionReport> reports =
                everything ? loop.core().fullReport() : loop.core().takeReports(MAX_REPORTS);
        sequence++;
        return new Heartbeat(
                self.worker(),
                self.cluster(),
                self.disk(),
                self.incarnation(),
                address,
                options.zone(),
                condition.draining(),
                options.writeQuorum(),
                loop.now().wallMillis(),
                loop.core().map().version(),
                quietMillis,
                sequence,
                everything,
                reports,
                List.copyOf(unreachable),
                stalled);
    }

    private void answered(HeartbeatClient.Reply reply) {
        underWay = false;
        if (stopped) {
            return;
        }
        full = true;
        switch (reply) {
            case HeartbeatClient.Reply.Answered(String controller, HeartbeatAnswer answer) -> take(controller, answer);
            case HeartbeatClient.Reply.Unanswered(String detail) -> say(detail);
        }
        if (again) {
            send();
        }
    }

    private void take(String controller, HeartbeatAnswer answer) {
        switch (answer) {
            case HeartbeatAnswer.Heard heard -> heard(controller, heard);
            case HeartbeatAnswer.NotActive _ -> say("no controller is active");
            case HeartbeatAnswer.NotYet notYet -> say(notYet.reason());
            case HeartbeatAnswer.Refused refused -> refused(refused);
        }
    }

    /** A worker that comes back on another disk is taken for a second one until the first has been silent for long. */
    private void refused(HeartbeatAnswer.Refused refusal) {
        long now = loop.now().monotonicNanos();
        boolean duplicate = refusal.kind() == HeartbeatAnswer.Refused.Kind.DUPLICATE_ID;
        if (!duplicate) {
            listener.refused(refusal);
        } else if (duplicateSinceNanos == 0) {
            duplicateSinceNanos = now;
            LOG.warn("{}; trying again for {} s", refusal.detail(), DUPLICATE_PATIENCE_NANOS / 1_000_000_000);
        } else if (now - duplicateSinceNanos > DUPLICATE_PATIENCE_NANOS) {
            listener.refused(refusal);
        }
    }

    private void heard(String controller, HeartbeatAnswer.Heard heard) {
        full = heard.fullReportWanted();
        condition.noteControllerAnswered();
        duplicateSinceNanos = 0;
        if (silent || heard.sequence() == 1) {
            LOG.info("The controller at {} answers", controller);
            silent = false;
        }
        if (identity.get().cluster().isEmpty()) {
            listener.joined(heard.cluster());
        }
        loop.input(core -> {
            core.registered(loop.now());
            heard.map().ifPresent(map -> core.map(map, loop.now()));
        });
    }

    /** Says once that the controller does not answer; the data path goes on without it. */
    private void say(String detail) {
        if (!silent) {
            LOG.warn("The controller does not answer ({}); this worker goes on and keeps trying", detail);
            silent = true;
        }
    }

    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        client.close();
    }
}
