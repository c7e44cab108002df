package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WatchRequest;
import io.quorate.core.cluster.Now;
import io.quorate.core.port.WorkerService;
import io.quorate.core.watch.ClusterWatch;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client's watch: asks the partitions, and writes what they answer as fast as the client takes it. Begins once every
 * partition has said where it is, so that an answer's head means that nothing written from then on is missed.
 */
final class WatchRun {
    /** Written at once, if so much is there. */
    private static final int PIECE_BYTES = 64 << 10;

    private static final int HEARTBEAT_TICKS = 20;

    /**
     * How a client wants it.
     *
     * @param durationMillis after which it ends
     */
    record Terms(WatchFormat format, boolean withValues, long durationMillis) {}

    private final WorkerService service;
    private final Exchange exchange;
    private final ClusterWatch watch;
    private final Terms terms;
    private final long timeoutMillis;
    private final WatchRuns all;
    private final long startedNanos = System.nanoTime();
    private @Nullable ResponseStream stream;
    private int quietTicks;
    private boolean ended;

    /** @param timeoutMillis how long a partition may take to answer beyond what it was asked to wait */
    WatchRun(
            WorkerService service,
            Exchange exchange,
            ClusterWatch watch,
            Terms terms,
            long timeoutMillis,
            WatchRuns all) {
        this.service = service;
        this.exchange = exchange;
        this.watch = watch;
        this.terms = terms;
        this.timeoutMillis = timeoutMillis;
        this.all = all;
    }

    /** Asks what is to be asked now. */
    void goOn() {
        if (ended) {
            return;
        }
        if (!exchange.open()) {
            end();
            return;
        }
        for (WatchRequest request : watch.ask()) {
            all.asked(1);
            service.watch(
                    request,
                    timeoutMillis + request.waitMillis(),
                    exchange.guarded(outcome -> answered(request.partition(), outcome)));
        }
    }

    private void answered(int partition, WatchOutcome outcome) {
        all.asked(-1);
        if (ended) {
            return;
        }
        long keptBefore = watch.keptBytes();
        watch.answered(partition, outcome, all.mayKeep());
        all.kept(watch.keptBytes() - keptBefore);
        if (stream == null && watch.failure().isPresent()) {
            exchange.refuse(refusal(watch.failure().get()));
            end();
            return;
        }
        if (stream == null && watch.hasBegun()) {
            begin();
        }
        all.hasNews(this);
        goOn();
    }

    private void begin() {
        exchange.with("Cache-Control", "no-cache");
        ResponseStream begun = exchange.stream(terms.format().mediaType());
        begun.whenClosed(this::end);
        begun.whenAccepted(() -> all.hasNews(this));
        stream = begun;
        heartbeat(begun);
    }

    /** Writes some of what there is; answers how many bytes, 0 when there is nothing or the client is behind. */
    int write() {
        ResponseStream to = stream;
        if (to == null || ended || to.isFull()) {
            return 0;
        }
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        long keptBefore = watch.keptBytes();
        int changes = 0;
        Optional<ClusterWatch.Given> next = watch.next();
        while (next.isPresent()) {
            piece.writeBytes(
                    terms.format().change(next.get(), terms.withValues()).toArray());
            changes++;
            next = piece.size() < PIECE_BYTES ? watch.next() : Optional.empty();
        }
        all.kept(watch.keptBytes() - keptBefore);
        if (changes == 0) {
            watch.failure().ifPresent(failure -> endWith(to, failure));
            return 0;
        }
        quietTicks = 0;
        all.written(changes);
        to.write(Bytes.wrap(piece.toByteArray()));
        goOn();
        return piece.size();
    }

    private void endWith(ResponseStream to, WatchOutcome.NotServed failure) {
        to.write(terms.format().problem(refusal(failure)));
        to.end();
        end();
    }

    private static Refusal refusal(WatchOutcome.NotServed failure) {
        String what = failure.problem() == Problem.POSITION_GONE
                ? "Changes after this position are not kept any more: read the keys anew, and watch from there ("
                        + failure.detail() + ")."
                : failure.detail();
        return Refusal.of(failure.problem(), what);
    }

    /**
     * Called a few times a second: asks those again that did not answer, and shows a quiet client that all is well. A run
     * that fails ends, and no other with it.
     */
    void tick() {
        exchange.guarded(WatchRun::goOnOrBeat).accept(this);
    }

    private void goOnOrBeat() {
        watch.retry();
        goOn();
        ResponseStream to = stream;
        if (ended || to == null || to.isFull()) {
            return;
        }
        boolean isOver = (System.nanoTime() - startedNanos) / Now.NANOS_PER_MILLI >= terms.durationMillis();
        if (isOver || ++quietTicks >= HEARTBEAT_TICKS) {
            heartbeat(to);
        }
        if (isOver) {
            to.end();
            end();
        }
    }

    private void heartbeat(ResponseStream to) {
        quietTicks = 0;
        to.write(terms.format().heartbeat(watch.position().text(), watch.notServed()));
    }

    /** How many partitions it watches. */
    int partitions() {
        return watch.position().scope().count();
    }

    /** It cannot go on because of a mistake in this server. */
    void failed(RuntimeException failure) {
        exchange.failed(failure);
        end();
    }

    private void end() {
        if (!ended) {
            ended = true;
            all.kept(-watch.keptBytes());
            watch.end();
            all.ended(this);
        }
    }
}
