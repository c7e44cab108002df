package io.quorate.simulation;

import io.quorate.core.cluster.Now;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Virtual time and the queue of what happens in it; events of one moment happen in the order of their making. */
final class Timeline {
    private record Event(long nanos, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return nanos == other.nanos ? Long.compare(number, other.number) : Long.compare(nanos, other.nanos);
        }
    }

    private static final long START_MILLIS = 1_750_000_000_000L;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final RandomGenerator random;
    private long nowNanos = Now.NANOS_PER_MILLI;
    private long made;
    private long happened;
    private long hash;
    private Consumer<String> trace = _ -> {};
    private boolean traced;

    Timeline(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    RandomGenerator random() {
        return random;
    }

    long nanos() {
        return nowNanos;
    }

    Now now() {
        return new Now(nowNanos, START_MILLIS + nowNanos / Now.NANOS_PER_MILLI);
    }

    /** Events that have happened. */
    long happened() {
        return happened;
    }

    /** What happened when, as one number: two runs that have the same did the same. */
    long traceHash() {
        return hash;
    }

    /** From now on somebody hears what happens, one line each. */
    void tracedTo(Consumer<String> listener) {
        trace = listener;
        traced = true;
    }

    /** Says what happens, to whoever listens. */
    void note(Supplier<String> line) {
        if (traced) {
            trace.accept("%.6f s  %s".formatted(nowNanos / 1e9, line.get()));
        }
    }

    void after(long nanos, Runnable action) {
        events.add(new Event(nowNanos + Math.max(nanos, 1), made++, action));
    }

    /** After a random time between the two, in microseconds. */
    void within(long fromMicros, long toMicros, Runnable action) {
        after(random.nextLong(fromMicros, toMicros + 1) * 1_000, action);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Lets everything happen up to a moment. */
    void runUntil(long nanos) {
        while (!events.isEmpty() && events.peek().nanos() <= nanos) {
            Event event = events.remove();
            nowNanos = event.nanos();
            happened++;
            hash = Long.rotateLeft(hash ^ nowNanos * 0x9E3779B97F4A7C15L, 23) * 0xBF58476D1CE4E5B9L + event.number();
            event.action().run();
        }
        nowNanos = Math.max(nowNanos, nanos);
    }
}
