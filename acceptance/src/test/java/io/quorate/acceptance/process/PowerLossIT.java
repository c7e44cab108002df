package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PowerLossIT {
    private static final int PARTITIONS = 64;
    private static final int ACKNOWLEDGED = 1_500;

    @Test
    void every_acknowledged_write_is_there_after_all_processes_were_killed_at_once() {
        List<String> keys = IntStream.range(0, 400).mapToObj(i -> "key-" + i).toList();
        try (ClusterUnderTest cluster = ClusterUnderTest.up("power");
                WriteLoad load = WriteLoad.on(cluster, keys, PARTITIONS, "")) {
            load.awaitAcknowledged(ACKNOWLEDGED);
            cluster.losePower();
            load.stop();

            cluster.startAgain();

            InParallel.map(keys, key -> {
                Answer read = cluster.read("w1", key);
                assertThat(read.status()).as("%s: %s", key, read.body()).isIn(200, 404);
                load.assertAllowed(key, read.text("value"));
                return key;
            });
        }
    }
}
