package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.wire.MalformedException;
import io.quorate.core.wire.RecordCodecV1;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Version 1 of the file that holds the idempotency keys of a partition: a {@link LineJournal} with a line for each that
 * came or went.
 *
 * <p>A line is {@code +}, the key in URL encoding, {@code =}, and the record as {@link RecordCodecV1} writes it in
 * Base64; or {@code -} and the key. Not thread-safe.
 */
final class RememberedJournal {
    private static final Logger LOG = LoggerFactory.getLogger(RememberedJournal.class);
    private static final String FORMAT = "quorate-remembered 1";

    private final LineJournal journal;

    RememberedJournal(Path folder, String name) {
        this.journal = new LineJournal(folder, name, FORMAT);
    }

    /** Makes the file, with nothing in it. */
    void create() throws IOException {
        journal.rewrite(List.of());
    }

    /** What is in it; lines that are damaged, such as one that was being written in a crash, are dropped. */
    NavigableMap<Bytes, Record> read() throws IOException {
        NavigableMap<Bytes, Record> records = new TreeMap<>();
        if (!journal.read(line -> apply(line, records))) {
            LOG.warn(
                    "{} had damaged lines, which were dropped: if idempotency keys are missing now, /pull brings them"
                            + " back",
                    journal.file());
            journal.rewrite(lines(records));
        }
        return records;
    }

    /** Notes what comes, changes and goes (empty), durably; {@code before} is what there was. */
    void append(Map<Bytes, Optional<Record>> changes, Map<Bytes, Record> before) throws IOException {
        List<String> added = new ArrayList<>();
        changes.forEach((key, record) -> {
            if (record.isPresent()) {
                added.add(put(key, record.get()));
            } else if (before.containsKey(key)) {
                added.add("-" + JsonNames.encode(key));
            }
        });
        journal.append(added, before.size(), () -> lines(before));
    }

    /** Forgets all, durably. */
    void delete() throws IOException {
        journal.delete();
    }

    private static boolean apply(String line, NavigableMap<Bytes, Record> records) {
        int split = line.indexOf('=');
        String encodedKey = line.substring(1, split < 0 ? line.length() : split);
        try {
            Bytes key = JsonNames.decode(encodedKey);
            if (line.charAt(0) == '-' && split < 0) {
                records.remove(key);
                return true;
            }
            if (line.charAt(0) != '+' || split < 0) {
                return false;
            }
            Bytes encoded = Bytes.wrap(Base64.getDecoder().decode(line.substring(split + 1)));
            records.put(key, RecordCodecV1.decode(encoded));
            return true;
        } catch (IllegalArgumentException | MalformedException e) {
            return false;
        }
    }

    private static Collection<String> lines(Map<Bytes, Record> records) {
        return records.entrySet().stream()
                .map(each -> put(each.getKey(), each.getValue()))
                .toList();
    }

    private static String put(Bytes key, Record record) {
        byte[] encoded = RecordCodecV1.encode(record).toArray();
        return "+" + JsonNames.encode(key) + "=" + Base64.getEncoder().encodeToString(encoded);
    }
}
