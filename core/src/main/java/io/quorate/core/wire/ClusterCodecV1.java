package io.quorate.core.wire;

import io.quorate.api.Limits;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import java.util.List;

/** The forms of what orders, routes and log records have in common: partitions, positions, configurations. */
final class ClusterCodecV1 {
    private ClusterCodecV1() {}

    static void writePartition(ByteWriter writer, int partition) {
        if (partition >= Limits.MAX_PARTITIONS) {
            throw new IllegalArgumentException("partition " + partition);
        }
        writer.nonNegative(partition);
    }

    static int readPartition(ByteReader reader) {
        int partition = reader.nonNegativeInt();
        if (partition >= Limits.MAX_PARTITIONS) {
            throw reader.malformed("partition " + partition);
        }
        return partition;
    }

    static void writePosition(ByteWriter writer, LogPosition position) {
        writer.nonNegative(position.term());
        writer.nonNegative(position.index());
    }

    static LogPosition readPosition(ByteReader reader) {
        return new LogPosition(reader.nonNegative(), reader.nonNegative());
    }

    static void writeConfiguration(ByteWriter writer, Configuration configuration, MembersV1.Sink members) {
        writer.list(configuration.members(), Limits.MAX_REPLICAS, members::write);
        writer.nonNegative(configuration.writeQuorum());
    }

    static Configuration readConfiguration(ByteReader reader, MembersV1.Source members) {
        List<Member> replicas = reader.list(Limits.MAX_REPLICAS, MembersV1.MIN_BYTES, members::read);
        int writeQuorum = reader.nonNegativeInt();
        try {
            return new Configuration(replicas, writeQuorum);
        } catch (IllegalArgumentException impossible) {
            throw reader.malformed("a configuration that cannot be: " + impossible.getMessage());
        }
    }

    static void writeLearners(ByteWriter writer, List<Member> learners, MembersV1.Sink members) {
        writer.list(learners, WireLimits.MAX_LEARNERS, members::write);
    }

    static List<Member> readLearners(ByteReader reader, MembersV1.Source members) {
        return reader.list(WireLimits.MAX_LEARNERS, MembersV1.MIN_BYTES, members::read);
    }
}
