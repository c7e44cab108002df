package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Value;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.Now;
import io.quorate.core.message.PartitionReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A leader under load, one of whose two followers does not answer any more. */
class SilentFollowerTest {
    private static final long NOTICE_NANOS = 5 * Now.NANOS_PER_MILLI;

    private final ScenarioWorld world = new ScenarioWorld();
    private final ScenarioScript script = new ScenarioScript(world);

    @BeforeEach
    void w3FallsSilent() {
        script.run("workers w1 w2 w3 quorum 2 retain 0");
        script.run("create term 1");
        script.run("sync");
        script.run("lead w1 term 1");
        script.run("settle");
        script.run("cut w1 w3");
    }

    @Test
    void nothingIsSentBehindEntriesThatAreNotKeptAnyMore() {
        world.pass(2 * Replicator.MAX_LAG_SILENCE_NANOS);
        for (int i = 0; i < Replicator.MAX_IN_FLIGHT + 100; i++) {
            put(i);
        }

        world.pass(NOTICE_NANOS);
        world.settle();
        script.run("join w1 w3");
        settleLong();

        script.run("expect w3 last 1-4197 applied 4197 has k=4195");
    }

    @Test
    void itIsOverdueAlthoughMoreIsSentAgainAndAgain() {
        for (int i = 0; i < 100; i++) {
            put(i);
            world.pass(NOTICE_NANOS);
        }

        PartitionReport report = world.worker("w1").report().orElseThrow();

        assertThat(report.peers())
                .filteredOn(peer -> peer.member().worker().equals("w3"))
                .singleElement()
                .matches(peer -> !peer.close(), "is not said to be close");
    }

    private void put(int number) {
        Command put = new Command.Put(Bytes.utf8("k"), Value.json(Integer.toString(number)));
        world.write("k=" + number, "w1", WriteRequest.of(put), 10_000 * Now.NANOS_PER_MILLI);
        world.settle();
    }

    private void settleLong() {
        for (int i = 0; i < 10; i++) {
            world.pass(250 * Now.NANOS_PER_MILLI);
            world.settle();
        }
    }
}
