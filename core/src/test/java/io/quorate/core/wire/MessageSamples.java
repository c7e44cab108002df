package io.quorate.core.wire;

import static io.quorate.core.wire.Samples.JSON;
import static io.quorate.core.wire.Samples.REVISION;
import static io.quorate.core.wire.Samples.TIME;
import static io.quorate.core.wire.Samples.W1;
import static io.quorate.core.wire.Samples.W2;
import static io.quorate.core.wire.Samples.W3;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Consistency;
import io.quorate.api.Explanation;
import io.quorate.api.Explanation.ReplicaTimes;
import io.quorate.api.KeyChange;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Revision;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WatchRequest;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.PartitionRoute;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.message.ForwardedReply;
import io.quorate.core.message.ForwardedRequest;
import io.quorate.core.message.Message;
import io.quorate.core.message.Order;
import io.quorate.core.message.OrderAnswer;
import io.quorate.core.message.Replication;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Hand-made messages of every kind; their bytes are golden. */
final class MessageSamples {
    private static final Configuration CONFIGURATION = new Configuration(List.of(W1, W2, W3), 2);
    private static final LogPosition POSITION = new LogPosition(6, 299);
    private static final ReadOutcome.Served LEADER =
            new ReadOutcome.Served("w1", "leader", Consistency.LINEARIZABLE, REVISION);
    private static final ReadOutcome.Served FOLLOWER =
            new ReadOutcome.Served("w2", "follower", Consistency.LOCAL, Revision.NONE);

    private MessageSamples() {}

    static Map<String, Message> all() {
        Map<String, Message> samples = new LinkedHashMap<>();
        samples.put("orders", orders());
        samples.put("order-answers", answers());
        samples.put("map-empty", new Message.MapChanged(ClusterMap.EMPTY));
        samples.put("map", new Message.MapChanged(map()));
        samples.put("replication-requests-none", new Message.ReplicationRequests(List.of()));
        samples.put("replication-requests", requests());
        samples.put("replication-replies", replies());
        samples.put(
                "replication-request-trace",
                new Message.ReplicationRequests(List.of(new Replication.Trace(3, 7, W1, 301))));
        samples.put(
                "replication-reply-traced",
                new Message.ReplicationReplies(List.of(new Replication.Traced(3, 7, W2, 301, 1_500_000, 2_000_000))));
        CommandSamples.requests()
                .forEach((name, request) -> samples.put(
                        "forward-" + name, new Message.Forward(new ForwardedRequest.Write(77, 3, 2_500, 12, request))));
        samples.put(
                "forward-write-with-terms",
                new Message.Forward(new ForwardedRequest.Write(
                        77,
                        3,
                        2_500,
                        12,
                        WriteRequest.of(new Command.Delete(Bytes.utf8("key")))
                                .withAcks(3)
                                .explained(true))));
        samples.put("forward-read", new Message.Forward(new ForwardedRequest.Read(-1, 3, -1, 12, Bytes.utf8("key"))));
        for (ScanDetail detail : ScanDetail.values()) {
            ScanRequest scan =
                    new ScanRequest(3, Bytes.utf8("k"), Bytes.utf8("key").successor(), 1_000, 65_536, detail);
            samples.put(
                    "forward-scan-" + detail.name().toLowerCase(Locale.ROOT),
                    new Message.Forward(new ForwardedRequest.Scan(77, 2_500, 12, scan)));
        }
        samples.put(
                "forward-watch",
                new Message.Forward(new ForwardedRequest.Watch(
                        77,
                        2_500,
                        12,
                        new WatchRequest(3, Bytes.utf8("k"), Optional.of(REVISION), 2, 65_536, 10_000))));
        samples.put(
                "forward-watch-now",
                new Message.Forward(new ForwardedRequest.Watch(
                        77, 2_500, 12, new WatchRequest(3, Bytes.EMPTY, Optional.empty(), 0, 1, 0))));
        replyBodies().forEach((name, reply) -> samples.put("reply-" + name, new Message.ForwardReply(reply)));
        for (Problem problem : Problem.values()) {
            samples.put(
                    "problem-" + problem.type(),
                    new Message.ForwardReply(new ForwardedReply.Written(1, new Outcome.NotApplied(problem, ""))));
        }
        return samples;
    }

    private static Message orders() {
        return new Message.Orders(List.of(
                new Order.Create(3, 7, W1),
                new Order.Drop(4, 8),
                new Order.Fence(5, 9, 8),
                new Order.Lead(6, 10, CONFIGURATION, List.of(W2), 4),
                new Order.Feed(7, 11, List.of())));
    }

    private static Message answers() {
        return new Message.OrderAnswers(List.of(
                new OrderAnswer.Fenced(3, 7, W1, 4, POSITION),
                new OrderAnswer.LeaseReleased(4, 8, W1),
                new OrderAnswer.TermTooOld(5, 9, W2),
                new OrderAnswer.NotHeld(6, W1)));
    }

    private static ClusterMap map() {
        return new ClusterMap(
                12,
                Optional.of(W3.disk()),
                64,
                3,
                2,
                Map.of(
                        0, new PartitionRoute(0, 7, Optional.of(W1), 7, CONFIGURATION, List.of()),
                        63, new PartitionRoute(63, 8, Optional.empty(), 0, CONFIGURATION, List.of(W2))),
                Map.of(
                        "w1", new WorkerAddress("http://127.0.0.1:8001", "127.0.0.1:9001"),
                        "w2", new WorkerAddress("http://127.0.0.1:8002", "127.0.0.1:9002")));
    }

    private static Message requests() {
        return new Message.ReplicationRequests(List.of(
                new Replication.Append(3, 7, W1, POSITION, 310, List.of(Samples.entry())),
                new Replication.Append(4, 7, W1, LogPosition.START, 0, List.of()),
                new Replication.LeaseRequest(3, 7, W1, -5),
                new Replication.SnapshotChunk(
                        3, 7, W1, 9, POSITION, TIME, 5, 2, true, false, Bytes.copyOf(new byte[] {1, 2})),
                new Replication.ChecksumWanted(3, 7, W2, 17),
                new Replication.RepairWanted(3, 7, W2, 18)));
    }

    private static Message replies() {
        return new Message.ReplicationReplies(List.of(
                new Replication.Appended(3, 7, W2, 300, 298),
                new Replication.Mismatch(3, 7, W2, 250),
                new Replication.Deposed(3, 8, W2),
                new Replication.NoReplica(3, 7, W3),
                new Replication.LeaseGranted(3, 7, W2, -5),
                new Replication.SnapshotTaken(3, 7, W2, 9, 2),
                new Replication.SnapshotTaken(3, 7, W2, 9, -1),
                new Replication.ChecksumIs(3, 7, W2, 17, 301, 0x0123456789ABCDEFL)));
    }

    private static Explanation explanation() {
        OptionalLong unknown = OptionalLong.empty();
        return new Explanation(
                "w1",
                "w1",
                3,
                REVISION,
                2,
                0,
                120,
                1_900,
                1_950,
                6_000,
                List.of(
                        new ReplicaTimes(
                                "w1",
                                OptionalLong.of(120),
                                OptionalLong.of(1_500),
                                OptionalLong.of(1_500),
                                OptionalLong.of(1_900)),
                        new ReplicaTimes("w2", unknown, unknown, OptionalLong.of(1_900), unknown)));
    }

    private static Map<String, ForwardedReply> replyBodies() {
        Map<String, ForwardedReply> replies = new LinkedHashMap<>();
        replies.put("applied", new ForwardedReply.Written(77, new Outcome.Applied(REVISION, true, 2, 3, 2)));
        replies.put(
                "applied-result",
                new ForwardedReply.Written(
                        77, new Outcome.Applied(REVISION, true, 2, 3, 2, Optional.of(Bytes.utf8("-42")))));
        replies.put(
                "applied-explained",
                new ForwardedReply.Written(77, new Outcome.Applied(REVISION, true, 2, 3, 2).with(explanation())));
        replies.put("condition-failed", new ForwardedReply.Written(77, new Outcome.ConditionFailed(REVISION)));
        replies.put("item-failed", new ForwardedReply.Written(77, new Outcome.ConditionFailed(REVISION, 2)));
        replies.put("unknown", new ForwardedReply.Written(77, new Outcome.Unknown("the leader was lost")));
        replies.put("forgotten", new ForwardedReply.Written(77, new Outcome.Unknown("number 3 is forgotten", true)));
        replies.put("found", new ForwardedReply.Answered(77, new ReadOutcome.Found(JSON, LEADER)));
        replies.put("missing", new ForwardedReply.Answered(77, new ReadOutcome.Missing(FOLLOWER)));
        replies.put(
                "not-served",
                new ForwardedReply.Answered(77, new ReadOutcome.NotServed(Problem.NO_LEADER, "nobody leads")));
        replies.put(
                "page",
                new ForwardedReply.Scanned(
                        77,
                        new ScanOutcome.Page(
                                List.of(new KeyedRecord(Bytes.utf8("key"), JSON)),
                                1,
                                Optional.of(Bytes.utf8("key2")),
                                LEADER)));
        replies.put(
                "last-page",
                new ForwardedReply.Scanned(77, new ScanOutcome.Page(List.of(), 9, Optional.empty(), LEADER)));
        replies.put(
                "scan-not-served",
                new ForwardedReply.Scanned(77, new ScanOutcome.NotServed(Problem.NO_LEADER, "nobody leads")));
        replies.put(
                "changes",
                new ForwardedReply.Watched(
                        77,
                        new WatchOutcome.Changes(
                                List.of(
                                        new KeyChange.Put(Bytes.utf8("key"), JSON, 0, 1_700_000_000_000L),
                                        new KeyChange.Deleted(Bytes.utf8("key2"), REVISION, 1, 1_700_000_000_000L),
                                        new KeyChange.Expired(Bytes.utf8("key3"), REVISION, 0, 1_700_000_000_001L)),
                                REVISION,
                                "w1")));
        replies.put(
                "position-gone",
                new ForwardedReply.Watched(77, new WatchOutcome.NotServed(Problem.POSITION_GONE, "not kept")));
        replies.put("not-leader", new ForwardedReply.NotLeader(77, 8));
        return replies;
    }
}
