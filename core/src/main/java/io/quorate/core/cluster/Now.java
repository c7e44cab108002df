package io.quorate.core.cluster;

/**
 * The time at which an input is handled; it is read by the caller, once for each input.
 *
 * @param monotonicNanos the process's monotonic clock, for time-outs and leases
 * @param wallMillis the wall clock, milliseconds since 1970, for log time
 */
public record Now(long monotonicNanos, long wallMillis) {
    /** Nanoseconds in a millisecond. */
    public static final long NANOS_PER_MILLI = 1_000_000;

    /** How far the wall clock is ahead of the monotonic one; a change of it is a step or a suspended machine. */
    public long wallOffsetMillis() {
        return wallMillis - monotonicNanos / NANOS_PER_MILLI;
    }
}
