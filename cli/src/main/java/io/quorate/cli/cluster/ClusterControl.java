package io.quorate.cli.cluster;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.cluster.Signals.Signal;
import io.quorate.server.wiring.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells the parts of a folder's cluster what to do, through the running {@code up} if there is one. */
public final class ClusterControl {
    private static final int PART_PATIENCE_MILLIS = 90_000;
    private static final Duration DOWN_LIMIT = Duration.ofSeconds(60);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final ClusterFolder folder;

    public ClusterControl(ClusterFolder folder) {
        this.folder = folder;
    }

    static CommandRefusedException noSuchPart(String id, ClusterPlan plan) {
        return new CommandRefusedException(
                ExitCode.USAGE,
                "There is no " + id + " in this cluster: its parts are "
                        + plan.parts().stream().map(PartPlan::id).collect(Collectors.joining(", ")) + ".");
    }

    private PartPlan plan(String id) throws CommandRefusedException {
        ClusterPlan plan = folder.existingPlan();
        return plan.part(id).orElseThrow(() -> noSuchPart(id, plan));
    }

    private Optional<ControlFile> running() {
        return ControlFile.ofRunning(folder.controlFile());
    }

    /** Stops a part in order; answers what was done. */
    public String stop(String id) throws CommandRefusedException {
        plan(id);
        Optional<ControlFile> up = running();
        if (up.isPresent()) {
            return ControlPort.ask(up.get(), "stop", id, PART_PATIENCE_MILLIS);
        }
        Optional<PartProcess> process = folder.part(id).livingProcess();
        if (process.isEmpty()) {
            return id + " does not run";
        }
        ChildPart.end(process.get());
        forget(folder.part(id));
        return id + " is stopped";
    }

    /** Starts a part: the running {@code up} does, or it becomes a process of its own; answers what was done. */
    public String start(String id) throws CommandRefusedException {
        PartPlan part = plan(id);
        Optional<ControlFile> up = running();
        if (up.isPresent()) {
            return ControlPort.ask(up.get(), "start", id, PART_PATIENCE_MILLIS);
        }
        ClusterPlan plan = folder.existingPlan();
        if (folder.part(id).livingProcess().isPresent()) {
            return id + " runs already";
        }
        PortCheck.check(plan.host(), List.of(part));
        try {
            new ChildPart(plan, part, folder.part(id), (which, line) -> {}).start();
        } catch (StartRefusedException e) {
            throw new CommandRefusedException(String.valueOf(e.getMessage()));
        }
        return id + " is started";
    }

    /** Ends a part at once, as a crash would. */
    public String kill(String id) throws CommandRefusedException {
        PartProcess process = process(id, "kill");
        Signals.send(process, Signal.KILL);
        if (!Signals.awaitEnd(process, KILL_LIMIT)) {
            throw new CommandRefusedException(
                    id + " (process " + process.pid() + ") was sent SIGKILL and has not ended yet.");
        }
        return id + " is killed";
    }

    /** Suspends a part's process. */
    public String pause(String id) throws CommandRefusedException {
        Signals.send(process(id, "pause"), Signal.STOP);
        return id + " is paused";
    }

    /** Lets a suspended process go on. */
    public String resume(String id) throws CommandRefusedException {
        Signals.send(process(id, "resume"), Signal.CONT);
        return id + " goes on";
    }

    private PartProcess process(String id, String verb) throws CommandRefusedException {
        plan(id);
        Optional<ControlFile> up = running();
        if (up.isPresent() && !up.get().processes()) {
            throw new CommandRefusedException("'" + verb
                    + "' needs a process of its own for each part, and this cluster"
                    + " runs in one: start it with 'quorate up --processes', or use 'quorate stop " + id + "'.");
        }
        return folder.part(id)
                .livingProcess()
                .orElseThrow(() ->
                        new CommandRefusedException(id + " does not run: start it with 'quorate start " + id + "'."));
    }

    /** Stops everything of this cluster, workers first; answers what was done. */
    public String down() throws CommandRefusedException {
        folder.existingPlan();
        Optional<ControlFile> up = running();
        if (up.isPresent()) {
            ControlPort.ask(up.get(), "down", "", PART_PATIENCE_MILLIS);
            if (!Signals.awaitEnd(up.get().process(), DOWN_LIMIT)) {
                throw new CommandRefusedException("The running 'quorate up' (process "
                        + up.get().process().pid() + ") has not ended after " + DOWN_LIMIT.toSeconds() + " s.");
            }
        }
        int ended = end(parts("w")) + end(parts("c"));
        return up.isPresent() || ended > 0 ? "the cluster is stopped" : "nothing of this cluster runs";
    }

    /** Also those that a start with fewer workers left behind. */
    private List<PartFolder> parts(String prefix) throws CommandRefusedException {
        try (Stream<Path> children = Files.list(folder.root())) {
            return children.map(child -> child.getFileName().toString())
                    .filter(name -> name.matches(prefix + "\\d+"))
                    .map(folder::part)
                    .toList();
        } catch (IOException e) {
            throw new CommandRefusedException("Cannot read " + folder.root() + ": " + e.getMessage());
        }
    }

    private static int end(List<PartFolder> parts) {
        List<Thread> threads = new ArrayList<>();
        for (PartFolder part : parts) {
            part.livingProcess()
                    .ifPresent(process -> threads.add(Thread.ofPlatform().start(() -> {
                        ChildPart.end(process);
                        forget(part);
                    })));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return threads.size();
    }

    private static void forget(PartFolder part) {
        try {
            part.forget();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(ClusterControl.class).debug("process.json of {} stays", part.id(), e);
        }
    }
}
