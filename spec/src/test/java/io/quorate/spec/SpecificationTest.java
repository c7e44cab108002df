package io.quorate.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * TLC finds no error in the protocol, and a lost write or a stale read when a rule is left out.
 *
 * <p>What the README says of the models is what TLC found.
 */
class SpecificationTest {
    private static final Path SPECIFICATIONS = Path.of("").toAbsolutePath();
    /** The losses of {@code Healing.tla}, in the order of the README's columns. */
    private static final List<String> LOSSES = List.of("a", "b", "c", "a, b", "a, c", "b, c");

    private static final System.Logger LOG = System.getLogger(SpecificationTest.class.getName());

    private final ModelChecker checker = new ModelChecker(SPECIFICATIONS, SPECIFICATIONS.resolve("target"));
    private final List<Model> models = Model.all(SPECIFICATIONS.resolve("models"));

    @TestFactory
    Stream<DynamicTest> everyModel() {
        return models.stream().map(model -> dynamicTest(title(model), () -> check(model)));
    }

    private static String title(Model model) {
        return model.name() + ": "
                + model.violated().map(invariant -> invariant + " is violated").orElse("holds");
    }

    private void check(Model model) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Run run = checker.check(model);
        LOG.log(
                System.Logger.Level.INFO,
                "{0}: {1} distinct states, depth {2}, {3} ms",
                title(model),
                run.distinctStates(),
                run.depth(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        assertThat(run.violated()).as("invariant violated, see %s", run.file()).isEqualTo(model.violated());
        assertThat(run.holds())
                .as("completed, see %s", run.file())
                .isEqualTo(model.violated().isEmpty());
        assertThat(readme()).as("the tables of README.md").contains(rows(model, run));
    }

    /** What the README says of the model; in the first table, columns of words follow. */
    private static List<String> rows(Model model, Run run) {
        List<String> rows = new ArrayList<>();
        rows.add("| `%s` | %s | %d |".formatted(model.name(), model.violated().orElse("–"), run.depth()));
        if (model.module().equals("Healing")) {
            rows.add("| `%s` | %s |"
                    .formatted(model.name(), LOSSES.stream().map(run::after).collect(Collectors.joining(" | "))));
        }
        return rows;
    }

    private static String readme() throws IOException {
        return Files.readString(SPECIFICATIONS.resolve("README.md"));
    }

    @Test
    void everyRuleIsLeftOutOnce() throws IOException {
        List<String> rules = new ArrayList<>(Model.rules(SPECIFICATIONS.resolve("Replication.tla")));
        rules.addAll(Model.rules(SPECIFICATIONS.resolve("Lease.tla")));
        assertThat(models.stream().flatMap(model -> model.broken().stream()))
                .containsExactlyInAnyOrderElementsOf(rules);
    }

    @Test
    void aModelLeavesOutOneRuleAndFailsOrNoneAndHolds() {
        assertThat(models).allSatisfy(model -> assertThat(model.broken()).hasSizeLessThanOrEqualTo(1));
    }
}
