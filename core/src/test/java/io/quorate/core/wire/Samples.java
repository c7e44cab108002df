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
import io.quorate.core.log.Remembered;
import io.quorate.core.log.Remembered.End;
import io.quorate.core.log.RememberedIds;
import io.quorate.core.log.SessionState;
import io.quorate.core.log.Space;
import io.quorate.core.wire.KeyRecordsV1.KeyRecord;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Hand-made records, snapshot pieces and log records of every kind; their bytes are golden. */
final class Samples {
    static final Member W1 = new Member("w1", UUID.fromString("11111111-2222-3333-4444-555555555555"));
    static final Member W2 = new Member("w2", UUID.fromString("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"));
    static final Member W3 = new Member("w3", UUID.fromString("00000000-0000-0001-8000-000000000002"));
    static final long TIME = 1_790_000_000_000L;
    static final Revision REVISION = new Revision(7, 300);
    static final Record JSON = new Record(Value.json("hello"), REVISION, TIME, Record.NEVER, "");

    static final Bytes ID = Bytes.wrap(HexFormat.of().parseHex("00112233445566778899aabbccddeeff"));
    static final Bytes OTHER_ID = Bytes.wrap(HexFormat.of().parseHex("ffeeddccbbaa99887766554433221100"));
    private static final Remembered APPLIED =
            new Remembered(0x0123456789ABCDEFL, End.APPLIED, REVISION, false, Optional.empty());

    private static final SessionState TWO_WRITES = SessionState.NEW
            .from(7)
            .with(7, APPLIED)
            .with(262, new Remembered(7, End.APPLIED, REVISION, true, Optional.of(Bytes.utf8("-42"))));

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
        samples.put(
                "two",
                List.of(
                        new KeyRecord(Space.KEYS, Bytes.utf8("a"), JSON),
                        new KeyRecord(Space.KEYS, Bytes.utf8("b"), JSON)));
        samples.put(
                "spaces",
                List.of(
                        new KeyRecord(Space.KEYS, Bytes.utf8("a"), JSON),
                        new KeyRecord(Space.REMEMBERED, ID, remembering())));
        return samples;
    }

    static Map<String, LogRecord> logRecords() {
        Map<String, LogRecord> samples = new LinkedHashMap<>();
        samples.put("entry", new LogRecord.EntryWritten(63, entry()));
        samples.put("entry-session", new LogRecord.EntryWritten(63, sessionEntry()));
        samples.put("entry-empty", new LogRecord.EntryWritten(0, new Entry(1, 1, 0, 0, 0, List.of())));
        samples.put("term-raised", new LogRecord.TermRaised(16_383, 9));
        samples.put("replica-created", new LogRecord.ReplicaCreated(5, 2, 3));
        samples.put("replica-dropped", new LogRecord.ReplicaDropped(5, 4, 2));
        samples.put("base-set", new LogRecord.BaseSet(5, 4, new LogPosition(8, 1_000_000)));
        return samples;
    }

    static Map<String, Remembered> remembered() {
        Map<String, Remembered> samples = new LinkedHashMap<>();
        samples.put("applied", APPLIED);
        samples.put("replaced", new Remembered(-1, End.APPLIED, REVISION, true, Optional.empty()));
        samples.put("condition-failed", new Remembered(0, End.CONDITION_FAILED, REVISION, true, Optional.empty()));
        samples.put(
                "condition-failed-missing",
                new Remembered(7, End.CONDITION_FAILED, Revision.NONE, true, Optional.empty()));
        samples.put("item-failed", new Remembered(7, End.CONDITION_FAILED, REVISION, 127, true, Optional.empty()));
        samples.put("not-an-integer", new Remembered(7, End.NOT_AN_INTEGER, Revision.NONE, true, Optional.empty()));
        samples.put("result", new Remembered(7, End.APPLIED, REVISION, true, Optional.of(Bytes.utf8("-42"))));
        samples.put("result-empty", new Remembered(7, End.APPLIED, REVISION, false, Optional.of(Bytes.EMPTY)));
        return samples;
    }

    static Map<String, SessionState> sessions() {
        Map<String, SessionState> samples = new LinkedHashMap<>();
        samples.put("new", SessionState.NEW);
        samples.put("forgotten", SessionState.NEW.from(1_000));
        samples.put("two", TWO_WRITES);
        return samples;
    }

    /** The record of an idempotency key. */
    private static Record remembering() {
        return new Record(Value.raw(RememberedCodecV1.encode(APPLIED), ""), REVISION, TIME, TIME + 600_000, "");
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
                        new Change.Checksum(-2),
                        new Change.Expire(Space.KEYS, Bytes.utf8("old")),
                        new Change.Expire(Space.REMEMBERED, ID),
                        new Change.Remember(OTHER_ID, remembering()),
                        new Change.Time()));
    }

    /** An entry with what is logged of sessions. */
    private static Entry sessionEntry() {
        Record state =
                new Record(Value.raw(SessionStateCodecV1.encode(TWO_WRITES), ""), REVISION, TIME, TIME + 60_000, "");
        return new Entry(
                REVISION.term(),
                REVISION.index(),
                7,
                TIME,
                299,
                List.of(
                        new Change.Remember(RememberedIds.ofSession(REVISION), state),
                        new Change.Renew(RememberedIds.ofSession(new Revision(1, 2)), state)));
    }

    static Value raw(String contentType) {
        return Value.raw(Bytes.copyOf(new byte[] {0, 127, -128}), contentType);
    }

    private static Record raw(String contentType, int length) {
        Value value = Value.raw(Bytes.copyOf(new byte[] {1, 2, 3}, 0, length), contentType);
        return new Record(value, REVISION, TIME, Record.NEVER, "");
    }
}
