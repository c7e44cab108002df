package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every rule that is made wrong on purpose is found by the seed that is recorded for it. When the code has changed so
 * that another seed is needed, {@code quorate simulate --plants all} finds it.
 */
class PlantTest {
    private static final long THREE_MINUTES_MILLIS = 180_000;

    /** These report no plant before others do; each is seen to fail in {@link BadStateTest}. */
    private static final Set<Promise> SHOWN_BY_HAND = EnumSet.of(
            Promise.ACKNOWLEDGED_IS_COMMITTED,
            Promise.CONDITIONS_FOLLOW_THE_LOG,
            Promise.REFUSED_IS_NOT_APPLIED,
            Promise.READ_IS_FRESH,
            Promise.READ_SEES_ITS_MINIMUM,
            Promise.LINEARIZABLE,
            Promise.ANSWERED_IN_TIME,
            Promise.CALM_SUCCEEDS,
            Promise.REPLICAS_BECOME_EQUAL);

    private static String[] recorded(Plant plant) {
        return recorded()
                .getProperty(plant.written(), "0 nothing is recorded")
                .trim()
                .split(" ");
    }

    private static Properties recorded() {
        Properties recorded = new Properties();
        try (InputStream in = PlantTest.class.getResourceAsStream("plants.properties")) {
            recorded.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return recorded;
    }

    @ParameterizedTest
    @EnumSource
    void aPlantIsFoundByItsRecordedSeed(Plant plant) {
        String[] seedAndPromise = recorded(plant);
        long seed = Long.parseLong(seedAndPromise[0]);

        SeedRun.Report report = new SeedRun(seed, THREE_MINUTES_MILLIS, Optional.of(plant)).run();

        assertThat(seed).isBetween(1L, 1_000L);
        assertThat(report.broken().map(SeedRun.Broken::promise))
                .as("look for another seed with 'quorate simulate --plants all'")
                .contains(Promise.valueOf(seedAndPromise[1]));
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeedHoldsWithoutIt(Plant plant) {
        long seed = Long.parseLong(recorded(plant)[0]);

        assertThat(new SeedRun(seed, THREE_MINUTES_MILLIS, Optional.empty())
                        .run()
                        .broken())
                .isEmpty();
    }

    @Test
    void everyPromiseIsTheFirstToReportSomethingOrIsShownByHand() {
        Set<Promise> shown = EnumSet.copyOf(SHOWN_BY_HAND);
        EnumSet.allOf(Plant.class).stream()
                .map(plant -> Promise.valueOf(recorded(plant)[1]))
                .forEach(shown::add);

        assertThat(shown).containsExactlyInAnyOrder(Promise.values());
    }
}
