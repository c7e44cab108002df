package io.quorate.client;

/**
 * How long to wait between two attempts: twice as long each time up to a cap, of that a random part between a half and
 * the whole so that clients that failed together do not come back together, and never before an answer allows it.
 *
 * @param firstMillis after the first attempt
 * @param capMillis the longest
 */
record RetryRule(long firstMillis, long capMillis) {
    /** What calls use. */
    static final RetryRule USUAL = new RetryRule(20, 500);

    /** What watches use, which have no deadline. */
    static final RetryRule LASTING = new RetryRule(20, 2_000);

    private static final int MAX_DOUBLINGS = 20;

    /**
     * The time to wait in milliseconds.
     *
     * @param attemptsMade at least 1
     * @param retryAfterMillis what the answer demands, 0 for nothing
     * @param chance from 0 (inclusive) to 1 (exclusive)
     */
    long pauseMillis(int attemptsMade, long retryAfterMillis, double chance) {
        long longest = Math.min(capMillis, firstMillis << Math.min(attemptsMade - 1, MAX_DOUBLINGS));
        return retryAfterMillis + longest / 2 + (long) (chance * (longest - longest / 2));
    }

    /** What the answer demands in milliseconds, 0 for nothing; a date is not understood, as no part of Quorate sends one. */
    static long retryAfterMillis(Reply reply) {
        return reply instanceof Reply.Answered answer
                ? answer.headers()
                        .first(Header.RETRY_AFTER)
                        .filter(seconds -> seconds.matches("\\d{1,9}"))
                        .map(seconds -> Long.parseLong(seconds) * 1_000)
                        .orElse(0L)
                : 0;
    }
}
