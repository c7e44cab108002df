package io.quorate.core.cluster;

/**
 * Names one start of a worker from one disk: how often it was started, and a number that was drawn for this start.
 *
 * <p>The count tells an old copy of a disk that was started less often. The drawn number tells one that was started as
 * often as the disk itself, which without it would be taken for the process that registered.
 */
public final class Incarnation {
    private static final int DRAWN_BITS = 20;

    /** How many numbers may be drawn. */
    public static final int DRAWS = 1 << DRAWN_BITS;

    private Incarnation() {}

    /**
     * The incarnation of the next start.
     *
     * @param before of the last one from this disk, 0 when there was none
     * @param drawn from 0 to below {@link #DRAWS}, with nothing to foretell it by
     */
    public static long next(long before, int drawn) {
        if (drawn < 0 || drawn >= DRAWS) {
            throw new IllegalArgumentException("drawn: " + drawn);
        }
        return (starts(before) + 1) << DRAWN_BITS | drawn;
    }

    /** How often the disk had been started, this start included; a small number is a count to which none was drawn. */
    public static long starts(long incarnation) {
        return incarnation < DRAWS ? incarnation : incarnation >>> DRAWN_BITS;
    }

    /** Whether a start surely came after another one from the same disk. */
    public static boolean isLater(long incarnation, long other) {
        return starts(incarnation) > starts(other);
    }
}
