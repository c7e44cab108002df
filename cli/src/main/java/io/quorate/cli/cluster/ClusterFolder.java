package io.quorate.cli.cluster;

import io.quorate.cli.CommandRefusedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The folder of a cluster that was started with {@code up}: {@code cluster.json} and a folder for each part. */
public final class ClusterFolder {
    private static final int FORMAT = 1;
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path root;

    public ClusterFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** The folder itself. */
    public Path root() {
        return root;
    }

    /** The folder of a part. */
    public PartFolder part(String id) {
        return new PartFolder(root.resolve(id), id);
    }

    /** The file through which a running {@code up} is reached. */
    public Path controlFile() {
        return root.resolve("control.json");
    }

    /** The log of {@code up} and of the parts that run in its process. */
    public Path logFile() {
        return root.resolve("log.txt");
    }

    /** What the cluster consists of; empty when there is none here. */
    public Optional<ClusterPlan> plan() throws CommandRefusedException {
        Path file = planFile();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode document = MAPPER.readTree(Files.readString(file));
            int format = document.path("format").asInt(0);
            if (format != FORMAT) {
                throw new CommandRefusedException(file + " has format " + format + ", this release knows format "
                        + FORMAT + ": use the release that wrote it, or another folder with --data.");
            }
            ObjectNode members = ((ObjectNode) document).deepCopy();
            members.remove("format");
            return Optional.of(MAPPER.treeToValue(members, ClusterPlan.class));
        } catch (IOException | JacksonException | ClassCastException e) {
            throw new CommandRefusedException(file + " cannot be read (" + e.getMessage()
                    + "): restore it from a copy, or use another folder with --data.");
        }
    }

    /** The plan of the cluster here; refused when there is none. */
    public ClusterPlan existingPlan() throws CommandRefusedException {
        return plan().orElseThrow(() -> new CommandRefusedException(
                "There is no cluster in " + root + ": start one with 'quorate up', or name its folder with --data."));
    }

    /** Keeps the plan. */
    void save(ClusterPlan plan) throws IOException {
        ObjectNode document = MAPPER.createObjectNode().put("format", FORMAT);
        document.setAll((ObjectNode) MAPPER.valueToTree(plan));
        write(planFile(), MAPPER.writeValueAsString(document) + "\n");
    }

    private Path planFile() {
        return root.resolve("cluster.json");
    }

    /** Replaces the file as a whole; on disk on return. */
    static void write(Path file, String content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(unfinished, content);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Keeps a second {@code up} out until closed, within this process too. */
    Hold hold() throws CommandRefusedException {
        // Asked before the file is opened: closing a second channel would end the first one's lock.
        if (!HELD_HERE.add(root)) {
            throw taken();
        }
        boolean held = false;
        try {
            Files.createDirectories(root);
            FileChannel channel =
                    FileChannel.open(root.resolve("up.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw taken();
            }
            held = true;
            return new Hold(root, channel);
        } catch (IOException e) {
            throw new CommandRefusedException(
                    "Cannot use the folder " + root + " (" + e + "): choose another with --data.");
        } finally {
            if (!held) {
                HELD_HERE.remove(root);
            }
        }
    }

    private CommandRefusedException taken() {
        return new CommandRefusedException("A cluster runs from " + root
                + " already: end it with 'quorate down', or start another one with --data and --port.");
    }

    /** The folder while it is held. */
    record Hold(Path root, FileChannel channel) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
            HELD_HERE.remove(root);
        }
    }
}
