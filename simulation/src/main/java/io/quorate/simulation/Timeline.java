package io.quorate.simulation;

import io.quorate.core.cluster.Now;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Virtual time and the queue of what happens in it; events of one moment happen in the order of their making. */
final class Timeline {
    private record Event(long nanos, long number, Runnable action) {}

    private static final long START_MILLIS = 1_750_000_000_000L;

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::nanos).thenComparingLong(Event::number));
    private final RandomGenerator random;
    private long nowNanos = Now.NANOS_PER_MILLI;
    private long made;
    private long happened;

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
            event.action().run();
        }
        nowNanos = Math.max(nowNanos, nanos);
    }
}
