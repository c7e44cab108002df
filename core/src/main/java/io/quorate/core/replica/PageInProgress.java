package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Record;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanRequest;
import io.quorate.api.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A page that a scan fills. */
final class PageInProgress {
    /** A page ends when so many keys were looked at, be they there or gone. */
    static final int MAX_LOOKED_AT = 20_000;

    /** A page ends when so many bytes were looked at, be they asked for or not. */
    static final int MAX_BYTES_LOOKED_AT = 4 << 20;

    private static final int RECORD_BYTES = 64;

    private final ScanRequest request;
    private final long logTimeMillis;
    private final List<KeyedRecord> records = new ArrayList<>();
    private int count;
    private int lookedAt;
    private long bytes;
    private long bytesLookedAt;
    private long expiresMillis = Record.NEVER;

    PageInProgress(ScanRequest request, long logTimeMillis) {
        this.request = request;
        this.logTimeMillis = logTimeMillis;
    }

    boolean isFull() {
        return count >= request.limit()
                || bytes >= request.maxBytes()
                || lookedAt >= MAX_LOOKED_AT
                || bytesLookedAt >= MAX_BYTES_LOOKED_AT;
    }

    void look(Bytes key, Lookup state) {
        lookedAt++;
        bytesLookedAt += state instanceof Lookup.Found(Record found) ? bytes(key, found) : key.length();
        if (state instanceof Lookup.Found(Record record) && !record.expiredAt(logTimeMillis)) {
            count++;
            expiresMillis = Math.min(expiresMillis, record.expiresMillis());
            if (request.detail() != ScanDetail.COUNT) {
                add(key, request.detail() == ScanDetail.KEYS ? withoutValue(record) : record);
            }
        }
    }

    private void add(Bytes key, Record record) {
        records.add(new KeyedRecord(key, record));
        bytes += bytes(key, record);
    }

    /** The most that the record takes in an answer, about. */
    private static long bytes(Bytes key, Record record) {
        return key.length() + record.bytes() + RECORD_BYTES;
    }

    private static Record withoutValue(Record record) {
        Value nothing = new Value(Bytes.EMPTY, "", record.value().form());
        return new Record(nothing, record.revision(), record.modifiedMillis(), record.expiresMillis(), "");
    }

    ScannedPage end(Optional<Bytes> next) {
        return new ScannedPage(List.copyOf(records), count, next, expiresMillis);
    }
}
