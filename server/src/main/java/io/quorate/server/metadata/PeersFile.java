package io.quorate.server.metadata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file that says for which group of controllers a folder was created.
 *
 * <p>Text, so that a person can look: a line with the format's name and version, one with the group's name, one with
 * this controller's id, one for each controller (id, host, port), and the CRC32C of all before.
 */
final class PeersFile {
    private static final String NAME = "peers";
    private static final String FORMAT = "quorate-controllers ";
    private static final String VERSION = "1";
    private static final String CHECKSUM = "crc32c ";
    private static final int MAX_BYTES = 16 << 10;

    private PeersFile() {}

    /** What a folder was created for. */
    record Membership(String groupName, String controllerId, List<ControllerPeer> peers) {
        Membership {
            peers = List.copyOf(peers);
        }

        static Membership of(MetadataLogSettings settings) {
            return new Membership(settings.groupName(), settings.controllerId(), settings.peers());
        }
    }

    static Path in(Path folder) {
        return folder.resolve(NAME);
    }

    static String encode(Membership membership) {
        StringBuilder text = new StringBuilder();
        text.append(FORMAT).append(VERSION).append('\n');
        text.append("group ").append(membership.groupName()).append('\n');
        text.append("self ").append(membership.controllerId()).append('\n');
        for (ControllerPeer peer : membership.peers()) {
            text.append("controller ").append(peer.id()).append(' ');
            text.append(peer.host()).append(' ').append(peer.port()).append('\n');
        }
        String checksum = checksum(text.toString());
        return text.append(CHECKSUM).append(checksum).append('\n').toString();
    }

    static void write(Path folder, Membership membership) throws IOException {
        Path file = in(folder);
        Path unfinished = file.resolveSibling(NAME + ".unfinished");
        try (FileChannel out = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer content = ByteBuffer.wrap(encode(membership).getBytes(StandardCharsets.UTF_8));
            while (content.hasRemaining()) {
                out.write(content);
            }
            out.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** What the folder was created for; empty when it has no such file. */
    static Optional<Membership> read(Path folder) throws IOException, MetadataLogRefused {
        Path file = in(folder);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MAX_BYTES) {
            throw damaged(file);
        }
        return Optional.of(decode(file, Files.readString(file, StandardCharsets.UTF_8)));
    }

    private static Membership decode(Path file, String text) throws MetadataLogRefused {
        List<String> lines = text.lines().toList();
        if (!lines.isEmpty() && lines.getFirst().startsWith(FORMAT)) {
            String version = lines.getFirst().substring(FORMAT.length());
            if (!version.equals(VERSION)) {
                throw new MetadataLogRefused("File " + file + " has format version " + version
                        + ", this program reads version " + VERSION + ": start the version that wrote it");
            }
        }
        int end = text.lastIndexOf(CHECKSUM);
        if (lines.size() < 5
                || end < 0
                || !text.substring(end).strip().equals(CHECKSUM + checksum(text.substring(0, end)))) {
            throw damaged(file);
        }
        return parse(file, lines);
    }

    private static Membership parse(Path file, List<String> lines) throws MetadataLogRefused {
        List<ControllerPeer> peers = new ArrayList<>();
        try {
            for (String line : lines.subList(3, lines.size() - 1)) {
                List<String> words = List.of(line.split(" ", -1));
                peers.add(new ControllerPeer(words.get(1), words.get(2), Integer.parseInt(words.get(3))));
            }
            return new Membership(
                    lines.get(1).substring("group ".length()), lines.get(2).substring("self ".length()), peers);
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            throw damaged(file);
        }
    }

    private static MetadataLogRefused damaged(Path file) {
        return new MetadataLogRefused("File " + file + " is damaged, so it is unknown for which controllers this folder"
                + " was created; nothing was changed: restore the folder from a copy");
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
