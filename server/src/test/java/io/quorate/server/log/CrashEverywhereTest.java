package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The same work, interrupted at each single change that it makes on disk, and its recovery interrupted as well. */
class CrashEverywhereTest {
    @Test
    void nothingDurableIsLostWhereverTheCrashComes() throws IOException {
        LogModel undisturbed = new LogModel();
        work(undisturbed);
        long operations = undisturbed.files().operations();
        assertThat(operations).isGreaterThan(80);
        for (long at = 0; at < operations; at++) {
            for (int kind = 0; kind < 4; kind++) {
                SplittableRandom random = new SplittableRandom(at * 4 + kind);
                LogModel model = new LogModel();
                interrupted(model, at, () -> work(model));
                if (random.nextInt(4) == 0) {
                    model.files().restartProcess();
                } else {
                    model.files().powerOn(tears(random).get(kind), random);
                }
                interrupted(model, random.nextInt(12), model::open);
                model.files().powerOn(tears(random).get(random.nextInt(4)), random);
                model.open();
                work(model);
            }
        }
    }

    private static List<Tear> tears(SplittableRandom random) {
        return List.of(Tear.nothing(), Tear.everything(), Tear.sectors(random), Tear.prefix(random.nextInt(8_192)));
    }

    private static void interrupted(LogModel model, long at, Work work) throws IOException {
        model.files().losePowerAfter(at);
        try {
            work.run();
        } catch (PowerLoss expected) {
            return;
        }
        model.files().losePowerAfter(Long.MAX_VALUE);
    }

    /** Fills segments, releases and reuses them, restarts, and ends in an orderly way. */
    private static void work(LogModel model) throws IOException {
        model.open();
        for (int i = 1; i <= 12; i++) {
            model.append(LogRig.record(i, 900 * i));
            model.flush();
        }
        model.release(model.promised() - 3);
        model.rig().tidy();
        model.open();
        for (int i = 1; i <= 6; i++) {
            model.append(LogRig.record(100 + i, 10));
            model.append(LogRig.record(200 + i, 7_000));
            model.flush();
            model.rig().tidy();
        }
        model.rig().log().writeEnd();
        model.open();
        model.append(LogRig.record(300, 10));
        model.flush();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }
}
