package io.quorate.server.store;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Version 1 of the file that says which keys a partition has: a first line with the format, then a line for each key
 * that came or went.
 *
 * <p>A line is the CRC32C of what follows it (8 hexadecimal digits), {@code +} or {@code -}, and the key in URL
 * encoding. With it a file that somebody deleted is missed, and one that somebody put into the folder is nobody's. Not
 * thread-safe.
 */
final class KeyJournal {
    private static final Logger LOG = LoggerFactory.getLogger(KeyJournal.class);
    private static final String HEAD = "quorate-keys 1\n";
    private static final int CRC_DIGITS = 8;
    private static final int MAX_IDLE_LINES = 1_000;
    private static final HexFormat HEX = HexFormat.of();

    private final Path folder;
    private final Path file;
    private int lines;
    private boolean torn;

    KeyJournal(Path folder, String name) {
        this.folder = folder;
        this.file = folder.resolve(name);
    }

    /** Makes the file, without keys. */
    void create() throws IOException {
        rewrite(List.of());
    }

    /** The keys; lines that are damaged, such as one that was being written in a crash, are dropped. */
    NavigableSet<Bytes> read() throws IOException {
        NavigableSet<Bytes> keys = new TreeSet<>();
        if (!Files.exists(file)) {
            return keys;
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<String> all = text.lines().toList();
        boolean whole = text.startsWith(HEAD) && text.endsWith("\n");
        for (String line : all.subList(Math.min(1, all.size()), all.size())) {
            whole &= apply(line, keys);
        }
        lines = all.size();
        if (!whole) {
            LOG.warn("{} had damaged lines, which were dropped: if keys are missing now, /pull brings them back", file);
            rewrite(keys);
        }
        return keys;
    }

    /** Notes keys that come and go, durably; {@code before} are those that there were. */
    void append(Collection<Bytes> come, Collection<Bytes> gone, Collection<Bytes> before) throws IOException {
        if (come.isEmpty() && gone.isEmpty()) {
            return;
        }
        if (torn || lines > 2 * (before.size() + come.size()) + MAX_IDLE_LINES) {
            rewrite(before);
        }
        StringBuilder text = new StringBuilder(lines == 0 ? HEAD : "");
        come.forEach(key -> text.append(line('+', key)));
        gone.forEach(key -> text.append(line('-', key)));
        boolean isNew = !Files.exists(file);
        // What a full disk cut off would spoil the next line too.
        torn = true;
        DurableFiles.append(file, ascii(text));
        torn = false;
        if (isNew) {
            syncName();
        }
        lines += come.size() + gone.size() + (lines == 0 ? 1 : 0);
    }

    /** Forgets all keys, durably. */
    void delete() throws IOException {
        if (Files.deleteIfExists(file)) {
            syncName();
        }
        lines = 0;
    }

    private void rewrite(Collection<Bytes> keys) throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        keys.forEach(key -> text.append(line('+', key)));
        DurableFiles.replace(file, ascii(text));
        syncName();
        lines = keys.size() + 1;
        torn = false;
    }

    private void syncName() throws IOException {
        DurableFiles.syncFolder(folder);
    }

    private static boolean apply(String line, NavigableSet<Bytes> keys) {
        if (line.length() <= CRC_DIGITS + 1 || !line.startsWith(crc(line.substring(CRC_DIGITS)))) {
            return false;
        }
        try {
            Bytes key = JsonNames.decode(line.substring(CRC_DIGITS + 1));
            switch (line.charAt(CRC_DIGITS)) {
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

    private static String line(char change, Bytes key) {
        String what = change + JsonNames.encode(key);
        return crc(what) + what + "\n";
    }

    private static String crc(String what) {
        return HEX.toHexDigits(Checksum.of(ascii(what).asBuffer()));
    }

    private static Bytes ascii(CharSequence text) {
        return Bytes.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
