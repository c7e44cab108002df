package io.quorate.cli.transfer;

import io.quorate.api.Bytes;
import io.quorate.server.store.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a transfer is, in a file beside what it writes or reads, so that it can go on after an interruption.
 *
 * @param path where the file is
 * @param form what is kept in it: a record with a member {@code format}
 */
record TransferFile<T>(Path path, Class<T> form) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Keeps it, durably. */
    void keep(T progress) throws IOException {
        DurableFiles.replace(path, Bytes.utf8(MAPPER.writeValueAsString(progress) + "\n"));
        DurableFiles.syncFolder(folderOf(path));
    }

    /** What was kept; empty when there is no file. */
    Optional<T> kept() throws IOException, TransferRefusedException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(Files.readString(path), form));
        } catch (JacksonException malformed) {
            throw new TransferRefusedException(
                    path + " is not what keeps the progress of a transfer: move it away, or begin without --resume.");
        }
    }

    /** Forgets it. */
    void forget() throws IOException {
        Files.deleteIfExists(path);
    }

    static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }
}
