package io.quorate.core.wire;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.message.Order;
import io.quorate.core.message.OrderAnswer;
import java.util.List;

/** The forms of orders and of their answers: kind, partition, then what the kind has. */
final class OrderCodecV1 {
    private static final int CREATE = 1;
    private static final int DROP = 2;
    private static final int FENCE = 3;
    private static final int LEAD = 4;
    private static final int FEED = 5;

    private static final int FENCED = 1;
    private static final int LEASE_RELEASED = 2;
    private static final int TERM_TOO_OLD = 3;
    private static final int NOT_HELD = 4;

    private static final int MIN_ORDER_BYTES = 3;
    private static final int MIN_ANSWER_BYTES = 3;

    private OrderCodecV1() {}

    static void writeOrders(ByteWriter writer, List<Order> orders) {
        MembersV1.Sink members = new MembersV1.Sink();
        writer.list(orders, WireLimits.MAX_BATCH, (into, order) -> writeOrder(into, order, members));
    }

    static List<Order> readOrders(ByteReader reader) {
        MembersV1.Source members = new MembersV1.Source();
        return reader.list(WireLimits.MAX_BATCH, MIN_ORDER_BYTES, from -> readOrder(from, members));
    }

    static void writeAnswers(ByteWriter writer, List<OrderAnswer> answers) {
        MembersV1.Sink members = new MembersV1.Sink();
        writer.list(answers, WireLimits.MAX_BATCH, (into, answer) -> writeAnswer(into, answer, members));
    }

    static List<OrderAnswer> readAnswers(ByteReader reader) {
        MembersV1.Source members = new MembersV1.Source();
        return reader.list(WireLimits.MAX_BATCH, MIN_ANSWER_BYTES, from -> readAnswer(from, members));
    }

    private static void writeOrder(ByteWriter writer, Order order, MembersV1.Sink members) {
        switch (order) {
            case Order.Create create -> {
                head(writer, CREATE, order.partition());
                writer.nonNegative(create.term());
                members.write(writer, create.disk());
            }
            case Order.Drop drop -> {
                head(writer, DROP, order.partition());
                writer.nonNegative(drop.term());
            }
            case Order.Fence fence -> {
                head(writer, FENCE, order.partition());
                writer.nonNegative(fence.term());
                writer.nonNegative(fence.releasedTerm());
            }
            case Order.Lead lead -> {
                head(writer, LEAD, order.partition());
                writer.nonNegative(lead.term());
                ClusterCodecV1.writeConfiguration(writer, lead.configuration(), members);
                ClusterCodecV1.writeLearners(writer, lead.learners(), members);
                writer.nonNegative(lead.incarnation());
            }
            case Order.Feed feed -> {
                head(writer, FEED, order.partition());
                writer.nonNegative(feed.term());
                ClusterCodecV1.writeLearners(writer, feed.learners(), members);
            }
        }
    }

    private static Order readOrder(ByteReader reader, MembersV1.Source members) {
        int kind = reader.u8();
        int partition = ClusterCodecV1.readPartition(reader);
        long term = reader.nonNegative();
        return switch (kind) {
            case CREATE -> new Order.Create(partition, term, members.read(reader));
            case DROP -> new Order.Drop(partition, term);
            case FENCE -> new Order.Fence(partition, term, reader.nonNegative());
            case LEAD -> readLead(reader, partition, term, members);
            case FEED -> new Order.Feed(partition, term, ClusterCodecV1.readLearners(reader, members));
            default -> throw reader.unknown("kind of order", kind);
        };
    }

    private static Order readLead(ByteReader reader, int partition, long term, MembersV1.Source members) {
        Configuration configuration = ClusterCodecV1.readConfiguration(reader, members);
        List<Member> learners = ClusterCodecV1.readLearners(reader, members);
        return new Order.Lead(partition, term, configuration, learners, reader.nonNegative());
    }

    private static void writeAnswer(ByteWriter writer, OrderAnswer answer, MembersV1.Sink members) {
        switch (answer) {
            case OrderAnswer.Fenced fenced -> {
                answerHead(writer, FENCED, answer, members);
                writer.nonNegative(fenced.term());
                writer.nonNegative(fenced.incarnation());
                ClusterCodecV1.writePosition(writer, fenced.last());
            }
            case OrderAnswer.LeaseReleased released -> {
                answerHead(writer, LEASE_RELEASED, answer, members);
                writer.nonNegative(released.term());
            }
            case OrderAnswer.TermTooOld tooOld -> {
                answerHead(writer, TERM_TOO_OLD, answer, members);
                writer.nonNegative(tooOld.term());
            }
            case OrderAnswer.NotHeld notHeld -> answerHead(writer, NOT_HELD, notHeld, members);
        }
    }

    private static OrderAnswer readAnswer(ByteReader reader, MembersV1.Source members) {
        int kind = reader.u8();
        int partition = ClusterCodecV1.readPartition(reader);
        Member from = members.read(reader);
        return switch (kind) {
            case FENCED -> readFenced(reader, partition, from);
            case LEASE_RELEASED -> new OrderAnswer.LeaseReleased(partition, reader.nonNegative(), from);
            case TERM_TOO_OLD -> new OrderAnswer.TermTooOld(partition, reader.nonNegative(), from);
            case NOT_HELD -> new OrderAnswer.NotHeld(partition, from);
            default -> throw reader.unknown("kind of answer to an order", kind);
        };
    }

    private static OrderAnswer readFenced(ByteReader reader, int partition, Member from) {
        long term = reader.nonNegative();
        long incarnation = reader.nonNegative();
        LogPosition last = ClusterCodecV1.readPosition(reader);
        return new OrderAnswer.Fenced(partition, term, from, incarnation, last);
    }

    private static void head(ByteWriter writer, int kind, int partition) {
        writer.u8(kind);
        ClusterCodecV1.writePartition(writer, partition);
    }

    private static void answerHead(ByteWriter writer, int kind, OrderAnswer answer, MembersV1.Sink members) {
        head(writer, kind, answer.partition());
        members.write(writer, answer.from());
    }
}
