package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.ItemResult;
import io.quorate.api.Record;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.LogRecord;
import java.util.List;

/** Estimates of what entries and records take in memory, in bytes. */
final class EntrySizes {
    private static final int OBJECT_BYTES = 96;

    private EntrySizes() {}

    static int of(LogRecord record) {
        return record instanceof LogRecord.EntryWritten written ? of(written.entry()) : OBJECT_BYTES;
    }

    static int of(Entry entry) {
        int sum = OBJECT_BYTES;
        for (Change change : entry.changes()) {
            sum += of(change);
        }
        return sum;
    }

    static int of(Change change) {
        return switch (change) {
            case Change.Put put -> of(put.key(), put.record());
            case Change.Delete delete -> OBJECT_BYTES + delete.key().length();
            case Change.Expire expire -> OBJECT_BYTES + expire.key().length();
            case Change.Remember remember -> of(remember.id(), remember.record());
            case Change.Renew renew -> of(renew.id(), renew.record());
            case Change.Barrier _, Change.Checksum _, Change.Time _ -> OBJECT_BYTES;
        };
    }

    /** Of what the commands of a write tell. */
    static long ofResults(List<ItemResult> items) {
        return items.stream()
                .flatMap(item -> item.found().stream())
                .mapToLong(record -> of(Bytes.EMPTY, record))
                .sum();
    }

    static int of(Bytes key, Record record) {
        return OBJECT_BYTES + key.length() + record.value().bytes().length();
    }
}
