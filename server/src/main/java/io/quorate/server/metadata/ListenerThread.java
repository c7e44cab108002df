package io.quorate.server.metadata;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The one thread on which the listener is called and proposals' outcomes are told.
 *
 * <p>Its queue is bounded by what feeds it: one entry being applied, the open proposals and changes of leadership.
 */
final class ListenerThread {
    private final ExecutorService executor;
    private final Consumer<Throwable> onFailure;

    ListenerThread(String controllerId, Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
        executor = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("metadata-" + controllerId).factory());
    }

    /** Runs the task after those handed over before; false when the thread has ended. */
    boolean post(Runnable task) {
        try {
            executor.execute(() -> run(task));
            return true;
        } catch (RejectedExecutionException ended) {
            return false;
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failed) {
            onFailure.accept(failed);
            throw failed;
        }
    }

    /** Runs the task and waits for its result; what it throws comes as the cause of an IllegalStateException. */
    <T> T call(Callable<T> task) {
        try {
            return executor.submit(task).get();
        } catch (ExecutionException failed) {
            onFailure.accept(failed.getCause());
            throw new IllegalStateException("The listener of the metadata log failed", failed.getCause());
        } catch (RejectedExecutionException | CancellationException ended) {
            throw new IllegalStateException("The metadata log is closed", ended);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "Interrupted while the listener of the metadata log was at work", interrupted);
        }
    }

    /** Ends the thread after what was handed over before; false when that takes longer. */
    boolean close(long timeoutMillis) throws InterruptedException {
        executor.shutdown();
        return executor.awaitTermination(timeoutMillis, TimeUnit.MILLISECONDS);
    }
}
