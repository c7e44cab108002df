package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Value;
import io.quorate.core.message.ForwardedReply;
import io.quorate.core.message.ForwardedRequest;

/** The forms of forwarded requests with their commands, and of the replies. */
final class ForwardCodecV1 {
    private static final int WRITE = 1;
    private static final int READ = 2;

    private static final int PUT = 1;
    private static final int DELETE = 2;
    private static final int REPLICATE = 3;

    private static final int WRITTEN = 1;
    private static final int ANSWERED = 2;
    private static final int NOT_LEADER = 3;

    private ForwardCodecV1() {}

    static void writeRequest(ByteWriter writer, ForwardedRequest request) {
        switch (request) {
            case ForwardedRequest.Write write -> {
                head(writer, WRITE, request);
                writeCommand(writer, write.command());
            }
            case ForwardedRequest.Read read -> {
                head(writer, READ, request);
                KeyCodecV1.write(writer, read.key());
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
                new ForwardedRequest.Write(ticket, partition, remainingMillis, mapVersion, readCommand(reader));
            case READ ->
                new ForwardedRequest.Read(ticket, partition, remainingMillis, mapVersion, KeyCodecV1.read(reader));
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
            case NOT_LEADER -> new ForwardedReply.NotLeader(ticket, reader.nonNegative());
            default -> throw reader.unknown("kind of forwarded reply", kind);
        };
    }

    private static void writeCommand(ByteWriter writer, Command command) {
        switch (command) {
            case Command.Put put -> {
                commandHead(writer, PUT, command);
                ValueCodecV1.write(writer, put.value());
            }
            case Command.Delete delete -> commandHead(writer, DELETE, delete);
            case Command.Replicate replicate -> {
                commandHead(writer, REPLICATE, command);
                writer.zigzag(replicate.originTimeMillis());
                writer.text(replicate.origin(), WireLimits.MAX_NAME_BYTES);
                ValueCodecV1.write(writer, replicate.value());
            }
        }
    }

    private static Command readCommand(ByteReader reader) {
        int kind = reader.u8();
        Bytes key = KeyCodecV1.read(reader);
        return switch (kind) {
            case PUT -> new Command.Put(key, ValueCodecV1.read(reader));
            case DELETE -> new Command.Delete(key);
            case REPLICATE -> readReplicate(reader, key);
            default -> throw reader.unknown("kind of command", kind);
        };
    }

    private static Command readReplicate(ByteReader reader, Bytes key) {
        long originTimeMillis = reader.zigzag();
        String origin = reader.text(WireLimits.MAX_NAME_BYTES);
        Value value = ValueCodecV1.read(reader);
        return new Command.Replicate(key, value, originTimeMillis, origin);
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

    private static void commandHead(ByteWriter writer, int kind, Command command) {
        writer.u8(kind);
        KeyCodecV1.write(writer, command.key());
    }
}
