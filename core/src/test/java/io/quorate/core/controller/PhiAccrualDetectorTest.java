package io.quorate.core.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Now;
import org.junit.jupiter.api.Test;

class PhiAccrualDetectorTest {
    private final PhiAccrualDetector detector = new PhiAccrualDetector(200, 0);

    @Test
    void aRegularSenderIsNotSuspectedUntilItIsSilentForSeveralIntervals() {
        beat(50, 200);

        assertThat(phiAfter(200)).isLessThan(1);
        assertThat(phiAfter(400)).isLessThan(8);
        assertThat(phiAfter(700)).isLessThan(8);
        assertThat(phiAfter(800)).isGreaterThanOrEqualTo(8);
    }

    @Test
    void silenceCountsFromTheEndOfAnAnnouncedPause() {
        beat(50, 200);
        detector.quiet(800 * Now.NANOS_PER_MILLI);

        assertThat(phiAfter(800)).isLessThan(1);
        assertThat(phiAfter(1_000)).isLessThan(1);
        assertThat(phiAfter(1_600)).isGreaterThanOrEqualTo(8);
    }

    @Test
    void aHeartbeatThatEndsAnAnnouncedPauseEarlyMakesNobodyImpatient() {
        PhiAccrualDetector early = new PhiAccrualDetector(200, 0);
        for (long at = 200; at <= 6_400; at += 200) {
            early.heard(at * Now.NANOS_PER_MILLI);
            early.quiet(800 * Now.NANOS_PER_MILLI);
        }

        assertThat(early.phi((6_400 + 800 + 400) * Now.NANOS_PER_MILLI)).isLessThan(8);
    }

    @Test
    void phiGrowsWithSilence() {
        beat(50, 200);
        double before = -1;
        for (long silence = 0; silence < 5_000; silence += 50) {
            double phi = phiAfter(silence);
            assertThat(phi).isGreaterThanOrEqualTo(before);
            before = phi;
        }
    }

    @Test
    void anIrregularSenderIsGivenMoreTime() {
        PhiAccrualDetector irregular = new PhiAccrualDetector(200, 0);
        long at = 0;
        for (int i = 0; i < 60; i++) {
            at += i % 2 == 0 ? 50 : 650;
            irregular.heard(at * Now.NANOS_PER_MILLI);
        }

        assertThat(irregular.phi((at + 1_200) * Now.NANOS_PER_MILLI)).isLessThan(8);
        assertThat(irregular.phi((at + 4_000) * Now.NANOS_PER_MILLI)).isGreaterThan(8);
    }

    @Test
    void extraHeartbeatsDoNotMakeItImpatient() {
        beat(60, 20);

        assertThat(phiAfter(600)).isLessThan(8);
    }

    @Test
    void aSenderThatWasNeverHeardIsMeasuredByTheIntervalThatItShouldKeep() {
        assertThat(phiAfter(400)).isLessThan(8);
        assertThat(phiAfter(900)).isGreaterThanOrEqualTo(8);
    }

    @Test
    void afterAResetEverythingBeforeIsForgotten() {
        beat(50, 200);
        long later = 60_000 * Now.NANOS_PER_MILLI;

        detector.reset(later);

        assertThat(detector.phi(later + 200 * Now.NANOS_PER_MILLI)).isLessThan(1);
    }

    private long last;

    private void beat(int times, long everyMillis) {
        for (int i = 0; i < times; i++) {
            last += everyMillis * Now.NANOS_PER_MILLI;
            detector.heard(last);
        }
    }

    private double phiAfter(long silenceMillis) {
        return detector.phi(last + silenceMillis * Now.NANOS_PER_MILLI);
    }
}
