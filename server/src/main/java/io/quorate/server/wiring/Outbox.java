package io.quorate.server.wiring;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.api.WatchOutcome;
import io.quorate.core.message.ForwardedReply;
import io.quorate.core.message.ForwardedRequest;
import io.quorate.core.message.Message;
import io.quorate.core.message.OrderAnswer;
import io.quorate.core.message.Replication;
import io.quorate.core.wire.EntryCodecV1;
import io.quorate.core.wire.MessageCodecV1;
import io.quorate.server.peer.PeerLimits;
import io.quorate.server.peer.PeerLinks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Gathers the messages of one turn, so that each process gets them in few frames, in the order of their making. */
final class Outbox {
    /** A frame is closed when its messages take about so much. */
    private static final long FRAME_BYTES = 2L << 20;

    private static final class Bundle<T> {
        private List<T> items = new ArrayList<>();
        private long bytes;
    }

    private final PeerLinks links;
    private final LongConsumer forwardDropped;
    private final Map<String, Bundle<Replication.Request>> requests = new LinkedHashMap<>();
    private final Map<String, Bundle<Replication.Reply>> replies = new LinkedHashMap<>();
    private final Map<String, Bundle<OrderAnswer>> answers = new LinkedHashMap<>();
    private final Map<String, List<ForwardedReply.Watched>> watched = new LinkedHashMap<>();

    /**
     * @param forwardDropped told the ticket of a forwarded request that could not be sent
     */
    Outbox(PeerLinks links, LongConsumer forwardDropped) {
        this.links = links;
        this.forwardDropped = forwardDropped;
    }

    void request(String worker, Replication.Request request) {
        Bundle<Replication.Request> bundle = requests.computeIfAbsent(worker, _ -> new Bundle<>());
        bundle.items.add(request);
        bundle.bytes += sizeOf(request);
        if (bundle.bytes > FRAME_BYTES) {
            flushRequests(worker, bundle);
        }
    }

    private static long sizeOf(Replication.Request request) {
        return switch (request) {
            case Replication.Append append ->
                append.entries().stream()
                        .mapToLong(EntryCodecV1::upperBoundBytes)
                        .sum();
            case Replication.SnapshotChunk chunk -> chunk.data().length();
            case Replication.LeaseRequest _,
                    Replication.ChecksumWanted _,
                    Replication.RepairWanted _,
                    Replication.Trace _ -> 64;
        };
    }

    void reply(String worker, Replication.Reply reply) {
        replies.computeIfAbsent(worker, _ -> new Bundle<>()).items.add(reply);
    }

    void answer(String controller, OrderAnswer answer) {
        answers.computeIfAbsent(controller, _ -> new Bundle<>()).items.add(answer);
    }

    void forward(String worker, ForwardedRequest request) {
        if (!links.request(worker, MessageCodecV1.encode(new Message.Forward(request)))) {
            forwardDropped.accept(request.ticket());
        }
    }

    /** Many may watch the same change: what they are told comes after everything else, and not all at once. */
    void forwardReply(String worker, ForwardedReply reply) {
        if (reply instanceof ForwardedReply.Watched answer) {
            watched.computeIfAbsent(worker, _ -> new ArrayList<>()).add(answer);
        } else {
            links.reply(worker, encoded(reply));
        }
    }

    private void sendWatched(String worker, ForwardedReply.Watched reply) {
        boolean isSmall =
                !(reply.outcome() instanceof WatchOutcome.Changes(var changes, var _, var _)) || changes.isEmpty();
        Bytes encoded = isSmall || links.answerable(worker)
                ? encoded(reply)
                : encoded(notNow(reply, Problem.OVERLOADED, "the link between the workers is behind"));
        links.reply(
                worker,
                encoded.length() <= PeerLimits.MAX_FRAME_BYTES
                        ? encoded
                        : encoded(
                                notNow(reply, Problem.INTERNAL, "the changes of one entry do not fit into a message")));
    }

    private static ForwardedReply.Watched notNow(ForwardedReply.Watched reply, Problem problem, String detail) {
        return new ForwardedReply.Watched(reply.ticket(), new WatchOutcome.NotServed(problem, detail));
    }

    private static Bytes encoded(ForwardedReply reply) {
        return MessageCodecV1.encode(new Message.ForwardReply(reply));
    }

    /** Sends what was gathered. */
    void flush() {
        requests.forEach(this::flushRequests);
        replies.forEach((worker, bundle) -> {
            if (!bundle.items.isEmpty()) {
                links.reply(worker, MessageCodecV1.encode(new Message.ReplicationReplies(take(bundle))));
            }
        });
        answers.forEach((controller, bundle) -> {
            if (!bundle.items.isEmpty()) {
                links.reply(controller, MessageCodecV1.encode(new Message.OrderAnswers(take(bundle))));
            }
        });
        watched.forEach((worker, waiting) -> waiting.forEach(reply -> sendWatched(worker, reply)));
        watched.clear();
    }

    private void flushRequests(String worker, Bundle<Replication.Request> bundle) {
        if (!bundle.items.isEmpty()) {
            links.request(worker, MessageCodecV1.encode(new Message.ReplicationRequests(take(bundle))));
        }
    }

    private static <T> List<T> take(Bundle<T> bundle) {
        List<T> items = bundle.items;
        bundle.items = new ArrayList<>();
        bundle.bytes = 0;
        return items;
    }
}
