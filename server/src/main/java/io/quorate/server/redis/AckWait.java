package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Limits;
import io.quorate.api.Outcome;
import io.quorate.api.WriteRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * WAIT: how many replicas beside the leader have on disk what this connection wrote, the least over its partitions.
 *
 * <p>Where that is not known of enough of them, an entry that changes nothing is written after it and waited for: who
 * has that has all before it.
 */
final class AckWait {
    private static final int MAX_AT_ONCE = 16;
    private static final long PAUSE_MILLIS = 20;

    private final Cluster cluster;
    private final AckLedger ledger;
    private final long wanted;
    private final boolean isBounded;
    private final long deadlineNanos;
    private final Consumer<Reply> whenDone;
    private final Deque<AckLedger.Noted> left = new ArrayDeque<>();
    private int underWay;

    /**
     * @param wanted replicas beside the leader
     * @param timeoutMillis 0 for as long as it takes
     */
    AckWait(Cluster cluster, AckLedger ledger, long wanted, long timeoutMillis, Consumer<Reply> whenDone) {
        this.cluster = cluster;
        this.ledger = ledger;
        this.wanted = wanted;
        this.isBounded = timeoutMillis > 0;
        this.deadlineNanos =
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(timeoutMillis, TimeUnit.DAYS.toMillis(1)));
        this.whenDone = whenDone;
    }

    void start() {
        ledger.all().stream().filter(this::lacks).forEach(left::addLast);
        if (left.isEmpty() || leftMillis() <= 0) {
            whenDone.accept(new Reply.Whole(least()));
        } else {
            goOn();
        }
    }

    /** More than there are cannot be waited for. */
    private boolean lacks(AckLedger.Noted noted) {
        return noted.acks() < Math.min(wanted + 1, noted.replicas());
    }

    private long least() {
        return ledger.all().stream()
                .mapToLong(noted -> noted.acks() - 1L)
                .min()
                .orElseGet(() -> Math.max(0, cluster.map().replicas() - 1L));
    }

    private long leftMillis() {
        return isBounded
                ? TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())
                : cluster.settings().requestTimeoutMillis();
    }

    private void goOn() {
        while (underWay < MAX_AT_ONCE && !left.isEmpty() && leftMillis() > 0) {
            underWay++;
            ask(left.removeFirst());
        }
        if (underWay == 0) {
            left.clear();
            if (leftMillis() > 0 && ledger.all().stream().anyMatch(this::lacks)) {
                cluster.after(Math.min(PAUSE_MILLIS, leftMillis()), this::start);
            } else {
                whenDone.accept(new Reply.Whole(least()));
            }
        }
    }

    private void ask(AckLedger.Noted noted) {
        int acks = wanted + 1 >= noted.replicas() ? WriteRequest.ALL : Math.max((int) wanted + 1, noted.quorum());
        Bytes key = beside(noted.key());
        WriteRequest request = WriteRequest.of(new Command.Get(key)).withAcks(acks);
        long timeoutMillis = Math.min(leftMillis(), cluster.settings().requestTimeoutMillis());
        cluster.write(request, timeoutMillis, outcome -> {
            underWay--;
            if (outcome instanceof Outcome.Applied applied) {
                ledger.applied(noted.partition(), noted.key(), applied);
            }
            goOn();
        });
    }

    /** A key of the same partition that hardly exists, so that no value has to be told. */
    private static Bytes beside(Bytes key) {
        Optional<String> text = key.asUtf8().filter(name -> name.indexOf('{') < 0 && name.indexOf('}') < 0);
        return text.filter(_ -> key.length() < Limits.MAX_KEY_BYTES - 8)
                .map(name -> Bytes.utf8("{" + name + "}\0wait"))
                .orElse(key);
    }
}
