package io.quorate.server.wiring;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;

/** The file that keeps an {@link Identity}: lines {@code name=value}, the last of which is a checksum of the others. */
final class IdentityFile {
    private static final String VERSION = "1";

    private final Path file;

    IdentityFile(Path file) {
        this.file = file;
    }

    /** What the file says; empty when there is none. */
    Optional<Identity> read() throws StartRefusedException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(Files.readAllLines(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    private Identity parse(List<String> lines) throws StartRefusedException {
        Map<String, String> values = new TreeMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        String version = values.getOrDefault("format", "");
        if (!version.equals(VERSION)) {
            throw new StartRefusedException("The data folder of " + file + " has format " + version
                    + ", this release knows format " + VERSION + ": start the release that wrote it.");
        }
        if (!checksum(lines.subList(0, lines.size() - 1)).equals(values.get("checksum"))) {
            throw new IllegalArgumentException("the checksum does not fit");
        }
        return new Identity(
                required(values, "worker"),
                UUID.fromString(required(values, "disk")),
                Long.parseLong(required(values, "incarnation")),
                Optional.ofNullable(values.get("cluster")).map(UUID::fromString),
                StorageKind.valueOf(required(values, "storage").toUpperCase(Locale.ROOT)));
    }

    private static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }

    private StartRefusedException damaged(Exception cause) {
        return new StartRefusedException(
                "The file " + file + " is damaged (" + cause.getMessage()
                        + "): move the data folder away; the worker then starts empty and is given its data again.",
                cause);
    }

    /** Replaces the file; durable on return. */
    void write(Identity identity) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("format=" + VERSION);
        lines.add("worker=" + identity.worker());
        lines.add("disk=" + identity.disk());
        lines.add("incarnation=" + identity.incarnation());
        identity.cluster().ifPresent(cluster -> lines.add("cluster=" + cluster));
        lines.add("storage=" + identity.storage().name().toLowerCase(Locale.ROOT));
        lines.add("checksum=" + checksum(lines));
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(temporary, lines);
        sync(temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        sync(file.toAbsolutePath().getParent());
    }

    static void sync(@org.jspecify.annotations.Nullable Path path) throws IOException {
        if (path != null) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static String checksum(List<String> lines) {
        CRC32C crc = new CRC32C();
        lines.forEach(line -> crc.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
        return "%08x".formatted(crc.getValue());
    }
}
