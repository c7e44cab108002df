package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.api.Consistency;
import io.quorate.api.Explanation;
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
import io.quorate.core.cluster.PartitionRoute;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.message.ForwardedReply;
import io.quorate.core.message.ForwardedRequest;
import io.quorate.core.message.Message;
import io.quorate.core.message.Order;
import io.quorate.core.message.OrderAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Random messages of every kind. */
final class RandomMessages {
    private static final int MOST = 12;

    private final RandomWords words;
    private final RandomReplication replication;
    private final RandomCommands commands;

    RandomMessages(RandomWords words) {
        this.words = words;
        this.replication = new RandomReplication(words);
        this.commands = new RandomCommands(words);
    }

    Message message() {
        int count = words.below(MOST);
        return switch (words.below(7)) {
            case 0 -> new Message.Orders(words.several(count, this::order));
            case 1 -> new Message.OrderAnswers(words.several(count, this::answer));
            case 2 -> new Message.MapChanged(map(count));
            case 3 -> new Message.ReplicationRequests(words.several(count, replication::request));
            case 4 -> new Message.ReplicationReplies(words.several(count, replication::reply));
            case 5 -> new Message.Forward(forwarded());
            default -> new Message.ForwardReply(forwardedReply());
        };
    }

    private Order order() {
        int partition = words.partition();
        long term = words.number();
        return switch (words.below(5)) {
            case 0 -> new Order.Create(partition, term, words.member());
            case 1 -> new Order.Drop(partition, term);
            case 2 -> new Order.Fence(partition, term, words.number());
            case 3 -> new Order.Lead(partition, term, words.configuration(), words.members(3), words.number());
            default -> new Order.Feed(partition, term, words.members(3));
        };
    }

    private OrderAnswer answer() {
        int partition = words.partition();
        return switch (words.below(4)) {
            case 0 ->
                new OrderAnswer.Fenced(partition, words.number(), words.member(), words.number(), words.position());
            case 1 -> new OrderAnswer.LeaseReleased(partition, words.number(), words.member());
            case 2 -> new OrderAnswer.TermTooOld(partition, words.number(), words.member());
            default -> new OrderAnswer.NotHeld(partition, words.member());
        };
    }

    private ClusterMap map(int count) {
        Map<Integer, PartitionRoute> routes = new HashMap<>();
        words.several(count, this::route).forEach(route -> routes.put(route.partition(), route));
        Map<String, WorkerAddress> workers = new HashMap<>();
        words.several(count, words::text).forEach(id -> workers.put(id, new WorkerAddress(words.text(), words.text())));
        return new ClusterMap(
                words.number(),
                words.coin() ? Optional.of(words.uuid()) : Optional.empty(),
                words.intNumber(),
                words.intNumber(),
                words.intNumber(),
                routes,
                workers);
    }

    private PartitionRoute route() {
        return new PartitionRoute(
                words.partition(),
                words.number(),
                words.coin() ? Optional.of(words.member()) : Optional.empty(),
                words.number(),
                words.configuration(),
                words.members(3));
    }

    private ForwardedRequest forwarded() {
        long ticket = words.anyLong();
        int partition = words.partition();
        return switch (words.below(4)) {
            case 0 -> new ForwardedRequest.Read(ticket, partition, words.anyLong(), words.number(), words.key());
            case 1 -> new ForwardedRequest.Scan(ticket, words.anyLong(), words.number(), scan(partition));
            case 2 -> new ForwardedRequest.Watch(ticket, words.anyLong(), words.number(), watch(partition));
            default ->
                new ForwardedRequest.Write(
                        ticket,
                        partition,
                        words.anyLong(),
                        words.number(),
                        commands.request().withAcks(words.below(4)).explained(words.coin()));
        };
    }

    private ScanRequest scan(int partition) {
        return new ScanRequest(
                partition,
                words.bytes(30),
                words.bytes(30),
                1 + words.below(ScanRequest.MAX_LIMIT),
                1 + words.below(ScanRequest.MAX_BYTES),
                words.oneOf(ScanDetail.values()));
    }

    private WatchRequest watch(int partition) {
        boolean fromNow = words.coin();
        return new WatchRequest(
                partition,
                words.bytes(30),
                fromNow ? Optional.empty() : Optional.of(new Revision(words.number(), 1 + words.below(1_000))),
                fromNow ? 0 : words.intNumber(),
                1 + words.below(WatchRequest.MAX_BYTES),
                words.below(WatchRequest.MAX_WAIT_MILLIS + 1));
    }

    private WatchOutcome watchOutcome() {
        if (words.coin()) {
            return new WatchOutcome.NotServed(words.oneOf(Problem.values()), words.text());
        }
        List<KeyChange> changes = new ArrayList<>();
        for (int left = words.below(4); left > 0; left--) {
            changes.add(
                    switch (words.below(3)) {
                        case 0 -> new KeyChange.Put(words.key(), words.record(), words.intNumber(), words.anyLong());
                        case 1 ->
                            new KeyChange.Deleted(words.key(), words.revision(), words.intNumber(), words.anyLong());
                        default ->
                            new KeyChange.Expired(words.key(), words.revision(), words.intNumber(), words.anyLong());
                    });
        }
        return new WatchOutcome.Changes(changes, words.revision(), words.text());
    }

    private ForwardedReply forwardedReply() {
        long ticket = words.anyLong();
        return switch (words.below(7)) {
            case 0 -> new ForwardedReply.NotLeader(ticket, words.number());
            case 6 -> new ForwardedReply.Watched(ticket, watchOutcome());
            case 5 -> new ForwardedReply.Scanned(ticket, scanOutcome());
            case 1, 2 -> new ForwardedReply.Written(ticket, outcome());
            default -> new ForwardedReply.Answered(ticket, readOutcome());
        };
    }

    private ScanOutcome scanOutcome() {
        if (words.coin()) {
            return new ScanOutcome.NotServed(words.oneOf(Problem.values()), words.text());
        }
        List<KeyedRecord> records = new ArrayList<>();
        for (int left = words.below(4); left > 0; left--) {
            records.add(new KeyedRecord(words.key(), words.record()));
        }
        Optional<Bytes> next = words.coin() ? Optional.empty() : Optional.of(words.bytes(30));
        return new ScanOutcome.Page(records, words.intNumber(), next, served());
    }

    private Explanation explanation() {
        return new Explanation(
                words.text(),
                words.text(),
                words.partition(),
                words.revision(),
                words.intNumber(),
                words.anyLong(),
                words.anyLong(),
                words.anyLong(),
                words.anyLong(),
                words.anyLong(),
                words.several(
                        words.below(4),
                        () -> new Explanation.ReplicaTimes(words.text(), time(), time(), time(), time())));
    }

    private OptionalLong time() {
        return words.coin() ? OptionalLong.empty() : OptionalLong.of(words.anyLong());
    }

    private Outcome outcome() {
        return switch (words.below(5)) {
            case 0 ->
                new Outcome.Applied(
                        words.revision(),
                        words.coin(),
                        words.intNumber(),
                        words.intNumber(),
                        words.intNumber(),
                        words.coin() ? Optional.empty() : Optional.of(words.bytes(30)));
            case 3 -> new Outcome.Applied(words.revision(), words.coin(), 2, 3, 2).with(explanation());
            case 1 -> new Outcome.ConditionFailed(words.revision(), words.below(WriteRequest.MAX_COMMANDS));
            case 2 -> new Outcome.NotApplied(words.oneOf(Problem.values()), words.text());
            default -> new Outcome.Unknown(words.text(), words.coin());
        };
    }

    private ReadOutcome readOutcome() {
        return switch (words.below(3)) {
            case 0 -> new ReadOutcome.Found(words.record(), served());
            case 1 -> new ReadOutcome.Missing(served());
            default -> new ReadOutcome.NotServed(words.oneOf(Problem.values()), words.text());
        };
    }

    private ReadOutcome.Served served() {
        return new ReadOutcome.Served(words.text(), words.text(), words.oneOf(Consistency.values()), words.revision());
    }
}
