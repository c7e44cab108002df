package io.quorate.server.peer;

import static io.quorate.server.peer.TestPeer.ANY_PORT;
import static io.quorate.server.peer.TestPeer.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import io.quorate.server.peer.TestPeer.Change;
import io.quorate.server.peer.TestPeer.Heard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for every {@link PeerNetwork}. */
abstract class PeerNetworkContract {
    final Loop loop = new Loop();
    private final PeerNetwork network = network(loop);

    abstract PeerNetwork network(Loop onLoop);

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    private TestPeer peer(PeerIdentity identity) {
        return new TestPeer(loop, identity).open(network, Optional.of(ANY_PORT));
    }

    private TestPeer dialler(PeerIdentity identity) {
        return new TestPeer(loop, identity).open(network, Optional.empty());
    }

    @Test
    void aDiallerIsToldWhomItReached() {
        TestPeer w2 = peer(worker("w2"));
        TestPeer w1 = peer(worker("w1")).linkedTo(w2);
        assertThat(w1.changes).containsExactly(new Change("w2", new LinkState.Connected(worker("w2"), 1)));
        assertThat(w2.changes).isEmpty();
    }

    @Test
    void aRequestArrivesWithItsSenderAndTheReplyComesBack() {
        TestPeer w2 = peer(worker("w2"));
        w2.onRequest((from, payload) -> w2.links().reply(from.id(), payload));
        TestPeer w1 = peer(worker("w1")).linkedTo(w2);
        assertThat(w1.request("w2", "ask")).isTrue();
        w1.awaitHeard(1);
        assertThat(w2.heard()).containsExactly(new Heard("w1", false, Bytes.utf8("ask")));
        assertThat(w1.heard()).containsExactly(new Heard("w2", true, Bytes.utf8("ask")));
    }

    @Test
    void whatIsSentBeforeTheLinkIsUpArrivesWhenItIs() {
        TestPeer w2 = peer(worker("w2"));
        TestPeer w1 = peer(worker("w1"));
        boolean queued = loop.on(() -> {
            w1.links().addresses(TestPeer.addressesOf(w2));
            return w1.links().request("w2", Bytes.utf8("early"));
        });
        assertThat(queued).isTrue();
        w2.awaitHeard(1);
        assertThat(w2.texts()).containsExactly("early");
    }

    @Test
    void messagesArriveInTheOrderInWhichTheyWereSent() {
        TestPeer w2 = peer(worker("w2"));
        w2.onRequest((from, payload) -> w2.links().reply(from.id(), payload));
        TestPeer w1 = peer(worker("w1")).linkedTo(w2);
        List<String> sent = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
        loop.run(() -> sent.forEach(text -> w1.links().request("w2", Bytes.utf8(text))));
        w1.awaitHeard(sent.size());
        assertThat(w2.texts()).isEqualTo(sent);
        assertThat(w1.texts()).isEqualTo(sent);
    }

    @Test
    void aMessageWithoutALinkIsRefused() {
        TestPeer w1 = peer(worker("w1"));
        assertThat(w1.request("w9", "nobody")).isFalse();
        assertThat(w1.reply("w9", "nobody")).isFalse();
        assertThat((boolean) loop.on(() -> w1.links().writable("w9"))).isFalse();
    }

    @Test
    void nothingIsDialledAtTheOwnId() {
        TestPeer w1 = peer(worker("w1"));
        w1.dial(w1);
        assertThat(w1.request("w1", "self")).isFalse();
    }

    @Test
    void aPayloadAboveTheLimitIsABugOfTheCaller() {
        TestPeer w1 = peer(worker("w1"));
        Bytes tooLarge = Bytes.wrap(new byte[PeerLimits.MAX_FRAME_BYTES + 1]);
        assertThatThrownBy(() -> loop.run(() -> w1.links().request("w2", tooLarge)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit");
    }

    @Test
    void aPeerThatDoesNotListenIsReportedAsRefusedUntilItDoes() {
        TestPeer w2 = peer(worker("w2"));
        HostPort address = w2.address();
        w2.close();
        TestPeer w1 = peer(worker("w1"));
        loop.run(() -> w1.links().addresses(Map.of("w2", address)));
        w1.await(LinkState.Refused.class, "w2", 2);
        TestPeer again = new TestPeer(loop, worker("w2", 2)).open(network, Optional.of(address));
        w1.awaitConnected("w2");
        assertThat(w1.request("w2", "back")).isTrue();
        again.awaitHeard(1);
    }

    @Test
    void aPeerThatClosesIsReportedAsDisconnected() {
        TestPeer w2 = peer(worker("w2"));
        TestPeer w1 = peer(worker("w1")).linkedTo(w2);
        w2.close();
        w1.await(LinkState.Disconnected.class, "w2", 1);
        assertThat((boolean) loop.on(() -> w1.links().writable("w2"))).isFalse();
    }

    @Test
    void aRestartedPeerIsLinkedAgainWithItsNewIncarnation() {
        TestPeer w2 = peer(worker("w2", 1));
        HostPort address = w2.address();
        TestPeer w1 = peer(worker("w1")).linkedTo(w2);
        w2.close();
        new TestPeer(loop, worker("w2", 2)).open(network, Optional.of(address));
        w1.await(LinkState.Connected.class, "w2", 2);
        assertThat(w1.changes.getLast()).isEqualTo(new Change("w2", new LinkState.Connected(worker("w2", 2), 1)));
    }

    @Test
    void aPeerOfAnotherClusterIsRejected() {
        PeerIdentity stranger = new PeerIdentity(Optional.of(new UUID(9, 9)), "w2", PeerRole.WORKER, new UUID(1, 1), 1);
        assertThat(rejectionBy(stranger, "w2")).isEqualTo(RejectReason.OTHER_CLUSTER);
    }

    @Test
    void anotherProcessThanTheWantedOneIsRejected() {
        assertThat(rejectionBy(worker("w3"), "w2")).isEqualTo(RejectReason.WRONG_TARGET);
    }

    private RejectReason rejectionBy(PeerIdentity answering, String wanted) {
        TestPeer other = peer(answering);
        TestPeer w1 = peer(worker("w1"));
        loop.run(() -> w1.links().addresses(Map.of(wanted, other.address())));
        w1.await(LinkState.Rejected.class, wanted, 2);
        assertThat(w1.count(LinkState.Connected.class, wanted)).isZero();
        return ((LinkState.Rejected) w1.changes.getFirst().state()).reason();
    }

    @Test
    void aFreshProcessWithoutAClusterIsLinked() {
        TestPeer w2 = peer(worker("w2"));
        PeerIdentity fresh = new PeerIdentity(Optional.empty(), "w1", PeerRole.WORKER, new UUID(1, 1), 1);
        peer(fresh).linkedTo(w2);
    }

    @Test
    void anotherDiskUnderTheIdOfALinkedPeerIsRejectedAsADuplicate() {
        TestPeer w2 = peer(worker("w2"));
        dialler(worker("w1")).linkedTo(w2);
        TestPeer copy =
                dialler(new PeerIdentity(Optional.of(TestPeer.CLUSTER), "w1", PeerRole.WORKER, new UUID(7, 7), 1));
        copy.dial(w2);
        copy.await(LinkState.Rejected.class, "w2", 1);
        assertThat(((LinkState.Rejected) copy.changes.getFirst().state()).reason())
                .isEqualTo(RejectReason.DUPLICATE);
    }

    @Test
    void repliesGoToTheNewestIncarnationOfAPeer() {
        TestPeer w2 = peer(worker("w2"));
        TestPeer before = dialler(worker("w1", 1)).linkedTo(w2);
        TestPeer after = dialler(worker("w1", 2)).linkedTo(w2);
        before.await(LinkState.Disconnected.class, "w2", 1);
        assertThat(w2.reply("w1", "for the new one")).isTrue();
        after.awaitHeard(1);
        assertThat(before.heard()).isEmpty();
    }

    @Test
    void aPeerWithoutAnAddressAnyMoreIsClosed() {
        TestPeer w2 = peer(worker("w2"));
        TestPeer w1 = peer(worker("w1")).linkedTo(w2);
        loop.run(() -> w1.links().addresses(Map.of()));
        w1.await(LinkState.Disconnected.class, "w2", 1);
        assertThat(w1.request("w2", "gone")).isFalse();
    }

    @Test
    void aPeerWithANewAddressIsDialledThere() {
        TestPeer before = peer(worker("w2", 1));
        TestPeer after = peer(worker("w2", 2));
        TestPeer w1 = peer(worker("w1")).linkedTo(before);
        w1.dial(after);
        w1.await(LinkState.Connected.class, "w2", 2);
        w1.request("w2", "moved");
        after.awaitHeard(1);
        assertThat(before.heard()).isEmpty();
    }

    @Test
    void aPeerThatIsDownHasItsQueueBounded() {
        TestPeer w1 = peer(worker("w1"));
        Bytes payload = Bytes.wrap(new byte[100_000]);
        long taken = loop.on(() -> {
            w1.links().addresses(Map.of("w2", new HostPort("127.0.0.1", 1)));
            return IntStream.range(0, 100)
                    .filter(_ -> w1.links().request("w2", payload))
                    .count();
        });
        assertThat(taken).isEqualTo(PeerLimits.MAX_QUEUED_WHILE_DOWN_BYTES / 100_074);
        assertThat(w1.stats("w2").framesDropped()).isEqualTo(100 - taken);
    }

    @Test
    void aClosedProcessHearsAndSendsNothingAnyMore() {
        TestPeer w2 = peer(worker("w2"));
        TestPeer w1 = peer(worker("w1")).linkedTo(w2);
        peer(worker("w3")).linkedTo(w1);
        int changesBefore = w1.changes.size();
        w1.close();
        w1.close();
        assertThat(w1.request("w2", "late")).isFalse();
        assertThat(w1.reply("w3", "late")).isFalse();
        assertThat(w1.changes).hasSize(changesBefore);
    }

    @Test
    void whatWasSentBeforeCloseArrives() {
        TestPeer w2 = peer(worker("w2"));
        TestPeer w1 = peer(worker("w1")).linkedTo(w2);
        loop.await(() -> {
            w1.links().request("w2", Bytes.utf8("last words"));
            return w1.links().close();
        });
        w2.awaitHeard(1);
    }

    @Test
    void anAddressOnWhichAnotherListensIsRefusedUntilThatOneCloses() {
        TestPeer first = peer(worker("w1"));
        first.close();
        Optional<HostPort> address = Optional.of(first.address());
        TestPeer second = new TestPeer(loop, worker("w2")).open(network, address);
        assertThatThrownBy(() -> new TestPeer(loop, worker("w3")).open(network, address))
                .hasMessageContaining("Cannot listen for peers on " + second.address());
        second.close();
        new TestPeer(loop, worker("w3")).open(network, address);
    }

    @Test
    void aCallFromAnotherThreadFails() {
        TestPeer w1 = peer(worker("w1"));
        assertThatThrownBy(() -> w1.links().request("w2", Bytes.EMPTY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("event loop");
        assertThatThrownBy(() -> network.open(Optional.empty(), () -> worker("w9"), w1))
                .isInstanceOf(IllegalStateException.class);
    }
}
