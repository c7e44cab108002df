package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.LogRecord;
import io.quorate.core.wire.KeyRecordsV1.KeyRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Hand-made records, snapshot pieces and log records of every kind; their bytes are golden. */
final class Samples {
    static final Member W1 = new Member("w1", UUID.fromString("11111111-2222-3333-4444-555555555555"));
    static final Member W2 = new Member("w2", UUID.fromString("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"));
    static final Member W3 = new Member("w3", UUID.fromString("00000000-0000-0001-8000-000000000002"));
    static final long TIME = 1_790_000_000_000L;
    static final Revision REVISION = new Revision(7, 300);
    static final Record JSON = new Record(Value.json("hello"), REVISION, TIME, Record.NEVER, "");

    private Samples() {}

    static Map<String, Record> records() {
        Map<String, Record> samples = new LinkedHashMap<>();
        samples.put("json", JSON);
        samples.put("expires", new Record(Value.json("x"), REVISION, TIME, TIME + 60_000, ""));
        samples.put("origin", new Record(Value.json("x"), REVISION, TIME, Record.NEVER, "eu-west"));
        samples.put("all", new Record(raw("image/png"), Revision.NONE, -1, 0, "überall"));
        samples.put("raw-octets", raw(Value.OCTET_STREAM, 3));
        samples.put("raw-json", raw("application/json", 3));
        samples.put("raw-text", raw("text/plain", 3));
        samples.put("raw-text-utf8", raw("text/plain; charset=utf-8", 3));
        samples.put("raw-text-utf8-tight", raw("text/plain;charset=utf-8", 3));
        samples.put("raw-html", raw("text/html", 3));
        samples.put("raw-no-type", raw("", 0));
        samples.put(
                "json-with-type",
                new Record(
                        new Value(Bytes.utf8("1"), "application/json", ValueForm.JSON),
                        new Revision(Long.MAX_VALUE, Long.MAX_VALUE),
                        Long.MIN_VALUE,
                        Long.MIN_VALUE,
                        ""));
        return samples;
    }

    static Map<String, List<KeyRecord>> pieces() {
        Map<String, List<KeyRecord>> samples = new LinkedHashMap<>();
        samples.put("empty", List.of());
        samples.put("two", List.of(new KeyRecord(Bytes.utf8("a"), JSON), new KeyRecord(Bytes.utf8("b"), JSON)));
        return samples;
    }

    static Map<String, LogRecord> logRecords() {
        Map<String, LogRecord> samples = new LinkedHashMap<>();
        samples.put("entry", new LogRecord.EntryWritten(63, entry()));
        samples.put("entry-empty", new LogRecord.EntryWritten(0, new Entry(1, 1, 0, 0, 0, List.of())));
        samples.put("term-raised", new LogRecord.TermRaised(16_383, 9));
        samples.put("replica-created", new LogRecord.ReplicaCreated(5, 2, 3));
        samples.put("replica-dropped", new LogRecord.ReplicaDropped(5, 4, 2));
        samples.put("base-set", new LogRecord.BaseSet(5, 4, new LogPosition(8, 1_000_000)));
        return samples;
    }

    /** An entry with every kind of change. */
    static Entry entry() {
        Record replicated = new Record(raw("image/png"), REVISION, TIME - 5_000, TIME + 1_000, "eu-west");
        return new Entry(
                REVISION.term(),
                REVISION.index(),
                6,
                TIME,
                298,
                List.of(
                        new Change.Barrier(),
                        new Change.Put(Bytes.utf8("key"), JSON),
                        new Change.Put(Bytes.utf8("kéy"), replicated),
                        new Change.Delete(Bytes.copyOf(new byte[] {0, -1})),
                        new Change.Checksum(-2)));
    }

    static Value raw(String contentType) {
        return Value.raw(Bytes.copyOf(new byte[] {0, 127, -128}), contentType);
    }

    private static Record raw(String contentType, int length) {
        Value value = Value.raw(Bytes.copyOf(new byte[] {1, 2, 3}, 0, length), contentType);
        return new Record(value, REVISION, TIME, Record.NEVER, "");
    }
}
