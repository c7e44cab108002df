package io.quorate.server.peer;

import static io.quorate.server.peer.TestPeer.ANY_PORT;
import static io.quorate.server.peer.TestPeer.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.server.peer.TestPeer.Change;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When links over TCP are dialled again, seen with pauses between attempts that no test would outlast. */
class ReconnectTest {
    private static final int NEVER_MILLIS = 600_000;
    private static final int SHORT_TICK_MILLIS = 20;
    private static final int MANY_TICKS = 10_000;

    private final Loop loop = new Loop();

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    private TestPeer patient(String id, int tickMillis, HostPort listen) {
        PeerSettings settings = new PeerSettings(
                ProtocolVersions.CURRENT, 2_000, NEVER_MILLIS, NEVER_MILLIS, tickMillis, 2, 5, MANY_TICKS);
        PeerNetwork network = new TcpPeerNetwork(loop.vertx(), settings, new Random(1));
        return new TestPeer(loop, worker(id)).open(network, Optional.of(listen));
    }

    @Test
    void aLinkThatHadLastedIsDialledAgainAtOnce() throws IOException {
        TestPeer w1 = patient("w1", SHORT_TICK_MILLIS, ANY_PORT);
        try (ServerSocket server = RawPeer.listen()) {
            loop.run(() -> w1.links().addresses(Map.of("w2", RawPeer.addressOf(server))));
            try (RawPeer w2 = RawPeer.welcome(server, worker("w2"))) {
                assertThat(w2.next().kind()).isEqualTo(FrameKind.PING);
            }
            RawPeer.welcome(server, worker("w2")).close();
            w1.await(LinkState.Connected.class, "w2", 2);
        }
    }

    @Test
    void aPeerThatDialsIsDialledBackWithoutWaitingForTheBackOff() {
        TestPeer before = patient("w2", NEVER_MILLIS, ANY_PORT);
        HostPort address = before.address();
        before.close();
        TestPeer w1 = patient("w1", NEVER_MILLIS, ANY_PORT);
        loop.run(() -> w1.links().addresses(Map.of("w2", address)));
        w1.await(LinkState.Refused.class, "w2", 1);
        patient("w2", NEVER_MILLIS, address).dial(w1);
        w1.awaitConnected("w2");
    }

    @Test
    void aRestartedPeerThatDialsEndsTheLinkToWhatItWasBefore() throws IOException {
        TestPeer w1 = patient("w1", NEVER_MILLIS, ANY_PORT);
        try (ServerSocket server = RawPeer.listen()) {
            loop.run(() -> w1.links().addresses(Map.of("w2", RawPeer.addressOf(server))));
            try (RawPeer halfOpen = RawPeer.welcome(server, worker("w2", 1))) {
                w1.awaitConnected("w2");
                try (RawPeer sameStart = RawPeer.linked(w1.address(), worker("w2", 1), "w1")) {
                    assertThat(w1.reply("w2", "known")).isTrue();
                    assertThat(sameStart.next().payload()).isEqualTo(Bytes.utf8("known"));
                    assertThat(w1.count(LinkState.Disconnected.class, "w2")).isZero();
                    RawPeer.linked(w1.address(), worker("w2", 2), "w1").close();
                    halfOpen.awaitClosed();
                    Loop.eventually(
                            "the restart is reported",
                            () -> w1.changes.contains(
                                    new Change("w2", new LinkState.Disconnected("the peer has restarted"))));
                }
            }
        }
    }
}
