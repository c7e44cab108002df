package io.quorate.simulation;

import io.quorate.core.cluster.Now;

/** A machine's two clocks: the monotonic one goes a little fast or slow, the wall clock may jump. */
final class SimulatedClock {
    /** The most by which a monotonic clock is fast or slow, in millionths; what the lease is made for. */
    static final long MAX_DRIFT_PPM = 10_000;

    private final Timeline time;
    private long originNanos;
    private long originLocalNanos;
    private long ppm;
    private long wallOffsetMillis;

    SimulatedClock(Timeline time) {
        this.time = time;
    }

    Now now() {
        return new Now(nanos(), time.now().wallMillis() + wallOffsetMillis);
    }

    private long nanos() {
        long elapsed = time.nanos() - originNanos;
        return originLocalNanos + elapsed + elapsed / 1_000 * ppm / 1_000;
    }

    /** How long until the monotonic clock shows that, at least 1 ns. */
    long until(long localNanos) {
        long left = localNanos - nanos();
        return left <= 0 ? 1 : (long) (left / (1 + ppm / 1e6)) + 1;
    }

    /** From now on the monotonic clock gains so many millionths, or loses them. */
    void drift(long millionths) {
        long local = nanos();
        originNanos = time.nanos();
        originLocalNanos = local;
        ppm = millionths;
    }

    /** The wall clock is so far from the true time now. */
    void wallOffset(long millis) {
        wallOffsetMillis = millis;
    }
}
