package io.quorate.server.peer;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One event loop for a test, and ways for the test's own thread to wait for what happens on it. */
final class Loop implements AutoCloseable {
    private static final long BOUND_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<Runnable> first = new ArrayList<>();
    private final Context context = ((VertxInternal) vertx).createEventLoopContext();

    Vertx vertx() {
        return vertx;
    }

    /** Runs on the loop and waits for the result. */
    <T> T on(Callable<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        context.runOnContext(_ -> {
            try {
                done.complete(work.call());
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            }
        });
        return got(done);
    }

    void run(Runnable work) {
        on(() -> {
            work.run();
            return true;
        });
    }

    /** Starts something on the loop and waits until it has finished. */
    <T> T await(Callable<Future<T>> work) {
        return got(on(work).toCompletionStage().toCompletableFuture());
    }

    static void eventually(String what, BooleanSupplier holds) {
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - giveUpAt > 0) {
                throw new AssertionError("This did not come to hold in " + BOUND_SECONDS + " s: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static <T> T got(CompletableFuture<T> future) {
        try {
            return future.get(BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }

    boolean isHere() {
        return ((ContextInternal) context).nettyEventLoop().inEventLoop();
    }

    /** Something to close before the loop itself. */
    void closeFirst(Runnable closing) {
        first.add(closing);
    }

    @Override
    public void close() {
        first.forEach(Runnable::run);
        got(vertx.close().toCompletionStage().toCompletableFuture());
    }
}
