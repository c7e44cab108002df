package io.quorate.acceptance.torture;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.cluster.PartProcess;
import io.quorate.cli.cluster.Signals;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A controller or worker of the run as a process, which only ever signals the process that it started itself. */
final class Part {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    /** One that cannot go on closes what it has open before it ends. */
    private static final Duration ENDING_LIMIT = Duration.ofSeconds(15);

    private static final JsonMapper MAPPER = new JsonMapper();

    private final String id;
    private final Path folder;
    private final Path data;
    private final List<String> command;
    private final Consumer<String> endedByItself;
    private @Nullable Process process;
    private boolean endWanted;
    private boolean endExcused;
    private long excusedUntilNanos;
    private boolean over;

    /**
     * @param folder for its log and for {@code process.json}
     * @param data its data folder
     * @param command what starts it; the process that it makes is the part itself
     * @param endedByItself is told when it ends and nobody wanted that
     */
    Part(String id, Path folder, Path data, List<String> command, Consumer<String> endedByItself) {
        this.id = id;
        this.folder = folder;
        this.data = data;
        this.command = List.copyOf(command);
        this.endedByItself = endedByItself;
    }

    String id() {
        return id;
    }

    boolean isWorker() {
        return id.startsWith("w");
    }

    /** Starts it, unless it runs. */
    synchronized void start() {
        if (over || isRunning()) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            process = started;
            endWanted = false;
            endExcused = false;
            excusedUntilNanos = System.nanoTime();
            Files.writeString(folder.resolve("process.json"), MAPPER.writeValueAsString(named(started)) + "\n");
            var _ = started.onExit().thenAccept(this::ended);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PartProcess named(Process started) {
        long startMillis = started.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
        return new PartProcess(started.pid(), startMillis, command);
    }

    private void ended(Process which) {
        synchronized (this) {
            if (endWanted || endExcused || !which.equals(process)) {
                return;
            }
            if (System.nanoTime() - excusedUntilNanos < 0) {
                start();
                return;
            }
            // It is told once.
            endWanted = true;
        }
        endedByItself.accept(
                id + " ended by itself with exit code " + which.exitValue() + "; its log ends with: " + lastLine());
    }

    synchronized boolean isRunning() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** Ends it with SIGKILL; it may still be ending on return. */
    synchronized void beginKill() {
        Process current = process;
        if (current != null) {
            endWanted = true;
            current.destroyForcibly();
        }
    }

    /** Begins to end it with SIGKILL, for good. */
    synchronized void beginEnd() {
        over = true;
        beginKill();
    }

    /** Ends it with SIGKILL; it is gone on return. */
    void kill() {
        beginKill();
        awaitEnd(KILL_LIMIT);
    }

    /** Ends it in order; answers whether it did so in time. */
    boolean stop() {
        Optional<PartProcess> running = current();
        synchronized (this) {
            endWanted = true;
        }
        running.ifPresent(each -> signal(each, Signals.Signal.TERM));
        boolean inTime = awaitEnd(STOP_LIMIT);
        kill();
        return inTime;
    }

    /** Suspends it. */
    void pause() {
        current().ifPresent(each -> signal(each, Signals.Signal.STOP));
    }

    /** Lets it go on. */
    void resume() {
        current().ifPresent(each -> signal(each, Signals.Signal.CONT));
    }

    /** Its end, from now on, is not its fault. */
    synchronized void excuseEnd() {
        endExcused = true;
    }

    /** What excused its end is over: it is started if it has ended, or when what it is doing now has ended it. */
    synchronized void startAfterExcuse() {
        endExcused = false;
        excusedUntilNanos = System.nanoTime() + ENDING_LIMIT.toNanos();
        start();
    }

    private synchronized Optional<PartProcess> current() {
        Process running = process;
        return running != null && running.isAlive() ? Optional.of(named(running)) : Optional.empty();
    }

    private static void signal(PartProcess process, Signals.Signal signal) {
        try {
            Signals.send(process, signal);
        } catch (CommandRefusedException ended) {
            // Whoever waits for it sees that it is gone.
        }
    }

    private boolean awaitEnd(Duration limit) {
        Process current;
        synchronized (this) {
            current = process;
        }
        try {
            return current == null || current.waitFor(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Deletes its data; it does not run. */
    void loseDisk() {
        try {
            Leftovers.deleteAllIn(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path log() {
        return folder.resolve("log.txt");
    }

    private String lastLine() {
        try {
            List<String> lines = Files.readString(log(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.isEmpty() ? "nothing" : lines.getLast();
        } catch (IOException unreadable) {
            return "nothing readable";
        }
    }
}
