package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.core.message.Message;
import java.nio.ByteBuffer;

/**
 * Version 1 of the form of a {@link Message} between processes: version, kind, then what the kind has.
 *
 * <p>It carries no checksum: the frames of a link do. A link's writer appends to one {@link ByteWriter} with
 * {@link #write}, which copies keys and values once. Thread-safe.
 */
public final class MessageCodecV1 {
    static final int VERSION = 1;

    private static final int ORDERS = 1;
    private static final int ORDER_ANSWERS = 2;
    private static final int MAP_CHANGED = 3;
    private static final int REPLICATION_REQUESTS = 4;
    private static final int REPLICATION_REPLIES = 5;
    private static final int FORWARD = 6;
    private static final int FORWARD_REPLY = 7;

    private MessageCodecV1() {}

    /** The message's encoding. */
    public static Bytes encode(Message message) {
        ByteWriter writer = new ByteWriter();
        write(writer, message);
        return writer.toBytes();
    }

    /** Appends the message's encoding. */
    public static void write(ByteWriter writer, Message message) {
        writer.u8(VERSION);
        switch (message) {
            case Message.Orders orders -> {
                writer.u8(ORDERS);
                OrderCodecV1.writeOrders(writer, orders.orders());
            }
            case Message.OrderAnswers answers -> {
                writer.u8(ORDER_ANSWERS);
                OrderCodecV1.writeAnswers(writer, answers.answers());
            }
            case Message.MapChanged changed -> {
                writer.u8(MAP_CHANGED);
                MapCodecV1.write(writer, changed.map());
            }
            case Message.ReplicationRequests requests -> {
                writer.u8(REPLICATION_REQUESTS);
                ReplicationRequestCodecV1.write(writer, requests.requests());
            }
            case Message.ReplicationReplies replies -> {
                writer.u8(REPLICATION_REPLIES);
                ReplicationReplyCodecV1.write(writer, replies.replies());
            }
            case Message.Forward forward -> {
                writer.u8(FORWARD);
                ForwardCodecV1.writeRequest(writer, forward.request());
            }
            case Message.ForwardReply reply -> {
                writer.u8(FORWARD_REPLY);
                ForwardCodecV1.writeReply(writer, reply.reply());
            }
        }
    }

    /** The message of which these bytes are the encoding. Throws {@link MalformedException}. */
    public static Message decode(Bytes encoded) {
        return decode(new ByteReader(encoded));
    }

    /** The message that the buffer holds from its position to its limit. Throws {@link MalformedException}. */
    public static Message decode(ByteBuffer encoded) {
        return decode(new ByteReader(encoded));
    }

    private static Message decode(ByteReader reader) {
        reader.version("a message", VERSION);
        int kind = reader.u8();
        Message message = switch (kind) {
            case ORDERS -> new Message.Orders(OrderCodecV1.readOrders(reader));
            case ORDER_ANSWERS -> new Message.OrderAnswers(OrderCodecV1.readAnswers(reader));
            case MAP_CHANGED -> new Message.MapChanged(MapCodecV1.read(reader));
            case REPLICATION_REQUESTS -> new Message.ReplicationRequests(ReplicationRequestCodecV1.read(reader));
            case REPLICATION_REPLIES -> new Message.ReplicationReplies(ReplicationReplyCodecV1.read(reader));
            case FORWARD -> new Message.Forward(ForwardCodecV1.readRequest(reader));
            case FORWARD_REPLY -> new Message.ForwardReply(ForwardCodecV1.readReply(reader));
            default -> throw reader.unknown("kind of message", kind);
        };
        reader.end();
        return message;
    }
}
