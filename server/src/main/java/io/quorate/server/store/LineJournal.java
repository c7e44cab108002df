package io.quorate.server.store;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A file of lines of ASCII text that grows at its end: a first line with the format, then the CRC32C of each line (8
 * hexadecimal digits) before the line itself. Not thread-safe.
 */
final class LineJournal {
    private static final int CRC_DIGITS = 8;
    private static final int MAX_IDLE_LINES = 1_000;
    private static final HexFormat HEX = HexFormat.of();

    private final Path folder;
    private final Path file;
    private final String head;
    private int lines;
    private boolean torn;

    /**
     * @param format the first line
     */
    LineJournal(Path folder, String name, String format) {
        this.folder = folder;
        this.file = folder.resolve(name);
        this.head = format + "\n";
    }

    Path file() {
        return file;
    }

    /**
     * Reads the lines in their order.
     *
     * @param line takes one; false when it makes no sense
     * @return whether all were whole and made sense; if not, the caller rewrites the file
     */
    boolean read(Predicate<String> line) throws IOException {
        if (!Files.exists(file)) {
            return true;
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<String> all = text.lines().toList();
        boolean whole = text.startsWith(head) && text.endsWith("\n");
        for (String each : all.subList(Math.min(1, all.size()), all.size())) {
            whole &= isWhole(each) && line.test(each.substring(CRC_DIGITS));
        }
        lines = all.size();
        return whole;
    }

    /**
     * Appends lines, durably.
     *
     * @param live how many lines {@code before} has
     * @param before lines that say what the file says already, for when it has become too long for that
     */
    void append(List<String> added, int live, Supplier<Collection<String>> before) throws IOException {
        if (added.isEmpty()) {
            return;
        }
        if (torn || lines > 2 * (live + added.size()) + MAX_IDLE_LINES) {
            rewrite(before.get());
        }
        StringBuilder text = new StringBuilder(lines == 0 ? head : "");
        added.forEach(line -> text.append(whole(line)));
        boolean isNew = !Files.exists(file);
        // What a full disk cut off would spoil the next line too.
        torn = true;
        DurableFiles.append(file, ascii(text));
        torn = false;
        if (isNew) {
            syncName();
        }
        lines += added.size() + (lines == 0 ? 1 : 0);
    }

    /** Replaces all lines, durably and in one step. */
    void rewrite(Collection<String> all) throws IOException {
        StringBuilder text = new StringBuilder(head);
        all.forEach(line -> text.append(whole(line)));
        DurableFiles.replace(file, ascii(text));
        syncName();
        lines = all.size() + 1;
        torn = false;
    }

    /** Deletes the file, durably. */
    void delete() throws IOException {
        if (Files.deleteIfExists(file)) {
            syncName();
        }
        lines = 0;
    }

    private void syncName() throws IOException {
        DurableFiles.syncFolder(folder);
    }

    private static boolean isWhole(String line) {
        return line.length() > CRC_DIGITS && line.startsWith(crc(line.substring(CRC_DIGITS)));
    }

    private static String whole(String line) {
        return crc(line) + line + "\n";
    }

    private static String crc(String line) {
        return HEX.toHexDigits(Checksum.of(ascii(line).asBuffer()));
    }

    private static Bytes ascii(CharSequence text) {
        return Bytes.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
