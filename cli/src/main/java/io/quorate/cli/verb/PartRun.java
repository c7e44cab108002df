package io.quorate.cli.verb;

import io.quorate.cli.ExitCode;
import io.quorate.cli.part.Part;
import io.quorate.server.wiring.StartRefusedException;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A process that is one part: runs it until a signal ends it in order or it cannot go on. */
final class PartRun {
    private static final long CLOSE_SECONDS = 2;

    private final Vertx vertx;
    private final Output output;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<String> why = new AtomicReference<>("");

    PartRun(Vertx vertx, Output output) {
        this.vertx = vertx;
        this.output = output;
    }

    /** Hears that the part ended. */
    void ended(Part part, String line) {
        why.set(line);
        ended.countDown();
    }

    /** Runs the part; answers the exit code. */
    int run(Part part, Runnable whenStarted) throws StartRefusedException {
        OrderlyEnd end = OrderlyEnd.onSignal(part::stop);
        boolean started = false;
        try {
            part.start();
            started = true;
        } finally {
            if (!started) {
                end.cancel();
                close();
            }
        }
        whenStarted.run();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end.cancel();
        output.note(why.get());
        close();
        return ExitCode.REFUSED;
    }

    private void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            output.note("The event loops did not close in time; they end with the process.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
