package io.quorate.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where a JSON store keeps what, version 1.
 *
 * @param root the files of keys, for people to look at
 * @param bookkeeping what else the store needs
 * @param replicas {@code <partition>}: the replica's meta
 * @param journals {@code <partition>}: which keys it has
 * @param remembered {@code <partition>}: its idempotency keys with their records
 * @param written files of keys before they get their name; emptied at the start
 * @param staged {@code <partition>-<number>/}: snapshots that are not complete; emptied at the start
 * @param installing {@code <partition>/}: a snapshot that is the replica's state, but not moved to its place yet
 * @param views links to files that snapshots on their way out still need; emptied at the start
 */
record JsonFolders(
        Path root,
        Path bookkeeping,
        Path replicas,
        Path journals,
        Path remembered,
        Path written,
        Path staged,
        Path installing,
        Path views) {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,4}");

    static JsonFolders in(Path root) {
        Path bookkeeping = root.resolve(".quorate");
        return new JsonFolders(
                root,
                bookkeeping,
                bookkeeping.resolve("replicas"),
                bookkeeping.resolve("journals"),
                bookkeeping.resolve("remembered"),
                bookkeeping.resolve("written"),
                bookkeeping.resolve("staged"),
                bookkeeping.resolve("installing"),
                bookkeeping.resolve("views"));
    }

    Path lock() {
        return bookkeeping.resolve("store.lock");
    }

    Path format() {
        return bookkeeping.resolve("store.format");
    }

    Path replica(int partition) {
        return replicas.resolve(Integer.toString(partition));
    }

    KeyJournal journal(int partition) {
        return new KeyJournal(journals, Integer.toString(partition));
    }

    RememberedJournal rememberedJournal(int partition) {
        return new RememberedJournal(remembered, Integer.toString(partition));
    }

    Path installing(int partition) {
        return installing.resolve(Integer.toString(partition));
    }

    /** What in one of the folders has a partition's number for a name. */
    static SortedMap<Integer, Path> numbered(Path folder) throws IOException {
        SortedMap<Integer, Path> numbered = new TreeMap<>();
        for (Path file : DurableFiles.list(folder)) {
            String name = String.valueOf(file.getFileName());
            if (NUMBER.matcher(name).matches()) {
                numbered.put(Integer.valueOf(name), file);
            }
        }
        return numbered;
    }

    private List<Path> all() {
        return List.of(root, bookkeeping, replicas, journals, remembered, written, staged, installing, views);
    }

    /** Makes the folders. */
    void create() throws IOException {
        for (Path folder : all()) {
            Files.createDirectories(folder);
        }
        DurableFiles.syncFolder(bookkeeping);
        DurableFiles.syncFolder(root);
    }

    /** Removes what only a running store needs. */
    void clean() throws IOException {
        for (Path folder : List.of(staged, views)) {
            for (Path each : DurableFiles.list(folder)) {
                DurableFiles.deleteFolder(each);
            }
        }
        for (Path file : DurableFiles.list(written)) {
            Files.delete(file);
        }
        for (Path folder : List.of(bookkeeping, replicas, journals, remembered)) {
            for (Path file : DurableFiles.list(folder)) {
                if (file.toString().endsWith(DurableFiles.UNFINISHED)) {
                    Files.delete(file);
                }
            }
        }
    }
}
