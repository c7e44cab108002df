package io.quorate.cli.transfer;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Limits;
import io.quorate.api.WriteRequest;
import io.quorate.cli.transfer.RecordSource.Place;
import io.quorate.cli.transfer.RecordSource.Read;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Gathers records into batches, of different keys each, as the items of one are done at the same time. Not thread-safe.
 */
final class BatchSource {
    /** The most records of a batch. */
    static final int MAX_RECORDS = WriteRequest.MAX_COMMANDS;

    /** A batch has at most so many bytes of keys and values, or one record. */
    static final int MAX_BYTES = 1 << 20;

    /** So many lines or files are passed over before it is kept that they are. */
    private static final int MAX_PASSED = 10_000;

    private final RecordSource source;
    private final Bytes keyPrefix;
    private final boolean stopsAtMalformed;
    private final LongSupplier clockMillis;
    private final Consumer<String> notes;
    private Optional<Read> waiting = Optional.empty();
    private Place place;

    /** One record of a batch. */
    record Item(String where, KeyedRecord record) {}

    /**
     * A batch.
     *
     * @param items may be none
     * @param passed what was left out among them
     * @param after where the next batch begins
     * @param malformed what is no record, at which the import ends
     * @param isLast whether there is no further one
     */
    record Batch(List<Item> items, ImportCounts passed, Place after, Optional<String> malformed, boolean isLast) {}

    /**
     * @param begin where the source begins
     * @param notes is told what is left out because it is no record
     */
    BatchSource(RecordSource source, Place begin, ImportPlan plan, LongSupplier clockMillis, Consumer<String> notes) {
        this.source = source;
        this.place = begin;
        this.keyPrefix = Bytes.utf8(plan.keyPrefix());
        this.stopsAtMalformed = !plan.skipMalformed() && !plan.dryRun();
        this.clockMillis = clockMillis;
        this.notes = notes;
    }

    Batch next() throws IOException {
        List<Item> items = new ArrayList<>();
        Set<Bytes> keys = new HashSet<>();
        ImportCounts passed = ImportCounts.NONE;
        long bytes = 0;
        for (int lines = 0; items.size() < MAX_RECORDS && lines < MAX_PASSED; lines++) {
            Optional<Read> next = waiting.isPresent() ? waiting : source.next();
            waiting = Optional.empty();
            if (next.isEmpty()) {
                return new Batch(items, passed, place, Optional.empty(), true);
            }
            Read read = next.get();
            switch (prefixed(read.reading())) {
                case Reading.Nothing _ -> {}
                case Reading.Malformed(String why) -> {
                    String line = read.where() + ": " + why;
                    if (stopsAtMalformed) {
                        return new Batch(items, passed, place, Optional.of(line), true);
                    }
                    notes.accept(line);
                    passed = passed.plus(ImportCounts.MALFORMED);
                }
                case Reading.Found(KeyedRecord record)
                when record.record().expiredAt(clockMillis.getAsLong()) -> passed = passed.plus(ImportCounts.EXPIRED);
                case Reading.Found(KeyedRecord record) -> {
                    bytes += record.key().length()
                            + record.record().value().bytes().length();
                    if (!items.isEmpty() && (bytes > MAX_BYTES || keys.contains(record.key()))) {
                        waiting = next;
                        return new Batch(items, passed, place, Optional.empty(), false);
                    }
                    keys.add(record.key());
                    items.add(new Item(read.where(), record));
                }
            }
            place = read.after();
        }
        return new Batch(items, passed, place, Optional.empty(), false);
    }

    private Reading prefixed(Reading reading) {
        if (keyPrefix.isEmpty() || !(reading instanceof Reading.Found(KeyedRecord record))) {
            return reading;
        }
        byte[] key = new byte[keyPrefix.length() + record.key().length()];
        keyPrefix.copyTo(key, 0);
        record.key().copyTo(key, keyPrefix.length());
        return key.length > Limits.MAX_KEY_BYTES
                ? new Reading.Malformed(
                        "with its prefix the key has " + key.length + " bytes, more than " + Limits.MAX_KEY_BYTES)
                : new Reading.Found(new KeyedRecord(Bytes.wrap(key), record.record()));
    }
}
