package io.quorate.cli.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a running {@code up} is reached; only its owner can read the file.
 *
 * @param format 1
 * @param port on loopback
 * @param token that proves that the caller could read this file
 * @param processes whether its parts are processes of their own
 * @param process the {@code up} itself
 */
record ControlFile(int format, int port, String token, boolean processes, PartProcess process) {
    static final int FORMAT = 1;
    private static final JsonMapper MAPPER = new JsonMapper();

    void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(unfinished);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Set<StandardOpenOption> how = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        Files.writeString(unfinished, MAPPER.writeValueAsString(this) + "\n", how.toArray(StandardOpenOption[]::new));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What the file says, if its {@code up} is alive. */
    static Optional<ControlFile> ofRunning(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(Files.readString(file), ControlFile.class))
                    .filter(control -> control.format() == FORMAT)
                    .filter(control -> control.process().isAlive());
        } catch (IOException | JacksonException unreadable) {
            return Optional.empty();
        }
    }
}
