package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Partitioning;
import io.quorate.api.WriteRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Does one command over keys, in as many parts as its keys have partitions. */
final class KeyWork {
    private static final int MAX_PARTS_AT_ONCE = 8;

    /** A part with more is cut, so that it goes into one entry. */
    private static final long PART_BYTES = 1L << 20;

    private record Share(int partition, List<Integer> places) {}

    private final Cluster cluster;
    private final Operation.Split split;
    private final AckLedger ledger;
    private final Consumer<Reply> whenDone;
    /** By partition, whose shares are done one after the other. */
    private final Deque<Deque<Share>> left;

    private final List<Operation.Part> done = new ArrayList<>();
    private final ReadBudget budget = new ReadBudget();
    private Optional<Reply.Failure> failure = Optional.empty();
    private int underWay;
    private boolean ended;

    private KeyWork(
            Cluster cluster,
            Operation.Split split,
            List<Deque<Share>> shares,
            AckLedger ledger,
            Consumer<Reply> whenDone) {
        this.cluster = cluster;
        this.split = split;
        this.ledger = ledger;
        this.whenDone = whenDone;
        this.left = new ArrayDeque<>(shares);
    }

    /** Does it; the keys of a command that cannot be split belong to one partition. */
    static void run(
            Cluster cluster,
            Partitioning partitioning,
            Operation operation,
            AckLedger ledger,
            Consumer<Reply> whenDone) {
        List<Deque<Share>> shares = operation
                .split()
                .map(split -> shares(partitioning, operation.keys(), split))
                .orElseGet(List::of);
        if (shares.size() > 1 || shares.stream().anyMatch(each -> each.size() > 1)) {
            new KeyWork(cluster, operation.split().orElseThrow(), shares, ledger, whenDone).goOn();
        } else {
            new Execution(
                            cluster,
                            partitioning.of(operation.keys().getFirst()),
                            Execution.Order.of(operation, new ReadBudget(), ledger),
                            result -> whenDone.accept(reply(result)))
                    .start();
        }
    }

    private static List<Deque<Share>> shares(Partitioning partitioning, List<Bytes> keys, Operation.Split split) {
        Map<Integer, List<Integer>> byPartition = new TreeMap<>();
        for (int place = 0; place < keys.size(); place++) {
            byPartition
                    .computeIfAbsent(partitioning.of(keys.get(place)), _ -> new ArrayList<>())
                    .add(place);
        }
        List<Deque<Share>> shares = new ArrayList<>();
        byPartition.forEach((partition, places) -> {
            Deque<Share> ofPartition = new ArrayDeque<>();
            List<Integer> share = new ArrayList<>();
            long bytes = 0;
            for (int place : places) {
                long more = split.bytes(place);
                if (share.size() == WriteRequest.MAX_COMMANDS || (bytes + more > PART_BYTES && !share.isEmpty())) {
                    ofPartition.add(new Share(partition, share));
                    share = new ArrayList<>();
                    bytes = 0;
                }
                share.add(place);
                bytes += more;
            }
            ofPartition.add(new Share(partition, share));
            shares.add(ofPartition);
        });
        return shares;
    }

    private void goOn() {
        while (failure.isEmpty() && underWay < MAX_PARTS_AT_ONCE && !left.isEmpty()) {
            underWay++;
            Deque<Share> ofPartition = left.removeFirst();
            Share share = ofPartition.removeFirst();
            new Execution(
                            cluster,
                            share.partition(),
                            Execution.Order.of(split.of(share.places()), budget, ledger),
                            result -> {
                                underWay--;
                                if (!ofPartition.isEmpty()) {
                                    left.addLast(ofPartition);
                                }
                                take(share, reply(result));
                                goOn();
                            })
                    .start();
        }
        if (underWay == 0 && !ended) {
            ended = true;
            whenDone.accept(failure.<Reply>map(why -> why).orElseGet(() -> split.whole(done)));
        }
    }

    private void take(Share share, Reply reply) {
        if (reply instanceof Reply.Failure why) {
            failure = failure.or(() -> Optional.of(why));
        } else {
            done.add(new Operation.Part(share.places(), reply));
        }
    }

    private static Reply reply(Execution.Result result) {
        return switch (result) {
            case Execution.Result.Done(List<Reply> replies) -> replies.getFirst();
            case Execution.Result.WatchedKeyChanged _ -> throw new IllegalStateException("nothing is watched");
            case Execution.Result.Failed(Reply.Failure why) -> why;
        };
    }
}
