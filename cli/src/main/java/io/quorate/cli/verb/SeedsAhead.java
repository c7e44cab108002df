package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.simulation.SeedRun;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/** Runs the seeds of a range in order, some of them ahead of the others, one for each processor. */
final class SeedsAhead implements AutoCloseable {
    /** A run that ended. */
    record Ran(SeedRun run, SeedRun.Report report) {}

    private final ExecutorService pool;
    private final Deque<Future<Ran>> begun = new ArrayDeque<>();
    private final int atOnce = Runtime.getRuntime().availableProcessors();
    private final LongFunction<SeedRun> runOf;
    private final long lastSeed;
    private long nextSeed;

    /** Both ends of the range are included. */
    SeedsAhead(long firstSeed, long lastSeed, LongFunction<SeedRun> runOf) {
        this.nextSeed = firstSeed;
        this.lastSeed = lastSeed;
        this.runOf = runOf;
        this.pool = Executors.newFixedThreadPool(atOnce);
    }

    /** The next one in order, once it has ended; empty after the last. */
    Optional<Ran> next() throws CommandRefusedException {
        while (begun.size() < 2 * atOnce && nextSeed <= lastSeed) {
            SeedRun run = runOf.apply(nextSeed++);
            begun.addLast(pool.submit(() -> new Ran(run, run.run())));
        }
        Future<Ran> first = begun.pollFirst();
        if (first == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(first.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandRefusedException(ExitCode.REFUSED, "Interrupted.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        begun.forEach(future -> future.cancel(false));
        pool.shutdownNow();
    }
}
