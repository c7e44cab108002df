package io.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int simulate(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "simulate";
        System.arraycopy(words, 0, all, 1, words.length);
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }

    @Test
    void seedsThatHoldAreALineEachInTheirOrder() {
        assertThat(simulate("--seeds=3..6", "--minutes=0.05", "-o", "json")).isZero();

        assertThat(out.toString().lines()).hasSize(4).allMatch(line -> line.contains("\"violations\":[]"));
        assertThat(out.toString().lines().map(line -> line.replaceAll(".*\"seed\":(\\d+).*", "$1")))
                .containsExactly("3", "4", "5", "6");
    }

    @Test
    void aPlantThatIsFoundEndsWith3AndSaysHowToRepeatIt() {
        assertThat(simulate("--seeds=1..1000", "--minutes=0.2", "--plant=commit-without-quorum"))
                .isEqualTo(3);

        assertThat(out.toString()).contains("VIOLATION");
        assertThat(err.toString())
                .contains("Again: quorate simulate --seed ")
                .contains("--plant commit-without-quorum");
    }

    @Test
    void aTraceIsWritten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("trace.txt");

        assertThat(simulate("--seed=7", "--minutes=0.05", "--trace=" + file)).isZero();
        assertThat(Files.readString(file)).contains("client: call");
    }

    @Test
    void someFaultsOfASeedAreEnoughToRepeatIt() {
        assertThat(simulate("--seed=7", "--minutes=0.2", "--faults=0,2", "--coverage", "-o", "json"))
                .isZero();

        assertThat(out.toString()).contains("\"faults\":2");
        assertThat(err.toString()).contains("before barrier");
    }

    @Test
    void thePlantsAreListed() {
        assertThat(simulate("--plants")).isZero();
        assertThat(out.toString()).contains("commit-without-quorum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--seeds=9..1", "--seeds=x", "--minutes=0", "--plant=none", "--plants=some", "--faults=x"})
    void whatIsWrongIsSaid(String word) {
        assertThat(simulate(word)).isEqualTo(2);
        assertThat(err.toString()).isNotBlank();
    }
}
