package io.quorate.server.peer;

import static io.quorate.server.peer.TestPeer.ANY_PORT;
import static io.quorate.server.peer.TestPeer.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers over TCP that break the rules harm nothing but their own connection. */
class BadPeersTest {
    private final Loop loop = new Loop();
    private final PeerNetwork network = new TcpPeerNetwork(loop.vertx(), PeerSettings.standard(), new Random(1));
    private final TestPeer w2 = new TestPeer(loop, worker("w2"));
    private final TestPeer w1 = new TestPeer(loop, worker("w1"));

    @BeforeEach
    void linkTwoGoodOnes() {
        w2.open(network, Optional.of(ANY_PORT));
        w1.open(network, Optional.of(ANY_PORT)).linkedTo(w2);
    }

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    private void assertTheGoodOnesAreStillLinked() {
        int before = w2.heard().size();
        assertThat(w1.request("w2", "still here")).isTrue();
        w2.awaitHeard(before + 1);
        assertThat(w1.count(LinkState.Disconnected.class, "w2")).isZero();
    }

    private static byte[] request(String text) {
        return FrameCodecTest.encoded(new Frame(FrameKind.REQUEST, Bytes.utf8(text)), 1);
    }

    @Test
    void garbageClosesOnlyItsConnectionWithOneLogLine() {
        try (LogLines log = new LogLines(IncomingLink.class)) {
            for (int attempt = 0; attempt < 3; attempt++) {
                try (RawPeer browser = RawPeer.dial(w2.address())) {
                    browser.send("GET / HTTP/1.1\r\nHost: w2\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    browser.awaitClosed();
                }
            }
            assertTheGoodOnesAreStillLinked();
            assertThat(log.with("not readable")).hasSize(1).first().asString().contains("a process from 127.0.0.1");
        }
    }

    @Test
    void aMessageBeforeTheGreetingIsNotHeard() {
        try (RawPeer rude = RawPeer.dial(w2.address())) {
            rude.send(request("no greeting"));
            rude.awaitClosed();
        }
        assertThat(w2.heard()).isEmpty();
        assertTheGoodOnesAreStillLinked();
    }

    @Test
    void aFlippedBitClosesTheConnectionBeforeTheMessageIsHeard() {
        try (RawPeer w3 = RawPeer.linked(w2.address(), worker("w3"), "w2")) {
            byte[] flipped = request("flipped");
            flipped[flipped.length - 3] ^= 4;
            w3.send(request("good"));
            w3.send(flipped);
            w3.send(request("behind it"));
            w3.awaitClosed();
        }
        assertThat(w2.texts()).containsExactly("good");
        assertTheGoodOnesAreStillLinked();
    }

    @Test
    void aReplyWhereOnlyRequestsBelongClosesTheConnection() {
        try (RawPeer w3 = RawPeer.linked(w2.address(), worker("w3"), "w2")) {
            w3.send(FrameCodecTest.encoded(new Frame(FrameKind.REPLY, Bytes.utf8("wrong way")), 1));
            w3.awaitClosed();
        }
        assertThat(w2.heard()).isEmpty();
    }

    @Test
    void aRequestWhereOnlyRepliesBelongClosesTheConnection() throws IOException {
        try (ServerSocket server = RawPeer.listen()) {
            loop.run(() -> w1.links().addresses(Map.of("w3", RawPeer.addressOf(server))));
            try (RawPeer w3 = RawPeer.welcome(server, worker("w3"))) {
                w3.send(request("wrong way"));
                w1.await(LinkState.Disconnected.class, "w3", 1);
            }
        }
        assertThat(w1.heard()).isEmpty();
    }

    @Test
    void messagesThatTrickleInByteByByteAreHeardWhole() {
        try (RawPeer w3 = RawPeer.linked(w2.address(), worker("w3"), "w2")) {
            for (byte each : request("trickle")) {
                w3.send(new byte[] {each});
            }
            w2.awaitHeard(1);
        }
        assertThat(w2.texts()).containsExactly("trickle");
    }

    @Test
    void aRefusedDiallerIsToldWhyAndTheReasonIsLogged() {
        PeerIdentity stranger = new PeerIdentity(Optional.of(new UUID(9, 9)), "w9", PeerRole.WORKER, new UUID(1, 1), 1);
        try (LogLines log = new LogLines(IncomingLink.class);
                RawPeer w9 = RawPeer.dial(w2.address())) {
            w9.send(FrameCodecTest.encoded(
                    HandshakeCodec.encode(new Greeting.Hello(ProtocolVersions.CURRENT, stranger, "w2")), 1));
            Greeting answer = HandshakeCodec.decode(w9.next()).orElseThrow();
            assertThat(((Greeting.Refusal) answer).reason()).isEqualTo(RejectReason.OTHER_CLUSTER);
            w9.awaitClosed();
            Loop.eventually(
                    "the refusal is logged", () -> !log.with("OTHER_CLUSTER").isEmpty());
            assertThat(log.with("OTHER_CLUSTER")).hasSize(1).first().asString().contains("worker w9");
        }
    }

    @Test
    void anImpostorWhoWelcomesIsNotTrusted() throws IOException {
        try (ServerSocket server = RawPeer.listen()) {
            loop.run(() -> w1.links().addresses(Map.of("w3", RawPeer.addressOf(server))));
            try (RawPeer impostor = RawPeer.welcome(server, worker("w4"))) {
                w1.await(LinkState.Rejected.class, "w3", 1);
                impostor.awaitClosed();
            }
        }
    }

    @Test
    void aConnectionLostInTheMiddleOfAMessageLeavesNoPartOfIt() {
        byte[] bytes = request("cut off");
        try (RawPeer w3 = RawPeer.linked(w2.address(), worker("w3"), "w2")) {
            w3.send(java.util.Arrays.copyOf(bytes, bytes.length - 1));
        }
        try (RawPeer w3 = RawPeer.linked(w2.address(), worker("w3"), "w2")) {
            w3.send(request("whole"));
            w2.awaitHeard(1);
        }
        assertThat(w2.texts()).containsExactly("whole");
    }

    @Test
    void aMessageThatCannotBeProcessedClosesItsConnection() {
        w2.onRequest((_, payload) -> {
            if (payload.equals(Bytes.utf8("poison"))) {
                throw new IllegalStateException("planted");
            }
        });
        loop.run(() -> {
            w1.links().request("w2", Bytes.utf8("poison"));
            w1.links().request("w2", Bytes.utf8("behind it"));
        });
        w1.await(LinkState.Disconnected.class, "w2", 1);
        assertThat(w2.texts()).containsExactly("poison");
        w1.await(LinkState.Connected.class, "w2", 2);
    }
}
