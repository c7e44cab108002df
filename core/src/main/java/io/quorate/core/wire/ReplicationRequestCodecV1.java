package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.log.Entry;
import io.quorate.core.message.Replication;
import java.util.List;

/** The form of replication's requests: kind, partition, term, leader, then what the kind has. */
final class ReplicationRequestCodecV1 {
    private static final int APPEND = 1;
    private static final int LEASE_REQUEST = 2;
    private static final int SNAPSHOT_CHUNK = 3;
    private static final int CHECKSUM_WANTED = 4;
    private static final int REPAIR_WANTED = 5;
    private static final int TRACE = 6;

    private static final int MIN_BYTES = 5;

    private ReplicationRequestCodecV1() {}

    static void write(ByteWriter writer, List<Replication.Request> requests) {
        MembersV1.Sink members = new MembersV1.Sink();
        writer.list(requests, WireLimits.MAX_BATCH, (into, request) -> writeRequest(into, request, members));
    }

    static List<Replication.Request> read(ByteReader reader) {
        MembersV1.Source members = new MembersV1.Source();
        return reader.list(WireLimits.MAX_BATCH, MIN_BYTES, from -> readRequest(from, members));
    }

    private static void writeRequest(ByteWriter writer, Replication.Request request, MembersV1.Sink members) {
        switch (request) {
            case Replication.Append append -> {
                head(writer, APPEND, request, members);
                writeAppend(writer, append);
            }
            case Replication.LeaseRequest lease -> {
                head(writer, LEASE_REQUEST, request, members);
                writer.fixed64(lease.sentNanos());
            }
            case Replication.SnapshotChunk chunk -> {
                head(writer, SNAPSHOT_CHUNK, request, members);
                writeChunk(writer, chunk);
            }
            case Replication.ChecksumWanted wanted -> {
                head(writer, CHECKSUM_WANTED, request, members);
                writer.varint(wanted.comparison());
            }
            case Replication.RepairWanted wanted -> {
                head(writer, REPAIR_WANTED, request, members);
                writer.nonNegative(wanted.atLeastIndex());
            }
            case Replication.Trace trace -> {
                head(writer, TRACE, request, members);
                writer.nonNegative(trace.index());
            }
        }
    }

    private static Replication.Request readRequest(ByteReader reader, MembersV1.Source members) {
        int kind = reader.u8();
        int partition = ClusterCodecV1.readPartition(reader);
        long term = reader.nonNegative();
        Member leader = members.read(reader);
        return switch (kind) {
            case APPEND -> readAppend(reader, partition, term, leader);
            case LEASE_REQUEST -> new Replication.LeaseRequest(partition, term, leader, reader.fixed64());
            case SNAPSHOT_CHUNK -> readChunk(reader, partition, term, leader);
            case CHECKSUM_WANTED -> new Replication.ChecksumWanted(partition, term, leader, reader.varint());
            case TRACE -> new Replication.Trace(partition, term, leader, reader.nonNegative());
            case REPAIR_WANTED -> new Replication.RepairWanted(partition, term, leader, reader.nonNegative());
            default -> throw reader.unknown("kind of replication request", kind);
        };
    }

    private static void writeAppend(ByteWriter writer, Replication.Append append) {
        ClusterCodecV1.writePosition(writer, append.previous());
        writer.below(append.previous().index(), append.commitIndex());
        writer.list(append.entries(), WireLimits.MAX_ENTRIES, EntryCodecV1::write);
    }

    private static Replication.Request readAppend(ByteReader reader, int partition, long term, Member leader) {
        LogPosition previous = ClusterCodecV1.readPosition(reader);
        long commitIndex = reader.below(previous.index());
        List<Entry> entries = reader.list(WireLimits.MAX_ENTRIES, EntryCodecV1.MIN_BYTES, EntryCodecV1::read);
        return new Replication.Append(partition, term, leader, previous, commitIndex, entries);
    }

    private static void writeChunk(ByteWriter writer, Replication.SnapshotChunk chunk) {
        writer.varint(chunk.transfer());
        ClusterCodecV1.writePosition(writer, chunk.position());
        writer.zigzag(chunk.logTimeMillis());
        writer.nonNegative(chunk.remembered());
        writer.nonNegative(chunk.sequence());
        writer.flag(chunk.last());
        writer.flag(chunk.forced());
        writer.bytes(chunk.data(), WireLimits.MAX_ENCODED_BYTES);
    }

    private static Replication.Request readChunk(ByteReader reader, int partition, long term, Member leader) {
        long transfer = reader.varint();
        LogPosition position = ClusterCodecV1.readPosition(reader);
        long logTimeMillis = reader.zigzag();
        int remembered = reader.nonNegativeInt();
        int sequence = reader.nonNegativeInt();
        boolean last = reader.flag();
        boolean forced = reader.flag();
        Bytes data = reader.bytes(WireLimits.MAX_ENCODED_BYTES);
        return new Replication.SnapshotChunk(
                partition, term, leader, transfer, position, logTimeMillis, remembered, sequence, last, forced, data);
    }

    private static void head(ByteWriter writer, int kind, Replication.Request request, MembersV1.Sink members) {
        writer.u8(kind);
        ClusterCodecV1.writePartition(writer, request.partition());
        writer.nonNegative(request.term());
        members.write(writer, request.leader());
    }
}
