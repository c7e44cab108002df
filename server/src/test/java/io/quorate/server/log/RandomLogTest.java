package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomLogTest {
    private static final int SEEDS = 150;
    private static final int STEPS = 150;

    @Test
    void whateverHappensRecordsReportedDurableAreThereInOrderAndUnchanged() throws IOException {
        long opened = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                opened += run(seed);
            } catch (AssertionError | RuntimeException | IOException broken) {
                throw new AssertionError("seed " + seed, broken);
            }
        }
        assertThat(opened).isGreaterThan(SEEDS * 4L);
    }

    private static int run(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        LogModel model = new LogModel();
        model.open();
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(12) == 0) {
                model.files().losePowerAfter(random.nextInt(8));
            }
            try {
                act(model, random);
            } catch (PowerLoss lost) {
                comeBack(model, random);
            }
        }
        model.files().losePowerAfter(Long.MAX_VALUE);
        model.files().limitTo(Long.MAX_VALUE);
        model.open();
        return model.timesOpened();
    }

    private static void act(LogModel model, SplittableRandom random) throws IOException {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> model.append(LogRig.record(random.nextInt(), recordBytes(random)));
            case 3 -> model.rig().log().writeOnce();
            case 4 -> model.flush();
            case 5 -> model.rig().tidy();
            case 6 -> model.release(1 + random.nextLong(model.promised() + 1));
            default -> rarely(model, random);
        }
    }

    private static void rarely(LogModel model, SplittableRandom random) throws IOException {
        switch (random.nextInt(4)) {
            case 0 -> {
                model.flush();
                if (model.rig().log().writeOnce() == LogWriter.Step.IDLE) {
                    model.rig().log().writeEnd();
                }
                reopen(model);
            }
            case 1 -> model.files().limitTo(model.files().usedBytes() + random.nextInt(40_000));
            case 2 -> model.files().limitTo(Long.MAX_VALUE);
            default -> throw new PowerLoss();
        }
    }

    /** On a full disk there may be no room to go on; then the log must be what it was as soon as there is. */
    private static void reopen(LogModel model) throws IOException {
        try {
            model.open();
        } catch (IOException noRoom) {
            model.files().limitTo(Long.MAX_VALUE);
            model.open();
        }
    }

    private static void comeBack(LogModel model, SplittableRandom random) throws IOException {
        model.files().limitTo(Long.MAX_VALUE);
        for (int attempt = 0; ; attempt++) {
            if (random.nextInt(4) == 0) {
                model.files().restartProcess();
            } else {
                model.files().powerOn(tear(random), random);
            }
            if (attempt < 3 && random.nextInt(3) == 0) {
                model.files().losePowerAfter(random.nextInt(10));
            }
            try {
                model.open();
                return;
            } catch (PowerLoss again) {
                assertThat(attempt).isLessThan(3);
            }
        }
    }

    private static Tear tear(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> Tear.nothing();
            case 1 -> Tear.everything();
            case 2 -> Tear.prefix(random.nextInt(12_288));
            case 3 -> Tear.hole(random.nextInt(24));
            default -> Tear.sectors(random);
        };
    }

    private static int recordBytes(SplittableRandom random) {
        return 1 + random.nextInt(random.nextInt(6) == 0 ? 12_000 : 300);
    }
}
