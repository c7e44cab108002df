package io.quorate.client;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The changes of keys as they happen, one after the other, for a thread that waits for them.
 *
 * <pre>{@code
 * try (Watch watch = client.watch(WatchOptions.of(Bytes.utf8("order/")))) {
 *     for (WatchEvent event : watch) {
 *         handle(event);
 *         remember(event.position());
 *     }
 * }
 * }</pre>
 *
 * <p>The loop ends when the watch or its client is closed or the thread is interrupted, which it stays; it throws {@link
 * WatchEndedException} when the watch cannot go on. Nothing is read ahead but what one connection buffers, so a slow
 * loop slows the worker down, which cuts a connection that it cannot write to; the watch then goes on where it was.
 *
 * <p>One thread goes through it, once; {@link #close} is for any thread.
 */
public final class Watch implements Iterable<WatchEvent>, AutoCloseable {
    private final WatchRun run;
    private final Events events = new Events();

    Watch(WatchRun run) {
        this.run = run;
    }

    private final class Events implements Iterator<WatchEvent> {
        private Optional<WatchEvent> ahead = Optional.empty();

        @Override
        public boolean hasNext() {
            try {
                ahead = ahead.isPresent() ? ahead : run.next();
            } catch (InterruptedException e) {
                run.close();
                Thread.currentThread().interrupt();
            }
            return ahead.isPresent();
        }

        @Override
        public WatchEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the watch is closed");
            }
            WatchEvent next = ahead.orElseThrow();
            ahead = Optional.empty();
            return next;
        }
    }

    /** The events that are still to come; always the same iterator. */
    @Override
    public Iterator<WatchEvent> iterator() {
        return events;
    }

    /** Gives the connection up; whoever waits for an event goes on at once, or when its present attempt to connect ends. */
    @Override
    public void close() {
        run.close();
    }
}
