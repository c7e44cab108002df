package io.quorate.client;

/**
 * When the map is fetched again: one fetch at a time, the next one not before a pause that doubles from {@link
 * #FIRST_PAUSE_NANOS} to {@link #LONGEST_PAUSE_NANOS} while fetches bring nothing new.
 *
 * <p>Thread-safe.
 */
final class RefreshRule {
    static final long FIRST_PAUSE_NANOS = 50_000_000;
    static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

    private boolean underWay;
    private boolean ever;
    private long notBeforeNanos;
    private long pauseNanos = FIRST_PAUSE_NANOS;

    /** Whether the caller is the one to fetch now; it calls {@link #ended} afterwards, whatever came of it. */
    synchronized boolean begin(long nowNanos) {
        if (underWay || (ever && nowNanos - notBeforeNanos < 0)) {
            return false;
        }
        underWay = true;
        return true;
    }

    /** Takes note of a fetch that is over. */
    synchronized void ended(long nowNanos, boolean broughtNews) {
        underWay = false;
        ever = true;
        pauseNanos = broughtNews ? FIRST_PAUSE_NANOS : Math.min(LONGEST_PAUSE_NANOS, pauseNanos * 2);
        notBeforeNanos = nowNanos + pauseNanos;
    }
}
