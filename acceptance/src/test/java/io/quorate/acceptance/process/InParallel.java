package io.quorate.acceptance.process;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does the same with many things at once. */
final class InParallel {
    private static final int THREADS = 16;

    private InParallel() {}

    /** The results in the order of the items. */
    static <T, R> List<R> map(List<T> items, Function<T, R> step) {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<R>> results = items.stream()
                    .map(item -> threads.submit(() -> step.apply(item)))
                    .toList();
            return results.stream().map(InParallel::result).toList();
        }
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
