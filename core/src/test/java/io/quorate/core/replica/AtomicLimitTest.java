package io.quorate.core.replica;

import java.util.List;
import org.junit.jupiter.api.Test;

/** An entry is no larger than a log takes, whatever the commands of a write are. */
final class AtomicLimitTest {
    private static final String LARGE = "x".repeat(1_100_000);

    private final ScenarioScript script = new ScenarioScript();

    private void run(String... lines) {
        List.of(lines).forEach(script::run);
    }

    @Test
    void commandsThatTogetherChangeTooMuchAreRefusedAndNothingIsLogged() {
        run("workers w1 w2 w3 quorum 2", "create term 1", "sync", "lead w1 term 1", "settle");
        run("together a=" + LARGE + " b=1 at w1", "settle", "expect together applied 1-2");
        run("together a=" + LARGE + " b=" + LARGE + " at w1 once t", "settle");
        run("expect together not-applied value-too-large", "expect w1 last 1-2", "expect w1 has b=1");
    }

    @Test
    void whatIsReadCountsToo() {
        run("workers w1 w2 w3 quorum 2", "create term 1", "sync", "lead w1 term 1", "settle");
        run("put a=" + LARGE + " at w1", "settle", "together ?a b=1 at w1", "settle");
        run("expect together applied 1-3", "together ?a ?a b=2 at w1 as twice", "settle");
        run("expect twice not-applied value-too-large", "expect w1 last 1-3", "expect w1 has b=1");
    }

    @Test
    void aNamedWriteReadsLessAsThatIsKept() {
        run("workers w1 w2 w3 quorum 2", "create term 1", "sync", "lead w1 term 1", "settle");
        run("put a=" + "x".repeat(60_000) + " at w1", "settle", "together ?a b=1 at w1 once t", "settle");
        run("expect together applied 1-3", "together ?a ?a b=2 at w1 once u as twice", "settle");
        run("expect twice not-applied value-too-large", "expect w1 last 1-3", "expect w1 has b=1");
    }
}
