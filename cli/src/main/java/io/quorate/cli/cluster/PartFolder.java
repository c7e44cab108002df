package io.quorate.cli.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The folder of one part: its data, its log, and which process it is. */
public final class PartFolder {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int TAIL_BYTES = 8_192;

    private final Path root;
    private final String id;

    PartFolder(Path root, String id) {
        this.root = root;
        this.id = id;
    }

    /** The part's id. */
    public String id() {
        return id;
    }

    /** Its data folder. */
    public Path data() {
        return root.resolve("data");
    }

    /** What its process prints. */
    public Path log() {
        return root.resolve("log.txt");
    }

    private Path processFile() {
        return root.resolve("process.json");
    }

    private Path pidFile() {
        return root.resolve("pid");
    }

    void create() throws IOException {
        Files.createDirectories(root);
    }

    /** Takes down which process it is now. */
    void record(PartProcess process) throws IOException {
        ClusterFolder.write(processFile(), MAPPER.writeValueAsString(process) + "\n");
        ClusterFolder.write(pidFile(), process.pid() + "\n");
    }

    /** It is no process any more. */
    void forget() throws IOException {
        Files.deleteIfExists(pidFile());
        Files.deleteIfExists(processFile());
    }

    /** The process that the folder names, if that very one is alive. */
    public Optional<PartProcess> livingProcess() {
        if (!Files.exists(processFile())) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(Files.readString(processFile()), PartProcess.class))
                    .filter(PartProcess::isAlive);
        } catch (IOException | JacksonException unreadable) {
            return Optional.empty();
        }
    }

    /** The last line that its process printed, empty when there is none. */
    String lastLine() {
        try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            file.seek(from);
            byte[] tail = new byte[(int) (file.length() - from)];
            file.readFully(tail);
            List<String> lines = new String(tail, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.isEmpty() ? "" : lines.getLast();
        } catch (IOException none) {
            return "";
        }
    }
}
