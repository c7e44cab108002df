package io.quorate.server.store;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Version 1 of the file that says which keys a partition has: a {@link LineJournal} with a line for each key that came
 * or went.
 *
 * <p>A line is {@code +} or {@code -}, and the key in URL encoding. With it a file that somebody deleted is missed, and
 * one that somebody put into the folder is nobody's. Not thread-safe.
 */
final class KeyJournal {
    private static final Logger LOG = LoggerFactory.getLogger(KeyJournal.class);
    private static final String FORMAT = "quorate-keys 1";

    private final LineJournal journal;

    KeyJournal(Path folder, String name) {
        this.journal = new LineJournal(folder, name, FORMAT);
    }

    /** Makes the file, without keys. */
    void create() throws IOException {
        journal.rewrite(List.of());
    }

    /** The keys; lines that are damaged, such as one that was being written in a crash, are dropped. */
    NavigableSet<Bytes> read() throws IOException {
        NavigableSet<Bytes> keys = new TreeSet<>();
        if (!journal.read(line -> apply(line, keys))) {
            LOG.warn(
                    "{} had damaged lines, which were dropped: if keys are missing now, /pull brings them back",
                    journal.file());
            journal.rewrite(lines('+', keys));
        }
        return keys;
    }

    /** Notes keys that come and go, durably; {@code before} are those that there were. */
    void append(Collection<Bytes> come, Collection<Bytes> gone, Collection<Bytes> before) throws IOException {
        List<String> added = new ArrayList<>(lines('+', come));
        added.addAll(lines('-', gone));
        journal.append(added, before.size(), () -> lines('+', before));
    }

    /** Forgets all keys, durably. */
    void delete() throws IOException {
        journal.delete();
    }

    private static boolean apply(String line, NavigableSet<Bytes> keys) {
        try {
            Bytes key = JsonNames.decode(line.substring(1));
            switch (line.charAt(0)) {
                case '+' -> keys.add(key);
                case '-' -> keys.remove(key);
                default -> {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> lines(char change, Collection<Bytes> keys) {
        return keys.stream().map(key -> change + JsonNames.encode(key)).toList();
    }
}
