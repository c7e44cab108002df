package io.quorate.core.wire;

import io.quorate.api.Explanation;
import io.quorate.api.Explanation.ReplicaTimes;
import io.quorate.api.Limits;
import io.quorate.api.Revision;
import java.util.List;
import java.util.OptionalLong;

/** The form of an explanation: names, numbers, and per replica its times, each behind a flag. */
final class ExplanationCodecV1 {
    private static final int MIN_REPLICA_BYTES = 5;

    private ExplanationCodecV1() {}

    static void write(ByteWriter writer, Explanation how) {
        writer.text(how.takenBy(), WireLimits.MAX_NAME_BYTES);
        writer.text(how.leader(), WireLimits.MAX_NAME_BYTES);
        ClusterCodecV1.writePartition(writer, how.partition());
        OutcomeCodecV1.writeRevision(writer, how.revision());
        writer.nonNegative(how.quorum());
        writer.zigzag(how.arrivedMicros());
        writer.zigzag(how.appendedMicros());
        writer.zigzag(how.committedMicros());
        writer.zigzag(how.answeredMicros());
        writer.zigzag(how.explainedMicros());
        writer.list(how.replicas(), Limits.MAX_REPLICAS, ExplanationCodecV1::writeReplica);
    }

    static Explanation read(ByteReader reader) {
        String takenBy = reader.text(WireLimits.MAX_NAME_BYTES);
        String leader = reader.text(WireLimits.MAX_NAME_BYTES);
        int partition = ClusterCodecV1.readPartition(reader);
        Revision revision = OutcomeCodecV1.readRevision(reader);
        int quorum = reader.nonNegativeInt();
        long arrived = reader.zigzag();
        long appended = reader.zigzag();
        long committed = reader.zigzag();
        long answered = reader.zigzag();
        long explained = reader.zigzag();
        List<ReplicaTimes> replicas =
                reader.list(Limits.MAX_REPLICAS, MIN_REPLICA_BYTES, ExplanationCodecV1::readReplica);
        return new Explanation(
                takenBy, leader, partition, revision, quorum, arrived, appended, committed, answered, explained,
                replicas);
    }

    private static void writeReplica(ByteWriter writer, ReplicaTimes replica) {
        writer.text(replica.worker(), WireLimits.MAX_NAME_BYTES);
        writeTime(writer, replica.receivedMicros());
        writeTime(writer, replica.onDiskMicros());
        writeTime(writer, replica.acknowledgedMicros());
        writeTime(writer, replica.appliedMicros());
    }

    private static ReplicaTimes readReplica(ByteReader reader) {
        return new ReplicaTimes(
                reader.text(WireLimits.MAX_NAME_BYTES),
                readTime(reader),
                readTime(reader),
                readTime(reader),
                readTime(reader));
    }

    private static void writeTime(ByteWriter writer, OptionalLong time) {
        writer.flag(time.isPresent());
        time.ifPresent(writer::zigzag);
    }

    private static OptionalLong readTime(ByteReader reader) {
        return reader.flag() ? OptionalLong.of(reader.zigzag()) : OptionalLong.empty();
    }
}
