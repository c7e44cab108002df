package io.quorate.core.controller;

/**
 * Says how sure one can be that a sender of regular heartbeats is gone: phi = 8 means an error in one of 10^8 cases.
 *
 * <p>N. Hayashibara, X. Défago, R. Yared, T. Katayama: "The φ Accrual Failure Detector", SRDS 2004. The intervals
 * between heartbeats are taken to be normally distributed with the mean and deviation of the last ones, the deviation
 * at least {@link #MIN_DEVIATION_MILLIS}; the tail of the distribution is approximated by a logistic function.
 */
final class PhiAccrualDetector {
    static final double MIN_DEVIATION_MILLIS = 100;
    private static final int SAMPLES = 64;
    private static final double NANOS_PER_MILLI = 1e6;

    private final double expectedMillis;
    private final double[] intervals = new double[SAMPLES];
    private int count;
    private long lastNanos;

    /**
     * @param expectedMillis the interval at which heartbeats are sent; the mean is never taken to be less, so that
     *     extra ones do not make it impatient
     */
    PhiAccrualDetector(long expectedMillis, long nowNanos) {
        this.expectedMillis = expectedMillis;
        this.lastNanos = nowNanos;
    }

    /** Forgets all intervals and counts as heard now. */
    void reset(long nowNanos) {
        count = 0;
        lastNanos = nowNanos;
    }

    /** A heartbeat arrived; one that ends an announced pause early says nothing of intervals. */
    void heard(long nowNanos) {
        if (nowNanos >= lastNanos) {
            intervals[count % SAMPLES] = (nowNanos - lastNanos) / NANOS_PER_MILLI;
            count++;
        }
        lastNanos = nowNanos;
    }

    /** The heartbeat that arrived last announced a pause: it counts as heard at the end of that. */
    void quiet(long nanos) {
        lastNanos += nanos;
    }

    /** How unlikely it is that a heartbeat comes even later than now, as minus its decimal logarithm. */
    double phi(long nowNanos) {
        double silence = (nowNanos - lastNanos) / NANOS_PER_MILLI;
        double mean = mean();
        double center = Math.max(mean, expectedMillis);
        double y = (silence - center) / deviation(mean);
        double e = StrictMath.exp(-y * (1.5976 + 0.070566 * y * y));
        double later = silence > center ? e / (1 + e) : 1 - 1 / (1 + e);
        return later <= 0 ? Double.MAX_VALUE : Math.max(0, -StrictMath.log10(later));
    }

    private double mean() {
        double sum = 0;
        for (int i = 0; i < known(); i++) {
            sum += intervals[i];
        }
        return known() == 0 ? expectedMillis : sum / known();
    }

    private double deviation(double mean) {
        double squares = 0;
        for (int i = 0; i < known(); i++) {
            squares += (intervals[i] - mean) * (intervals[i] - mean);
        }
        return Math.max(MIN_DEVIATION_MILLIS, known() == 0 ? 0 : Math.sqrt(squares / known()));
    }

    private int known() {
        return Math.min(count, SAMPLES);
    }
}
