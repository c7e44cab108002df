package io.quorate.server.store;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes files so that a crash leaves the old content or the new. */
public final class DurableFiles {
    /** Ends the name of a file that is not finished. */
    static final String UNFINISHED = ".new";

    private DurableFiles() {}

    /** Writes new files, at most a few hundred, and returns when their content is on disk; their names need a sync. */
    static void writeAll(Map<Path, Bytes> contents) throws IOException {
        List<FileChannel> files = new ArrayList<>();
        try {
            // All are written before the first is synced: one commit of the file system then serves many.
            for (Map.Entry<Path, Bytes> each : contents.entrySet()) {
                FileChannel file = FileChannel.open(
                        each.getKey(),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                files.add(file);
                write(file, each.getValue());
            }
            for (FileChannel file : files) {
                file.force(true);
            }
        } finally {
            files.forEach(Closing::quietly);
        }
    }

    /** Replaces the content of a file in one step; the name needs a sync. */
    public static void replace(Path file, Bytes content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        writeAll(Map.of(unfinished, content));
        move(unfinished, file);
    }

    /** Appends to a file and returns when that is on disk. */
    static void append(Path file, Bytes content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            write(channel, content);
            channel.force(true);
        }
    }

    /** Moves within a file system in one step, over what is there. */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes names that came, went or changed in the folder durable. */
    public static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** What is in the folder, sorted. */
    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Deletes a folder with the files in it, if it is there. */
    static void deleteFolder(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path file : list(folder)) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private static void write(FileChannel file, Bytes content) throws IOException {
        ByteBuffer buffer = content.asBuffer();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
    }
}
