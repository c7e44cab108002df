package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;

/**
 * Version 1 of the form of a {@link Record} in stores and snapshots.
 *
 * <p>Version, head, revision (term, index), modified time, expiry and origin where the head says so, value. The head's
 * lowest bits are the value's. Equal records have equal encodings. Thread-safe.
 */
public final class RecordCodecV1 {
    static final int VERSION = 1;
    /** The fewest bytes of a record without version and revision. */
    static final int MIN_BODY_BYTES = 3;

    private static final int EXPIRES = 1 << 6;
    private static final int ORIGIN = 1 << 7;
    private static final int VALUE_HEAD = (1 << ValueCodecV1.HEAD_BITS) - 1;
    private static final int FIXED_BYTES = 64;

    private RecordCodecV1() {}

    /** The record's encoding. */
    public static Bytes encode(Record record) {
        ByteWriter writer = new ByteWriter(FIXED_BYTES + record.value().bytes().length(), WireLimits.MAX_ENCODED_BYTES);
        write(writer, record);
        return writer.toBytes();
    }

    /** The record of which these bytes are the encoding. Throws {@link MalformedException}. */
    public static Record decode(Bytes encoded) {
        ByteReader reader = new ByteReader(encoded);
        Record record = read(reader);
        reader.end();
        return record;
    }

    /** Appends the record's encoding, which tells its own end. */
    public static void write(ByteWriter writer, Record record) {
        writer.u8(VERSION);
        writer.nonNegative(record.revision().term());
        writer.nonNegative(record.revision().index());
        writeBody(writer, record, 0);
    }

    /** Reads one encoding and leaves what follows it. Throws {@link MalformedException}. */
    public static Record read(ByteReader reader) {
        reader.version("a record", VERSION);
        Revision revision = new Revision(reader.nonNegative(), reader.nonNegative());
        return readBody(reader, revision, 0);
    }

    /**
     * Appends the record without its version and its revision.
     *
     * @param baseMillis a time that the reader knows; the closer to the modified time, the shorter
     */
    static void writeBody(ByteWriter writer, Record record, long baseMillis) {
        boolean expires = record.expiresMillis() != Record.NEVER;
        boolean hasOrigin = !record.origin().isEmpty();
        int valueHead = ValueCodecV1.head(record.value());
        writer.u8(valueHead | (expires ? EXPIRES : 0) | (hasOrigin ? ORIGIN : 0));
        writer.zigzag(record.modifiedMillis() - baseMillis);
        if (expires) {
            writer.zigzag(record.expiresMillis() - record.modifiedMillis());
        }
        if (hasOrigin) {
            writer.text(record.origin(), WireLimits.MAX_NAME_BYTES);
        }
        ValueCodecV1.writeBody(writer, record.value(), valueHead);
    }

    static Record readBody(ByteReader reader, Revision revision, long baseMillis) {
        int head = reader.u8();
        if ((head & ~(EXPIRES | ORIGIN | VALUE_HEAD)) != 0) {
            throw reader.unknown("head of a record", head);
        }
        long modifiedMillis = baseMillis + reader.zigzag();
        long expiresMillis = (head & EXPIRES) == 0 ? Record.NEVER : modifiedMillis + reader.zigzag();
        String origin = (head & ORIGIN) == 0 ? "" : reader.text(WireLimits.MAX_NAME_BYTES);
        Value value = ValueCodecV1.readBody(reader, head & VALUE_HEAD);
        return new Record(value, revision, modifiedMillis, expiresMillis, origin);
    }
}
