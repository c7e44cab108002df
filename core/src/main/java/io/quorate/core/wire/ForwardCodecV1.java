package io.quorate.core.wire;

import io.quorate.api.WriteRequest;
import io.quorate.core.message.ForwardedReply;
import io.quorate.core.message.ForwardedRequest;

/** The forms of forwarded requests with their commands, and of the replies. */
final class ForwardCodecV1 {
    private static final int WRITE = 1;
    private static final int READ = 2;
    private static final int SCAN = 3;
    private static final int WATCH = 4;
    private static final int WRITE_WITH_TERMS = 5;

    private static final int WRITTEN = 1;
    private static final int ANSWERED = 2;
    private static final int NOT_LEADER = 3;
    private static final int SCANNED = 4;
    private static final int WATCHED = 5;

    private ForwardCodecV1() {}

    static void writeRequest(ByteWriter writer, ForwardedRequest request) {
        switch (request) {
            case ForwardedRequest.Write write -> {
                boolean terms = write.request().acks() != WriteRequest.AS_THE_CLUSTER
                        || write.request().explain();
                head(writer, terms ? WRITE_WITH_TERMS : WRITE, request);
                if (terms) {
                    writer.nonNegative(write.request().acks());
                    writer.flag(write.request().explain());
                }
                CommandCodecV1.writeRequest(writer, write.request());
            }
            case ForwardedRequest.Read read -> {
                head(writer, READ, request);
                KeyCodecV1.write(writer, read.key());
            }
            case ForwardedRequest.Scan scan -> {
                head(writer, SCAN, request);
                ScanCodecV1.writeRequest(writer, scan.request());
            }
            case ForwardedRequest.Watch watch -> {
                head(writer, WATCH, request);
                WatchCodecV1.writeRequest(writer, watch.request());
            }
        }
    }

    static ForwardedRequest readRequest(ByteReader reader) {
        int kind = reader.u8();
        long ticket = reader.varint();
        int partition = ClusterCodecV1.readPartition(reader);
        long remainingMillis = reader.zigzag();
        long mapVersion = reader.nonNegative();
        return switch (kind) {
            case WRITE ->
                new ForwardedRequest.Write(
                        ticket, partition, remainingMillis, mapVersion, CommandCodecV1.readRequest(reader));
            case WRITE_WITH_TERMS -> {
                int acks = reader.nonNegativeInt();
                boolean explain = reader.flag();
                yield new ForwardedRequest.Write(
                        ticket,
                        partition,
                        remainingMillis,
                        mapVersion,
                        CommandCodecV1.readRequest(reader).withAcks(acks).explained(explain));
            }
            case READ ->
                new ForwardedRequest.Read(ticket, partition, remainingMillis, mapVersion, KeyCodecV1.read(reader));
            case SCAN ->
                new ForwardedRequest.Scan(
                        ticket, remainingMillis, mapVersion, ScanCodecV1.readRequest(reader, partition));
            case WATCH ->
                new ForwardedRequest.Watch(
                        ticket, remainingMillis, mapVersion, WatchCodecV1.readRequest(reader, partition));
            default -> throw reader.unknown("kind of forwarded request", kind);
        };
    }

    static void writeReply(ByteWriter writer, ForwardedReply reply) {
        switch (reply) {
            case ForwardedReply.Written written -> {
                replyHead(writer, WRITTEN, reply);
                OutcomeCodecV1.write(writer, written.outcome());
            }
            case ForwardedReply.Answered answered -> {
                replyHead(writer, ANSWERED, reply);
                ReadOutcomeCodecV1.write(writer, answered.outcome());
            }
            case ForwardedReply.Scanned scanned -> {
                replyHead(writer, SCANNED, reply);
                ScanCodecV1.writeOutcome(writer, scanned.outcome());
            }
            case ForwardedReply.Watched watched -> {
                replyHead(writer, WATCHED, reply);
                WatchCodecV1.writeOutcome(writer, watched.outcome());
            }
            case ForwardedReply.NotLeader notLeader -> {
                replyHead(writer, NOT_LEADER, reply);
                writer.nonNegative(notLeader.term());
            }
        }
    }

    static ForwardedReply readReply(ByteReader reader) {
        int kind = reader.u8();
        long ticket = reader.varint();
        return switch (kind) {
            case WRITTEN -> new ForwardedReply.Written(ticket, OutcomeCodecV1.read(reader));
            case ANSWERED -> new ForwardedReply.Answered(ticket, ReadOutcomeCodecV1.read(reader));
            case SCANNED -> new ForwardedReply.Scanned(ticket, ScanCodecV1.readOutcome(reader));
            case WATCHED -> new ForwardedReply.Watched(ticket, WatchCodecV1.readOutcome(reader));
            case NOT_LEADER -> new ForwardedReply.NotLeader(ticket, reader.nonNegative());
            default -> throw reader.unknown("kind of forwarded reply", kind);
        };
    }

    private static void head(ByteWriter writer, int kind, ForwardedRequest request) {
        writer.u8(kind);
        writer.varint(request.ticket());
        ClusterCodecV1.writePartition(writer, request.partition());
        writer.zigzag(request.remainingMillis());
        writer.nonNegative(request.mapVersion());
    }

    private static void replyHead(ByteWriter writer, int kind, ForwardedReply reply) {
        writer.u8(kind);
        writer.varint(reply.ticket());
    }
}
