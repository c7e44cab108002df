package io.quorate.server.peer;

import static io.quorate.server.peer.TestPeer.ANY_PORT;
import static io.quorate.server.peer.TestPeer.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import io.quorate.server.peer.TestPeer.Change;
import io.quorate.server.peer.TestPeer.Heard;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for links over TCP beyond the contract of all networks. */
class TcpPeerLinksTest {
    /** So long that no test sees a tick. */
    private static final int NO_TICK_MILLIS = 600_000;

    private static final int SHORT_TICK_MILLIS = 20;

    /** So that a handshake may take its time however slow the machine is. */
    private static final int MANY_TICKS = 10_000;

    private final Loop loop = new Loop();

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    private PeerNetwork network(ProtocolVersions versions, int tickMillis) {
        return network(versions, tickMillis, MANY_TICKS);
    }

    private PeerNetwork network(ProtocolVersions versions, int tickMillis, int handshakeTicks) {
        return new TcpPeerNetwork(
                loop.vertx(),
                new PeerSettings(versions, 2_000, 10, 1_000, tickMillis, 2, 5, handshakeTicks),
                new Random(1));
    }

    private TestPeer peer(String id, int tickMillis) {
        return new TestPeer(loop, worker(id))
                .open(network(ProtocolVersions.CURRENT, tickMillis), Optional.of(ANY_PORT));
    }

    private static Bytes number(int n) {
        return Bytes.wrap(ByteBuffer.allocate(4).putInt(n).array());
    }

    @Test
    void aHundredThousandMessagesKeepTheirOrderInBothDirections() {
        int messages = 100_000;
        AtomicInteger asked = new AtomicInteger();
        TestPeer w2 = peer("w2", NO_TICK_MILLIS);
        w2.forgetMessages();
        w2.onRequest((from, payload) -> {
            assertThat(payload).isEqualTo(number(asked.getAndIncrement()));
            assertThat(w2.links().reply(from.id(), payload)).isTrue();
        });
        TestPeer w1 = peer("w1", NO_TICK_MILLIS).linkedTo(w2);
        loop.run(() -> {
            for (int n = 0; n < messages; n++) {
                assertThat(w1.links().request("w2", number(n))).isTrue();
            }
        });
        w1.awaitHeard(messages);
        List<Heard> replies = w1.heard();
        assertThat(replies).hasSize(messages);
        for (int n = 0; n < messages; n++) {
            assertThat(replies.get(n).payload()).isEqualTo(number(n));
        }
    }

    @Test
    void whatIsSentInOneTurnLeavesInOneWrite() {
        TestPeer w2 = peer("w2", NO_TICK_MILLIS);
        TestPeer w1 = peer("w1", NO_TICK_MILLIS).linkedTo(w2);
        loop.run(() -> IntStream.range(0, 1_000).forEach(n -> w1.links().request("w2", number(n))));
        w2.awaitHeard(1_000);
        assertThat(w1.stats("w2").writes()).isEqualTo(1);
        assertThat(w1.stats("w2").framesSent()).isEqualTo(1_000);
        assertThat(w1.stats("w2").bytesSent()).isEqualTo(1_000 * (FrameCodec.HEADER_BYTES + 4));
        assertThat(w2.stats("w1").framesReceived()).isEqualTo(1_000);
    }

    @Test
    void theLargestMessageArrivesWhole() {
        byte[] large = new byte[PeerLimits.MAX_FRAME_BYTES];
        new Random(3).nextBytes(large);
        Bytes payload = Bytes.wrap(large);
        TestPeer w2 = peer("w2", NO_TICK_MILLIS);
        TestPeer w1 = peer("w1", NO_TICK_MILLIS).linkedTo(w2);
        loop.run(() -> w1.links().request("w2", payload));
        w2.awaitHeard(1);
        assertThat(w2.heard().getFirst().payload()).isEqualTo(payload);
    }

    @Test
    void aPeerThatDoesNotReadHasItsQueueBoundedAndHoldsUpNobody() throws IOException {
        Bytes payload = Bytes.wrap(new byte[1 << 20]);
        TestPeer w2 = peer("w2", NO_TICK_MILLIS);
        TestPeer w1 = peer("w1", NO_TICK_MILLIS);
        try (ServerSocket server = RawPeer.listen()) {
            loop.run(() -> w1.links().addresses(Map.of("w2", w2.address(), "slow", RawPeer.addressOf(server))));
            try (RawPeer slow = RawPeer.welcome(server, worker("slow"))) {
                w1.awaitConnected("slow");
                w1.awaitConnected("w2");
                Loop.eventually(
                        "the queue is full", () -> !loop.on(() -> w1.links().request("slow", payload)));
                assertThat(w1.stats("slow").queuedBytes()).isLessThanOrEqualTo(PeerLimits.MAX_QUEUED_BYTES);
                assertThat(w1.stats("slow").framesDropped()).isPositive();
                assertThat((boolean) loop.on(() -> w1.links().writable("slow"))).isFalse();
                assertThat((boolean) loop.on(() -> w1.links().writable("w2"))).isTrue();
                w1.request("w2", "not held up");
                w2.awaitHeard(1);
                assertThat(slow.next().payload()).isEqualTo(payload);
            }
            w1.await(LinkState.Disconnected.class, "slow", 1);
            assertThat(w1.stats("slow").queuedBytes()).isZero();
        }
    }

    @Test
    void closingDoesNotWaitForAPeerThatDoesNotRead() throws IOException {
        Bytes payload = Bytes.wrap(new byte[1 << 20]);
        TestPeer w1 = peer("w1", NO_TICK_MILLIS);
        try (ServerSocket server = RawPeer.listen()) {
            loop.run(() -> w1.links().addresses(Map.of("slow", RawPeer.addressOf(server))));
            try (RawPeer slow = RawPeer.welcome(server, worker("slow"))) {
                w1.awaitConnected("slow");
                Loop.eventually(
                        "the queue is full", () -> !loop.on(() -> w1.links().request("slow", payload)));
                w1.close();
                slow.awaitClosed();
            }
        }
    }

    @Test
    void aQuietLinkStaysUpByPings() {
        TestPeer w2 = peer("w2", SHORT_TICK_MILLIS);
        TestPeer w1 = peer("w1", SHORT_TICK_MILLIS).linkedTo(w2);
        Loop.eventually(
                "many pings in both directions",
                () -> w1.stats("w2").framesReceived() >= 10 && w2.stats("w1").framesReceived() >= 10);
        assertThat(w1.stats("w2").losses()).isZero();
        assertThat(w1.heard()).isEmpty();
        assertThat(w2.heard()).isEmpty();
    }

    @Test
    void aDialledPeerThatFallsSilentIsDisconnected() throws IOException {
        TestPeer w1 = peer("w1", SHORT_TICK_MILLIS);
        try (ServerSocket server = RawPeer.listen()) {
            loop.run(() -> w1.links().addresses(Map.of("gone", RawPeer.addressOf(server))));
            try (RawPeer gone = RawPeer.welcome(server, worker("gone"))) {
                w1.await(LinkState.Disconnected.class, "gone", 1);
                assertThat(w1.changes)
                        .contains(new Change("gone", new LinkState.Disconnected("nothing was heard for 100 ms")));
                gone.awaitClosed();
            }
        }
    }

    @Test
    void anAcceptedPeerThatFallsSilentIsClosed() {
        TestPeer w2 = peer("w2", SHORT_TICK_MILLIS);
        try (RawPeer gone = RawPeer.linked(w2.address(), worker("gone"), "w2")) {
            gone.awaitClosed();
            assertThat(w2.stats("gone").connections()).isEqualTo(1);
            Loop.eventually("no connection is left", () -> !w2.reply("gone", "there?"));
        }
    }

    @Test
    void whoeverDoesNotGreetIsClosed() throws IOException {
        TestPeer w2 = new TestPeer(loop, worker("w2"))
                .open(network(ProtocolVersions.CURRENT, SHORT_TICK_MILLIS, 3), Optional.of(ANY_PORT));
        try (RawPeer mute = RawPeer.dial(w2.address());
                ServerSocket server = RawPeer.listen()) {
            mute.awaitClosed();
            loop.run(() -> w2.links().addresses(Map.of("mute", RawPeer.addressOf(server))));
            w2.await(LinkState.Disconnected.class, "mute", 1);
            assertThat(w2.changes.getFirst().state())
                    .isEqualTo(new LinkState.Disconnected("no handshake within 60 ms"));
        }
    }

    @Test
    void anOlderAndANewerVersionTalkInTheOneThatBothSpeak() {
        TestPeer newer = new TestPeer(loop, worker("newer"))
                .open(network(new ProtocolVersions(2, 3), NO_TICK_MILLIS), Optional.of(ANY_PORT));
        TestPeer older = new TestPeer(loop, worker("older"))
                .open(network(new ProtocolVersions(1, 2), NO_TICK_MILLIS), Optional.of(ANY_PORT))
                .linkedTo(newer);
        newer.linkedTo(older);
        assertThat(older.changes.getFirst().state()).isEqualTo(new LinkState.Connected(worker("newer"), 2));
        assertThat(newer.changes.getFirst().state()).isEqualTo(new LinkState.Connected(worker("older"), 2));
        older.request("newer", "old style");
        newer.awaitHeard(1);
        newer.request("older", "understood");
        older.awaitHeard(1);
    }

    @Test
    void versionsWithoutACommonOneAreRejected() {
        TestPeer newest = new TestPeer(loop, worker("newest"))
                .open(network(new ProtocolVersions(3, 4), NO_TICK_MILLIS), Optional.of(ANY_PORT));
        TestPeer oldest = new TestPeer(loop, worker("oldest"))
                .open(network(new ProtocolVersions(1, 2), NO_TICK_MILLIS), Optional.empty());
        oldest.dial(newest);
        oldest.await(LinkState.Rejected.class, "newest", 1);
        assertThat(((LinkState.Rejected) oldest.changes.getFirst().state()).reason())
                .isEqualTo(RejectReason.INCOMPATIBLE_VERSION);
    }

    @Test
    void aClusterLearntLaterIsToldInTheNextHandshake() {
        PeerIdentity fresh = new PeerIdentity(
                Optional.empty(), "w1", PeerRole.WORKER, worker("w1").diskUuid(), 1);
        TestPeer w2 = peer("w2", NO_TICK_MILLIS);
        TestPeer w1 = new TestPeer(loop, fresh)
                .open(network(ProtocolVersions.CURRENT, NO_TICK_MILLIS), Optional.of(ANY_PORT));
        w2.linkedTo(w1);
        w1.become(worker("w1"));
        loop.run(() -> w2.links().addresses(Map.of()));
        w2.dial(w1);
        w2.await(LinkState.Connected.class, "w1", 2);
        assertThat(w2.changes.getFirst().state()).isEqualTo(new LinkState.Connected(fresh, 1));
        assertThat(w2.changes.getLast().state()).isEqualTo(new LinkState.Connected(worker("w1"), 1));
    }

    @Test
    void anAddressOfNoValidIdIsABugOfTheCaller() {
        TestPeer w1 = peer("w1", NO_TICK_MILLIS);
        assertThatThrownBy(() -> loop.run(() -> w1.links().addresses(Map.of("two words", ANY_PORT))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPortThatIsTakenIsSaidInOneLine() throws IOException {
        try (ServerSocket taken = RawPeer.listen()) {
            HostPort address = RawPeer.addressOf(taken);
            PeerNetwork network = network(ProtocolVersions.CURRENT, NO_TICK_MILLIS);
            TestPeer late = new TestPeer(loop, worker("w1"));
            assertThatThrownBy(() -> late.open(network, Optional.of(address)))
                    .hasRootCauseInstanceOf(IOException.class)
                    .hasMessageContaining("Cannot listen for peers on " + address)
                    .hasMessageContaining("choose another one");
        }
    }

    @Test
    void anAddressIsFreeOnceCloseHasFinished() {
        PeerNetwork network = network(ProtocolVersions.CURRENT, NO_TICK_MILLIS);
        TestPeer w1 = new TestPeer(loop, worker("w1")).open(network, Optional.of(ANY_PORT));
        Optional<HostPort> address = Optional.of(w1.address());
        Future<PeerLinks> reopened = loop.on(() -> {
            Future<PeerLinks> links = Future.succeededFuture(w1.links());
            for (int restart = 0; restart < 50; restart++) {
                links = links.compose(PeerLinks::close).compose(_ -> network.open(address, () -> worker("w1"), w1));
            }
            return links;
        });
        PeerLinks last = loop.await(() -> reopened);
        assertThat(last.listeningAt()).isEqualTo(address);
        loop.await(last::close);
    }

    @Test
    void onePayloadGoesToManyPeersWithoutBeingChanged() {
        Bytes shared = Bytes.utf8("for all");
        List<TestPeer> followers = IntStream.range(0, 4)
                .mapToObj(n -> peer("f" + n, NO_TICK_MILLIS))
                .toList();
        TestPeer leader = peer("leader", NO_TICK_MILLIS).linkedTo(followers.toArray(TestPeer[]::new));
        loop.run(() -> IntStream.range(0, 4).forEach(n -> leader.links().request("f" + n, shared)));
        followers.forEach(follower -> {
            follower.awaitHeard(1);
            assertThat(follower.heard().getFirst().payload()).isEqualTo(shared);
        });
    }
}
