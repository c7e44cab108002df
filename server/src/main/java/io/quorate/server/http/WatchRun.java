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

    /** What it tells the front end. */
    interface Listener {
        /** A request was sent, or answered. */
        void asked(int difference);

        /** Changes were written. */
        void written(int changes);

        /** It is over. */
        void ended(WatchRun run);
    }

    private final WorkerService service;
    private final Exchange exchange;
    private final ClusterWatch watch;
    private final WatchFormat format;
    private final boolean withValues;
    private final long durationMillis;
    private final long startedNanos = System.nanoTime();
    private final long timeoutMillis;
    private final Listener listener;
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
            Listener listener) {
        this.service = service;
        this.exchange = exchange;
        this.watch = watch;
        this.format = terms.format();
        this.withValues = terms.withValues();
        this.durationMillis = terms.durationMillis();
        this.timeoutMillis = timeoutMillis;
        this.listener = listener;
    }

    void goOn() {
        if (ended) {
            return;
        }
        if (!exchange.open()) {
            end();
            return;
        }
        for (WatchRequest request : watch.ask()) {
            listener.asked(1);
            service.watch(
                    request,
                    timeoutMillis + request.waitMillis(),
                    exchange.guarded(outcome -> answered(request.partition(), outcome)));
        }
    }

    private void answered(int partition, WatchOutcome outcome) {
        listener.asked(-1);
        watch.answered(partition, outcome);
        if (ended) {
            return;
        }
        if (stream == null && watch.failure().isPresent()) {
            exchange.refuse(refusal(watch.failure().get()));
            end();
            return;
        }
        if (stream == null && watch.hasBegun()) {
            begin();
        }
        if (stream != null) {
            write(stream);
        }
        goOn();
    }

    private void begin() {
        exchange.with("Cache-Control", "no-cache");
        ResponseStream begun = exchange.stream(format.mediaType());
        begun.whenClosed(this::end);
        begun.whenAccepted(exchange.guardedStep(() -> {
            write(begun);
            goOn();
        }));
        stream = begun;
        begun.write(format.heartbeat(watch.position().text()));
    }

    private void write(ResponseStream to) {
        while (!ended && !to.isFull()) {
            ByteArrayOutputStream piece = new ByteArrayOutputStream();
            int changes = 0;
            Optional<ClusterWatch.Given> next = watch.next();
            while (next.isPresent()) {
                piece.writeBytes(format.change(next.get(), withValues).toArray());
                changes++;
                next = piece.size() < PIECE_BYTES ? watch.next() : Optional.empty();
            }
            if (changes == 0) {
                watch.failure().ifPresent(failure -> endWith(to, failure));
                return;
            }
            quietTicks = 0;
            listener.written(changes);
            to.write(Bytes.wrap(piece.toByteArray()));
        }
    }

    private void endWith(ResponseStream to, WatchOutcome.NotServed failure) {
        to.write(format.problem(refusal(failure)));
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

    /** Called a few times a second: asks those again that did not answer, and shows a quiet client that all is well. */
    void tick() {
        if (ended) {
            return;
        }
        watch.retry();
        goOn();
        ResponseStream to = stream;
        if (to == null || to.isFull()) {
            return;
        }
        boolean isOver = (System.nanoTime() - startedNanos) / Now.NANOS_PER_MILLI >= durationMillis;
        if (isOver || ++quietTicks >= HEARTBEAT_TICKS) {
            quietTicks = 0;
            to.write(format.heartbeat(watch.position().text()));
        }
        if (isOver) {
            to.end();
            end();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            listener.ended(this);
        }
    }
}
