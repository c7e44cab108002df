package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.ReadRequest;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HeartbeatPaceTest {
    private final HeartbeatPace pace = new HeartbeatPace(200);
    private final WorkerCore core = new WorkerCore(
            new Member("w1", new UUID(1, 1)), 1, WorkerSettings.STANDARD, Rules.STANDARD, 0, new Recovery(), at(0));

    @Test
    void aWorkerWithoutNewsAnnouncesAPauseAndKeepsIt() {
        assertThat(pace.dueInMillis(core, at(200))).isZero();
        assertThat(pace.sent(core, true, at(200))).isEqualTo(1_800);

        assertThat(pace.dueInMillis(core, at(400))).isEqualTo(1_800);
        assertThat(pace.dueInMillis(core, at(2_200))).isZero();
        assertThat(pace.endPause(core)).isFalse();
    }

    @Test
    void aRequestEndsThePause() {
        pace.sent(core, true, at(200));
        core.read(1, ReadRequest.linearizable(Bytes.utf8("key")), at(5_000).monotonicNanos(), at(300));

        assertThat(pace.endPause(core)).isTrue();
        assertThat(pace.endPause(core))
                .as("whoever hears it again would put the heartbeat off")
                .isFalse();
        assertThat(pace.dueInMillis(core, at(350))).isEqualTo(50);
        assertThat(pace.sent(core, true, at(400))).isZero();
        assertThat(pace.dueInMillis(core, at(600))).isZero();
        assertThat(pace.sent(core, true, at(600))).isEqualTo(1_800);
    }

    @Test
    void aWorkerInTroubleAnnouncesNoPause() {
        assertThat(pace.sent(core, false, at(200))).isZero();
        assertThat(pace.dueInMillis(core, at(400))).isZero();
    }

    private static Now at(long millis) {
        return new Now(millis * Now.NANOS_PER_MILLI, millis);
    }
}
