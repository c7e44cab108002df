package io.quorate.core.wire;

import io.quorate.core.cluster.Member;
import io.quorate.core.message.Replication;
import java.util.List;

/** The form of replication's replies: kind, partition, term, replica, then what the kind has. */
final class ReplicationReplyCodecV1 {
    private static final int APPENDED = 1;
    private static final int MISMATCH = 2;
    private static final int DEPOSED = 3;
    private static final int NO_REPLICA = 4;
    private static final int LEASE_GRANTED = 5;
    private static final int SNAPSHOT_TAKEN = 6;
    private static final int CHECKSUM_IS = 7;
    private static final int TRACED = 8;

    private static final int MIN_BYTES = 4;

    private ReplicationReplyCodecV1() {}

    static void write(ByteWriter writer, List<Replication.Reply> replies) {
        MembersV1.Sink members = new MembersV1.Sink();
        writer.list(replies, WireLimits.MAX_BATCH, (into, reply) -> writeReply(into, reply, members));
    }

    static List<Replication.Reply> read(ByteReader reader) {
        MembersV1.Source members = new MembersV1.Source();
        return reader.list(WireLimits.MAX_BATCH, MIN_BYTES, from -> readReply(from, members));
    }

    private static void writeReply(ByteWriter writer, Replication.Reply reply, MembersV1.Sink members) {
        switch (reply) {
            case Replication.Appended appended -> {
                head(writer, APPENDED, reply, members);
                writer.nonNegative(appended.index());
                writer.below(appended.index(), appended.appliedIndex());
            }
            case Replication.Mismatch mismatch -> {
                head(writer, MISMATCH, reply, members);
                writer.nonNegative(mismatch.hint());
            }
            case Replication.Deposed deposed -> head(writer, DEPOSED, deposed, members);
            case Replication.NoReplica none -> head(writer, NO_REPLICA, none, members);
            case Replication.LeaseGranted granted -> {
                head(writer, LEASE_GRANTED, reply, members);
                writer.fixed64(granted.sentNanos());
            }
            case Replication.SnapshotTaken taken -> {
                head(writer, SNAPSHOT_TAKEN, reply, members);
                writer.varint(taken.transfer());
                // -1 asks for the transfer from its beginning.
                writer.zigzag(taken.sequence());
            }
            case Replication.ChecksumIs checksum -> {
                head(writer, CHECKSUM_IS, reply, members);
                writer.varint(checksum.comparison());
                writer.nonNegative(checksum.index());
                writer.fixed64(checksum.digest());
            }
            case Replication.Traced traced -> {
                head(writer, TRACED, reply, members);
                writer.nonNegative(traced.index());
                writer.nonNegative(traced.onDiskNanos());
                writer.nonNegative(traced.appliedNanos());
            }
        }
    }

    private static Replication.Reply readReply(ByteReader reader, MembersV1.Source members) {
        int kind = reader.u8();
        int partition = ClusterCodecV1.readPartition(reader);
        long term = reader.nonNegative();
        Member from = members.read(reader);
        return switch (kind) {
            case APPENDED -> readAppended(reader, partition, term, from);
            case MISMATCH -> new Replication.Mismatch(partition, term, from, reader.nonNegative());
            case DEPOSED -> new Replication.Deposed(partition, term, from);
            case NO_REPLICA -> new Replication.NoReplica(partition, term, from);
            case LEASE_GRANTED -> new Replication.LeaseGranted(partition, term, from, reader.fixed64());
            case SNAPSHOT_TAKEN ->
                new Replication.SnapshotTaken(partition, term, from, reader.varint(), reader.zigzagInt());
            case TRACED ->
                new Replication.Traced(
                        partition, term, from, reader.nonNegative(), reader.nonNegative(), reader.nonNegative());
            case CHECKSUM_IS ->
                new Replication.ChecksumIs(
                        partition, term, from, reader.varint(), reader.nonNegative(), reader.fixed64());
            default -> throw reader.unknown("kind of replication reply", kind);
        };
    }

    private static Replication.Reply readAppended(ByteReader reader, int partition, long term, Member from) {
        long index = reader.nonNegative();
        return new Replication.Appended(partition, term, from, index, reader.below(index));
    }

    private static void head(ByteWriter writer, int kind, Replication.Reply reply, MembersV1.Sink members) {
        writer.u8(kind);
        ClusterCodecV1.writePartition(writer, reply.partition());
        writer.nonNegative(reply.term());
        members.write(writer, reply.from());
    }
}
