package io.quorate.cli.cluster;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.part.Part;
import io.quorate.cli.part.PartListener;
import io.quorate.server.config.Setting;
import io.quorate.server.wiring.StartRefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A part as a process of its own, which goes on when the one that started it ends. */
final class ChildPart implements Part {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);
    private static final int CONNECT_MILLIS = 500;
    private static final int SIGNAL_CODES = 128;

    private final ClusterPlan cluster;
    private final PartPlan plan;
    private final PartFolder folder;
    private final PartListener listener;
    private @Nullable PartProcess process;
    private @Nullable Process child;
    private @Nullable CompletableFuture<Void> exit;
    private volatile boolean stopping;

    ChildPart(ClusterPlan cluster, PartPlan plan, PartFolder folder, PartListener listener) {
        this.cluster = cluster;
        this.plan = plan;
        this.folder = folder;
        this.listener = listener;
    }

    @Override
    public String id() {
        return plan.id();
    }

    @Override
    public synchronized void start() throws StartRefusedException {
        stopping = false;
        Optional<PartProcess> living = folder.livingProcess();
        child = null;
        PartProcess running = living.isPresent() ? living.get() : spawn();
        process = running;
        boolean answers = Signals.await(() -> stopping || !running.isAlive() || accepts(), START_LIMIT);
        if (!running.isAlive()) {
            process = null;
            String said = folder.lastLine();
            throw new StartRefusedException(
                    said.isEmpty() ? id() + " ended at once; its log is " + folder.log() + "." : id() + ": " + said);
        }
        if (!answers) {
            throw new StartRefusedException(id() + " does not answer after " + START_LIMIT.toSeconds()
                    + " s; its log is " + folder.log() + ".");
        }
        running.handle().ifPresent(handle -> exit = handle.onExit().thenRun(() -> ended(running)));
    }

    private PartProcess spawn() throws StartRefusedException {
        List<String> command = ChildCommand.of(plan, cluster.flags(plan, folder.data()));
        try {
            folder.create();
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
            forgetSettings(builder.environment());
            Process started = builder.start();
            child = started;
            PartProcess spawned = PartProcess.of(started.toHandle(), command);
            folder.record(spawned);
            return spawned;
        } catch (IOException e) {
            throw new StartRefusedException(id() + " cannot be started (" + e.getMessage() + ").", e);
        }
    }

    /** What this process was told by its environment is in the flags already, where it belongs to the part. */
    private static void forgetSettings(Map<String, String> environment) {
        for (Setting setting : Setting.values()) {
            environment.remove(setting.variable());
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            String host = java.net.URI.create(cluster.http(plan)).getHost();
            socket.connect(new InetSocketAddress(host, plan.httpPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void ended(PartProcess which) {
        if (!stopping && wasCurrent(which)) {
            listener.ended(this, "process " + which.pid() + howItEnded());
        }
    }

    private synchronized boolean wasCurrent(PartProcess which) {
        boolean current = which.equals(process);
        if (current) {
            process = null;
        }
        return current;
    }

    /** Only a parent is told how; the log says more unless the process was killed. */
    private synchronized String howItEnded() {
        Process ended = child;
        if (ended == null || ended.isAlive()) {
            return " is gone; its log is " + folder.log() + ".";
        }
        int code = ended.exitValue();
        return code > SIGNAL_CODES
                ? " was ended by signal " + (code - SIGNAL_CODES) + "."
                : " ended with exit code " + code + "; its log ends with: " + folder.lastLine();
    }

    @Override
    public void stop() {
        // Before the lock: a start that waits gives it up then.
        stopping = true;
        endProcess();
    }

    private synchronized void endProcess() {
        folder.livingProcess().ifPresent(ChildPart::end);
        process = null;
        try {
            folder.forget();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(ChildPart.class).debug("process.json of {} stays", id(), e);
        }
    }

    /** Ends a process in order, or at once when it does not within a bounded time. */
    static void end(PartProcess process) {
        try {
            // A suspended one could not hear.
            Signals.send(process, Signals.Signal.TERM);
            Signals.send(process, Signals.Signal.CONT);
            if (!Signals.awaitEnd(process, STOP_LIMIT)) {
                Signals.send(process, Signals.Signal.KILL);
                Signals.awaitEnd(process, KILL_LIMIT);
            }
        } catch (CommandRefusedException ended) {
            Signals.awaitEnd(process, KILL_LIMIT);
        }
    }

    @Override
    public boolean isRunning() {
        return folder.livingProcess().isPresent();
    }
}
