package io.quorate.acceptance.torture;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.cluster.ClusterFolder;
import io.quorate.cli.cluster.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Removes what runs that were killed have left: processes, namespaces, mounts, and the data in the folder. */
final class Leftovers {
    private static final Path MOUNTS = Path.of("/proc/mounts");
    private static final Path NAMESPACES = Path.of("/var/run/netns");
    private static final Path INTERFACES = Path.of("/sys/class/net");
    private static final String MARK = "torture.run";
    private static final String ENDED = "ended";
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private Leftovers() {}

    /** Removes what the earlier runs have left, and makes the folder this run's own. */
    static void remove(Path folder) {
        try {
            if (Files.exists(folder.resolve(MARK))) {
                refuseIfInUse(folder);
                endProcesses(folder);
            }
            if (SystemCommand.isRoot()) {
                removeNamespaces();
                removeInterfaces();
                unmount();
            }
            emptied(folder);
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(MARK), ProcessHandle.current().pid() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The run has left nothing but its folder. */
    static void none(Path folder) {
        try {
            Files.writeString(folder.resolve(MARK), ENDED + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuseIfInUse(Path folder) throws IOException {
        String owner = Files.readString(folder.resolve(MARK)).strip();
        if (!owner.equals(ENDED) && !new RunTag(Long.parseLong(owner)).isOver()) {
            throw new IllegalStateException("Process " + owner + " runs in " + folder
                    + ": wait for its end, or name another folder with --data.");
        }
    }

    private static void endProcesses(Path folder) throws IOException {
        ClusterFolder cluster = new ClusterFolder(folder);
        for (Path part : children(folder)) {
            cluster.part(String.valueOf(part.getFileName())).livingProcess().ifPresent(process -> {
                try {
                    Signals.send(process, Signals.Signal.KILL);
                } catch (CommandRefusedException ended) {
                    return;
                }
                Signals.awaitEnd(process, END_LIMIT);
            });
        }
    }

    /** Whoever runs in a namespace of a run was started by that run. */
    private static void removeNamespaces() throws IOException {
        for (Path each : Files.isDirectory(NAMESPACES) ? children(NAMESPACES) : List.<Path>of()) {
            String name = String.valueOf(each.getFileName());
            if (RunTag.in(name).filter(RunTag::isOver).isPresent()) {
                SystemCommand.run("ip", "netns", "pids", name)
                        .output()
                        .lines()
                        .forEach(pid -> SystemCommand.run("/bin/sh", "-c", "kill -KILL " + pid));
                SystemCommand.run("ip", "netns", "del", name);
            }
        }
    }

    private static void removeInterfaces() throws IOException {
        for (Path each : Files.isDirectory(INTERFACES) ? children(INTERFACES) : List.<Path>of()) {
            String name = String.valueOf(each.getFileName());
            if (RunTag.in(name).filter(RunTag::isOver).isPresent()) {
                SystemCommand.run("ip", "link", "del", name);
            }
        }
    }

    private static void unmount() throws IOException {
        for (String line : Files.readAllLines(MOUNTS)) {
            String[] words = line.split(" ", -1);
            if (RunTag.in(words[0]).filter(RunTag::isOver).isPresent()) {
                SystemCommand.run("umount", "-l", words[1].replace("\\040", " "));
            }
        }
    }

    /** Only a folder that a run made is emptied. */
    private static void emptied(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || children(folder).isEmpty()) {
            return;
        }
        if (!Files.exists(folder.resolve(MARK))) {
            throw new IllegalStateException(
                    folder + " holds something that is not of a torture run: name another folder with --data.");
        }
        deleteAllIn(folder);
    }

    /** Deletes everything in a folder, and leaves the folder. */
    static void deleteAllIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @org.jspecify.annotations.Nullable IOException e)
                    throws IOException {
                if (e != null) {
                    throw e;
                }
                if (!visited.equals(folder)) {
                    Files.delete(visited);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}
