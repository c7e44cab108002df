package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.RememberedIds;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of an entry, the same in the log and in an append.
 *
 * <p>Term, index, previous term and commit index as distances from them, log time, changes. A put has neither its
 * record's revision, which is the entry's (term, index), nor its full modified time, only the distance from log time.
 */
public final class EntryCodecV1 {
    /** The fewest bytes of an entry. */
    static final int MIN_BYTES = 6;

    private static final int PUT = 1;
    private static final int DELETE = 2;
    private static final int BARRIER = 3;
    private static final int CHECKSUM = 4;
    private static final int EXPIRE = 5;
    private static final int REMEMBER = 6;
    private static final int TIME = 7;
    private static final int RENEW = 8;

    private static final int MIN_CHANGE_BYTES = 1;
    private static final int MAX_VARINT_BYTES = 10;
    private static final int MAX_ENTRY_BYTES = 6 * MAX_VARINT_BYTES;
    private static final int MAX_CHANGE_BYTES = 5 * MAX_VARINT_BYTES;
    private static final int MAX_BYTES_PER_CHAR = 3;

    private EntryCodecV1() {}

    /** No fewer bytes than the entry's encoding has, and not many more; for batches that must stay below a limit. */
    public static long upperBoundBytes(Entry entry) {
        long bytes = MAX_ENTRY_BYTES;
        for (Change change : entry.changes()) {
            bytes += MAX_CHANGE_BYTES;
            bytes += switch (change) {
                case Change.Put put -> put.key().length() + upperBoundBytes(put.record());
                case Change.Delete delete -> delete.key().length();
                case Change.Expire expire -> expire.key().length();
                case Change.Remember remember -> remember.id().length() + upperBoundBytes(remember.record());
                case Change.Renew renew -> renew.id().length() + upperBoundBytes(renew.record());
                case Change.Barrier(), Change.Time() -> 0;
                case Change.Checksum checksum -> MAX_VARINT_BYTES;
            };
        }
        return bytes;
    }

    static void write(ByteWriter writer, Entry entry) {
        writer.nonNegative(entry.term());
        writer.nonNegative(entry.index());
        writer.below(entry.term(), entry.previousTerm());
        writer.zigzag(entry.logTimeMillis());
        writer.below(entry.index(), entry.commitIndex());
        List<Change> changes = entry.changes();
        writer.count(changes.size(), WireLimits.MAX_CHANGES);
        for (Change change : changes) {
            writeChange(writer, entry, change);
        }
    }

    static Entry read(ByteReader reader) {
        long term = reader.nonNegative();
        long index = reader.nonNegative();
        long previousTerm = reader.below(term);
        long logTimeMillis = reader.zigzag();
        long commitIndex = reader.below(index);
        int count = reader.count(WireLimits.MAX_CHANGES, MIN_CHANGE_BYTES);
        List<Change> changes = new ArrayList<>(count);
        Revision revision = new Revision(term, index);
        for (int i = 0; i < count; i++) {
            changes.add(readChange(reader, revision, logTimeMillis));
        }
        return new Entry(term, index, previousTerm, logTimeMillis, commitIndex, changes);
    }

    private static void writeChange(ByteWriter writer, Entry entry, Change change) {
        switch (change) {
            case Change.Put put -> {
                writer.u8(PUT);
                KeyCodecV1.write(writer, put.key());
                requireRevision(entry, put.record());
                RecordCodecV1.writeBody(writer, put.record(), entry.logTimeMillis());
            }
            case Change.Delete delete -> {
                writer.u8(DELETE);
                KeyCodecV1.write(writer, delete.key());
            }
            case Change.Expire expire -> {
                writer.u8(EXPIRE);
                SpaceCodecV1.write(writer, expire.space());
                KeyCodecV1.write(writer, expire.key());
            }
            case Change.Remember remember -> {
                writer.u8(REMEMBER);
                writeRemembered(writer, entry, remember.id(), remember.record());
            }
            case Change.Renew renew -> {
                writer.u8(RENEW);
                writeRemembered(writer, entry, renew.id(), renew.record());
            }
            case Change.Time() -> writer.u8(TIME);
            case Change.Barrier() -> writer.u8(BARRIER);
            case Change.Checksum checksum -> {
                writer.u8(CHECKSUM);
                writer.varint(checksum.comparison());
            }
        }
    }

    private static void writeRemembered(ByteWriter writer, Entry entry, Bytes id, Record record) {
        writer.bytes(id, RememberedIds.MAX_BYTES);
        requireRevision(entry, record);
        RecordCodecV1.writeBody(writer, record, entry.logTimeMillis());
    }

    private static Bytes readId(ByteReader reader) {
        Bytes id = reader.bytes(RememberedIds.MAX_BYTES);
        if (!RememberedIds.isValid(id)) {
            throw reader.malformed("an id of " + id.length() + " bytes");
        }
        return id;
    }

    private static Change readChange(ByteReader reader, Revision revision, long logTimeMillis) {
        int kind = reader.u8();
        return switch (kind) {
            case PUT ->
                new Change.Put(KeyCodecV1.read(reader), RecordCodecV1.readBody(reader, revision, logTimeMillis));
            case DELETE -> new Change.Delete(KeyCodecV1.read(reader));
            case EXPIRE -> new Change.Expire(SpaceCodecV1.read(reader), KeyCodecV1.read(reader));
            case REMEMBER ->
                new Change.Remember(readId(reader), RecordCodecV1.readBody(reader, revision, logTimeMillis));
            case RENEW -> new Change.Renew(readId(reader), RecordCodecV1.readBody(reader, revision, logTimeMillis));
            case TIME -> new Change.Time();
            case BARRIER -> new Change.Barrier();
            case CHECKSUM -> new Change.Checksum(reader.varint());
            default -> throw reader.unknown("kind of change", kind);
        };
    }

    private static void requireRevision(Entry entry, Record record) {
        Revision revision = record.revision();
        if (revision.term() != entry.term() || revision.index() != entry.index()) {
            throw new IllegalArgumentException(
                    "a record of revision " + revision + " in entry " + entry.term() + "-" + entry.index());
        }
    }

    private static long upperBoundBytes(Record record) {
        Value value = record.value();
        long chars = (long) value.contentType().length() + record.origin().length();
        return value.bytes().length() + chars * MAX_BYTES_PER_CHAR;
    }
}
