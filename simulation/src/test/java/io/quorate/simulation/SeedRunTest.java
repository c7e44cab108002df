package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeedRunTest {
    private static final long FAULTY_MILLIS = 6_000;

    @Test
    void aTraceChangesNothingAndSaysWhatHappens() {
        SeedRun run = new SeedRun(8, FAULTY_MILLIS, Optional.empty());
        List<String> lines = new ArrayList<>();

        assertThat(run.run(lines::add).traceHash()).isEqualTo(run.run().traceHash());
        assertThat(lines).anyMatch(line -> line.contains("fault 0: ")).anyMatch(line -> line.contains("client: call"));
    }

    @Test
    void seedsDiffer() {
        assertThat(LongStream.range(0, 5)
                        .mapToObj(seed -> new SeedRun(seed, FAULTY_MILLIS, Optional.empty())
                                .run()
                                .traceHash()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aPlantIsReportedWithWhatHappenedBeforeIt() {
        SeedRun found = LongStream.range(0, 1_000)
                .mapToObj(seed -> new SeedRun(seed, 2 * FAULTY_MILLIS, Optional.of(Plant.COMMIT_WITHOUT_QUORUM)))
                .filter(run -> run.run().broken().isPresent())
                .findFirst()
                .orElseThrow();

        assertThat(found.lastLines()).hasSizeGreaterThan(10).allMatch(line -> line.contains(" s  "));
    }

    @Test
    void aPlantIsFoundByTheNameItIsWrittenWith() {
        assertThat(Plant.values())
                .allSatisfy(plant -> assertThat(Plant.named(plant.written())).contains(plant));
    }
}
