package io.quorate.cli.cluster;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.client.Http;
import io.quorate.cli.part.Part;
import io.quorate.server.config.SettingsRefusedException;
import io.quorate.server.wiring.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cluster that this process started and looks after until it is told to end it. */
public final class RunningCluster {
    private static final Logger LOG = LoggerFactory.getLogger(RunningCluster.class);
    private static final Duration READY_POLL = Duration.ofMillis(50);

    private final ClusterFolder folder;
    private final ClusterFolder.Hold hold;
    private final ClusterPlan plan;
    private final boolean processes;
    private final Events events;
    private final PartFactory factory;
    private final Map<String, Part> parts = new ConcurrentHashMap<>();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final AtomicBoolean ready = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile @Nullable ControlPort control;

    /** What the person who started it is told. */
    public interface Events {
        /** A part ended by itself; the others go on. */
        void partEnded(String id, String line);

        /** A part was stopped or started because somebody asked. */
        void changed(String line);
    }

    private RunningCluster(
            ClusterFolder folder, ClusterFolder.Hold hold, ClusterPlan plan, boolean processes, Events events) {
        this.folder = folder;
        this.hold = hold;
        this.plan = plan;
        this.processes = processes;
        this.events = events;
        this.factory =
                processes ? new ChildParts() : new InnerParts(plan.parts().size());
    }

    /**
     * Takes the folder and decides what the cluster consists of; nothing is started yet.
     *
     * @param processes whether each part is a process of its own
     * @throws CommandRefusedException when the folder or a port does not allow it
     */
    public static RunningCluster prepare(ClusterFolder folder, ClusterRequest request, boolean processes, Events events)
            throws CommandRefusedException {
        ClusterFolder.Hold hold = folder.hold();
        RunningCluster cluster = null;
        try {
            Optional<ClusterPlan> existing = folder.plan();
            ClusterPlan plan = existing.isPresent() ? request.again(existing.get(), folder.root()) : request.create();
            checkNobodyInTheWay(folder, plan, processes);
            folder.save(plan);
            cluster = new RunningCluster(folder, hold, plan, processes, events);
            return cluster;
        } catch (IOException e) {
            throw unusable(folder, e);
        } finally {
            if (cluster == null) {
                release(hold);
            }
        }
    }

    private static void checkNobodyInTheWay(ClusterFolder folder, ClusterPlan plan, boolean processes)
            throws CommandRefusedException {
        List<PartPlan> free = new ArrayList<>();
        for (PartPlan part : plan.parts()) {
            Optional<PartProcess> living = folder.part(part.id()).livingProcess();
            if (living.isEmpty()) {
                free.add(part);
            } else if (!processes) {
                throw new CommandRefusedException(part.id() + " of this cluster runs as process "
                        + living.get().pid() + " already: end it with 'quorate down', or add --processes.");
            }
        }
        PortCheck.check(plan.host(), free);
    }

    private static void release(ClusterFolder.Hold hold) {
        try {
            hold.close();
        } catch (IOException e) {
            LOG.debug("The folder's lock ends with the process", e);
        }
    }

    /**
     * Starts all parts; on return each answers on its ports.
     *
     * @throws CommandRefusedException when a part does not start; nothing runs then
     */
    public void start() throws CommandRefusedException, SettingsRefusedException {
        boolean begun = false;
        try {
            for (PartPlan part : plan.parts()) {
                PartFolder own = folder.part(part.id());
                own.create();
                if (!processes) {
                    own.forget();
                }
                parts.put(part.id(), factory.make(plan, part, own, this::ended));
            }
            startAll();
            openControl();
            begun = true;
        } catch (IOException e) {
            throw unusable(folder, e);
        } finally {
            if (!begun) {
                stopAll();
            }
        }
    }

    private void openControl() throws IOException {
        ControlPort opened = ControlPort.open(this::handle);
        control = opened;
        PartProcess self = PartProcess.of(ProcessHandle.current(), List.of("up"));
        new ControlFile(ControlFile.FORMAT, opened.port(), opened.token(), processes, self).write(folder.controlFile());
    }

    private static CommandRefusedException unusable(ClusterFolder folder, IOException e) {
        return new CommandRefusedException(
                "Cannot use the folder " + folder.root() + " (" + e.getMessage() + "): choose another with --data.");
    }

    private void startAll() throws CommandRefusedException {
        ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();
        forEach(part -> true, part -> {
            try {
                part.start();
            } catch (StartRefusedException e) {
                refusals.add(String.valueOf(e.getMessage()));
            }
        });
        String first = refusals.peek();
        if (first != null && !stopped.get()) {
            throw new CommandRefusedException(first);
        }
    }

    /** Does the step for all these parts at once and waits until it is done. */
    private void forEach(Predicate<PartPlan> which, java.util.function.Consumer<Part> step) {
        List<Thread> threads = plan.parts().stream()
                .filter(which)
                .map(plan -> parts.get(plan.id()))
                .filter(java.util.Objects::nonNull)
                .map(part -> Thread.ofPlatform().name("of-" + part.id()).start(() -> step.accept(part)))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ended(Part part, String line) {
        if (stopped.get()) {
            return;
        }
        if (ready.get()) {
            events.partEnded(part.id(), line);
        } else {
            failure.compareAndSet(null, part.id() + ": " + line);
            ending.countDown();
        }
    }

    /**
     * Waits until the cluster serves every key.
     *
     * @return what is missing when the limit has passed; empty when nothing is
     */
    public List<String> awaitReady(Duration limit) {
        try (Http http = new Http()) {
            Readiness readiness = new Readiness(http, plan);
            long deadlineNanos = System.nanoTime() + limit.toNanos();
            List<String> missing = readiness.missing();
            while (!missing.isEmpty() && System.nanoTime() < deadlineNanos && !ended(READY_POLL)) {
                missing = readiness.missing();
            }
            if (missing.isEmpty()) {
                becameReady();
            }
            return missing;
        }
    }

    private void becameReady() {
        ready.set(true);
        if (!plan.created()) {
            try {
                folder.save(plan.asCreated());
            } catch (IOException e) {
                LOG.warn("cluster.json could not be written; the next start tells the controllers everything again", e);
            }
        }
    }

    /** Waits; answers whether the cluster is to end. */
    public boolean ended(Duration limit) {
        try {
            return ending.await(limit.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Why it has to end; empty when somebody asked for that. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** What it consists of. */
    public ClusterPlan plan() {
        return plan;
    }

    private String handle(String action, String id) throws CommandRefusedException {
        return switch (action) {
            case "down" -> {
                ending.countDown();
                yield "stopping";
            }
            case "stop" -> stop(part(id));
            case "start" -> start(part(id));
            default -> throw new CommandRefusedException("The running 'quorate up' does not know '" + action + "'.");
        };
    }

    private Part part(String id) throws CommandRefusedException {
        Part part = parts.get(id);
        if (part == null) {
            throw ClusterControl.noSuchPart(id, plan);
        }
        return part;
    }

    private String stop(Part part) {
        if (!part.isRunning()) {
            return part.id() + " does not run";
        }
        part.stop();
        events.changed(part.id() + " was stopped");
        return part.id() + " is stopped";
    }

    private String start(Part part) throws CommandRefusedException {
        if (part.isRunning()) {
            return part.id() + " runs already";
        }
        try {
            part.start();
        } catch (StartRefusedException e) {
            throw new CommandRefusedException(String.valueOf(e.getMessage()));
        }
        events.changed(part.id() + " was started");
        return part.id() + " is started";
    }

    /** Stops the workers, then the controllers, each within a bounded time, and lets the folder go. */
    public void stopAll() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        ControlPort opened = control;
        if (opened != null) {
            opened.close();
        }
        forEach(PartPlan::isWorker, Part::stop);
        forEach(part -> !part.isWorker(), Part::stop);
        factory.close();
        try {
            Files.deleteIfExists(folder.controlFile());
        } catch (IOException e) {
            LOG.debug("control.json stays; it names a process that has ended", e);
        }
        release(hold);
        ending.countDown();
    }
}
