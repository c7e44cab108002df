package io.quorate.cli.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process as {@code process.json} names it: a number alone may have been given to another process since.
 *
 * @param pid its number
 * @param startMillis when it started, in milliseconds since 1970
 * @param command what it was started with
 */
public record PartProcess(long pid, long startMillis, List<String> command) {
    /** The start is derived from the time of the machine's start, which clock corrections shift a little. */
    private static final long SAME_START_MILLIS = 2_000;

    public PartProcess {
        command = List.copyOf(command);
    }

    static PartProcess of(ProcessHandle handle, List<String> command) {
        return new PartProcess(handle.pid(), startMillis(handle).orElse(0L), command);
    }

    private static Optional<Long> startMillis(ProcessHandle handle) {
        return handle.info().startInstant().map(java.time.Instant::toEpochMilli);
    }

    /** The process, if it is alive and the very one. */
    Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(this::startedThen)
                .filter(handle -> !isZombie());
    }

    private boolean startedThen(ProcessHandle handle) {
        return startMillis(handle)
                .filter(start -> Math.abs(start - startMillis) <= SAME_START_MILLIS)
                .isPresent();
    }

    /** One that has ended, but whose parent does not care. */
    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException noSuchFileSystem) {
            return false;
        }
    }

    /** Whether it is alive. */
    @JsonIgnore
    public boolean isAlive() {
        return handle().isPresent();
    }
}
