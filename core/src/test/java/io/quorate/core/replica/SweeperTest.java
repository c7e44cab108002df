package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Now;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a leader searches its store for what has expired. */
final class SweeperTest {
    private final ScenarioWorld world = new ScenarioWorld();
    private final ScenarioScript script = new ScenarioScript(world);

    @BeforeEach
    void w1Leads() {
        run("workers w1 w2 w3 quorum 2", "create term 1", "sync", "lead w1 term 1", "settle");
    }

    private void run(String... lines) {
        for (String line : lines) {
            script.run(line);
        }
    }

    private int searches() {
        return world.worker("w1").searches();
    }

    private void putExpiring(int count, String lifetime) {
        for (int i = 0; i < count; i++) {
            run("put k" + i + "=1 at w1 ttl " + lifetime);
        }
        run("settle");
    }

    @Test
    void aLeaderSearchesOnceAndThenNotWhileNothingExpires() {
        assertThat(searches()).isEqualTo(1);

        run("put a=1 at w1", "settle", "wait 600s", "settle");

        assertThat(searches()).isEqualTo(1);
    }

    @Test
    void itSearchesWhenTheFirstRecordExpiresAndNotBefore() {
        run("put a=1 at w1 ttl 90s", "put b=1 at w1 ttl 70s", "settle", "wait 69999ms");
        assertThat(searches()).isEqualTo(1);

        run("wait 1ms");

        assertThat(searches()).isEqualTo(2);
        run("settle", "wait 20s", "settle");
        assertThat(searches()).isEqualTo(3);
        run("expect w1 last 1-5 entry 4 expire", "expect w1 entry 5 expire");
    }

    @Test
    void whatExpiresDuringThePauseIsFoundTogetherAfterIt() {
        run("put a=1 at w1 ttl 1000ms", "put b=1 at w1 ttl 1100ms", "put c=1 at w1 ttl 1200ms", "settle");

        run("wait 1499ms", "settle");
        assertThat(searches()).isEqualTo(2);
        run("wait 1ms", "settle");

        assertThat(searches()).isEqualTo(3);
        run("expect w1 last 1-6 entry 6 expire,expire", "wait 10s");
        assertThat(searches()).isEqualTo(3);
    }

    @Test
    void whatOneSearchLeavesIsFoundWithoutAPause() {
        putExpiring(Sweeper.MAX_FOUND + 10, "500ms");
        world.pass(500 * Now.NANOS_PER_MILLI);

        run("settle", "wait 0ms", "settle");

        assertThat(searches()).isEqualTo(3);
        run("wait 5ms", "settle", "checkpoint w1", "expect w1 stored 0");
    }

    @Test
    void itDoesNotSearchAgainBeforeWhatItFoundIsCommitted() {
        putExpiring(Sweeper.MAX_FOUND + 10, "500ms");
        run("cut w1 w2", "cut w1 w3", "wait 500ms");
        assertThat(searches()).isEqualTo(2);

        run("wait 60s", "settle");

        assertThat(searches()).isEqualTo(2);
        run("join w1 w2", "wait 1s", "settle", "wait 1ms", "settle");
        assertThat(searches()).isEqualTo(3);
    }

    @Test
    void aDeposedLeaderSearchesNoMore() {
        run("put a=1 at w1 ttl 500ms", "settle", "fence w1 w2 w3 term 2", "settle", "wait 10s", "settle");

        assertThat(searches()).isEqualTo(1);
        run("expect w1 last 1-2");
    }
}
