package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.LogRecord;
import java.nio.ByteBuffer;

/**
 * Version 1 of the form of a {@link LogRecord} in the shared log: version, kind, partition, then what the kind has.
 *
 * <p>It carries no checksum: the blocks of the log do. Thread-safe.
 */
public final class LogRecordCodecV1 {
    static final int VERSION = 1;

    private static final int ENTRY_WRITTEN = 1;
    private static final int TERM_RAISED = 2;
    private static final int REPLICA_CREATED = 3;
    private static final int REPLICA_DROPPED = 4;
    private static final int BASE_SET = 5;
    private static final int INITIAL_BYTES = 64;

    private LogRecordCodecV1() {}

    /** The record's encoding. */
    public static Bytes encode(LogRecord record) {
        ByteWriter writer = new ByteWriter(expectedBytes(record), WireLimits.MAX_ENCODED_BYTES);
        write(writer, record);
        return writer.toBytes();
    }

    /** Appends the record's encoding. */
    public static void write(ByteWriter writer, LogRecord record) {
        writer.u8(VERSION);
        switch (record) {
            case LogRecord.EntryWritten written -> {
                head(writer, ENTRY_WRITTEN, record);
                EntryCodecV1.write(writer, written.entry());
            }
            case LogRecord.TermRaised raised -> {
                head(writer, TERM_RAISED, record);
                writer.nonNegative(raised.term());
            }
            case LogRecord.ReplicaCreated created -> {
                head(writer, REPLICA_CREATED, record);
                writer.nonNegative(created.term());
                writer.nonNegative(created.generation());
            }
            case LogRecord.ReplicaDropped dropped -> {
                head(writer, REPLICA_DROPPED, record);
                writer.nonNegative(dropped.term());
                writer.nonNegative(dropped.generation());
            }
            case LogRecord.BaseSet base -> {
                head(writer, BASE_SET, record);
                writer.nonNegative(base.generation());
                ClusterCodecV1.writePosition(writer, base.base());
            }
        }
    }

    /** The record of which these bytes are the encoding. Throws {@link MalformedException}. */
    public static LogRecord decode(Bytes encoded) {
        return decode(new ByteReader(encoded));
    }

    /** The record that the buffer holds from its position to its limit. Throws {@link MalformedException}. */
    public static LogRecord decode(ByteBuffer encoded) {
        return decode(new ByteReader(encoded));
    }

    private static LogRecord decode(ByteReader reader) {
        reader.version("a record of the log", VERSION);
        int kind = reader.u8();
        int partition = ClusterCodecV1.readPartition(reader);
        LogRecord record = switch (kind) {
            case ENTRY_WRITTEN -> new LogRecord.EntryWritten(partition, EntryCodecV1.read(reader));
            case TERM_RAISED -> new LogRecord.TermRaised(partition, reader.nonNegative());
            case REPLICA_CREATED ->
                new LogRecord.ReplicaCreated(partition, reader.nonNegative(), reader.nonNegativeInt());
            case REPLICA_DROPPED ->
                new LogRecord.ReplicaDropped(partition, reader.nonNegative(), reader.nonNegativeInt());
            case BASE_SET -> readBase(reader, partition);
            default -> throw reader.unknown("kind of log record", kind);
        };
        reader.end();
        return record;
    }

    private static LogRecord readBase(ByteReader reader, int partition) {
        int generation = reader.nonNegativeInt();
        LogPosition base = ClusterCodecV1.readPosition(reader);
        return new LogRecord.BaseSet(partition, generation, base);
    }

    private static void head(ByteWriter writer, int kind, LogRecord record) {
        writer.u8(kind);
        ClusterCodecV1.writePartition(writer, record.partition());
    }

    private static int expectedBytes(LogRecord record) {
        return record instanceof LogRecord.EntryWritten written
                ? (int) Math.min(
                        INITIAL_BYTES + EntryCodecV1.upperBoundBytes(written.entry()), WireLimits.MAX_ENCODED_BYTES)
                : INITIAL_BYTES;
    }
}
