package io.quorate.server.peer;

import static io.quorate.server.peer.TestPeer.ANY_PORT;
import static io.quorate.server.peer.TestPeer.worker;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaultyPeerNetworkTest extends PeerNetworkContract {
    @Override
    PeerNetwork network(Loop onLoop) {
        return faulty(onLoop, 0);
    }

    private static PeerNetwork faulty(Loop onLoop, int lostAfterReconnect) {
        return new FaultyPeerNetwork(
                new InMemoryPeerNetwork(onLoop.vertx()), onLoop.vertx(), new Random(1), lostAfterReconnect);
    }

    @Test
    void theFirstMessagesAfterAReconnectAreLostAndTheNextArrive() {
        PeerNetwork lossy = faulty(loop, 2);
        TestPeer w2 = new TestPeer(loop, worker("w2")).open(lossy, Optional.of(ANY_PORT));
        TestPeer w1 =
                new TestPeer(loop, worker("w1")).open(lossy, Optional.empty()).linkedTo(w2);
        w1.request("w2", "before");
        w2.awaitHeard(1);
        loop.run(() -> w1.links().addresses(Map.of()));
        w1.dial(w2);
        w1.await(LinkState.Connected.class, "w2", 2);
        assertThat(w1.request("w2", "lost")).isTrue();
        assertThat(w1.request("w2", "lost too")).isTrue();
        w1.request("w2", "after");
        w2.awaitHeard(2);
        assertThat(w2.texts()).containsExactly("before", "after");
    }
}
