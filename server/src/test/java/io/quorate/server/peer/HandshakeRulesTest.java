package io.quorate.server.peer;

import static io.quorate.server.peer.TestPeer.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.server.peer.Greeting.Hello;
import io.quorate.server.peer.Greeting.Refusal;
import io.quorate.server.peer.Greeting.Welcome;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HandshakeRulesTest {
    private static final ProtocolVersions OLD = new ProtocolVersions(3, 4);
    private static final ProtocolVersions NEW = new ProtocolVersions(4, 5);
    private static final ProtocolVersions NEWEST = new ProtocolVersions(5, 6);
    private static final PeerIdentity W2 = worker("w2");

    private static PeerIdentity in(Optional<UUID> cluster, UUID disk, long incarnation) {
        return new PeerIdentity(cluster, "w1", PeerRole.WORKER, disk, incarnation);
    }

    private static Greeting answer(PeerIdentity dialler, Optional<PeerIdentity> present) {
        return HandshakeRules.answer(new Hello(OLD, dialler, "w2"), W2, OLD, present);
    }

    private static RejectReason reason(Greeting answer) {
        return ((Refusal) answer).reason();
    }

    @Test
    void neighbouringVersionsTalkInTheNewestThatBothSpeak() {
        assertThat(HandshakeRules.answer(new Hello(OLD, worker("w1"), "w2"), W2, NEW, Optional.empty()))
                .isEqualTo(new Welcome(4, W2));
        assertThat(HandshakeRules.answer(new Hello(NEW, worker("w1"), "w2"), W2, OLD, Optional.empty()))
                .isEqualTo(new Welcome(4, W2));
        assertThat(HandshakeRules.answer(new Hello(NEW, worker("w1"), "w2"), W2, NEW, Optional.empty()))
                .isEqualTo(new Welcome(5, W2));
    }

    @Test
    void versionsWithoutACommonOneAreRefusedInBothDirections() {
        assertThat(reason(HandshakeRules.answer(new Hello(OLD, worker("w1"), "w2"), W2, NEWEST, Optional.empty())))
                .isEqualTo(RejectReason.INCOMPATIBLE_VERSION);
        assertThat(HandshakeRules.answer(new Hello(NEWEST, worker("w1"), "w2"), W2, OLD, Optional.empty()))
                .isEqualTo(new Refusal(
                        RejectReason.INCOMPATIBLE_VERSION,
                        "worker w2 speaks protocol versions 3 to 4, worker w1 speaks versions 5 to 6: "
                                + "upgrade one release at a time"));
    }

    @Test
    void processesOfDifferentClustersDoNotTalk() {
        Greeting answer = answer(in(Optional.of(new UUID(9, 9)), new UUID(1, 1), 1), Optional.empty());
        assertThat(reason(answer)).isEqualTo(RejectReason.OTHER_CLUSTER);
    }

    @Test
    void aProcessWithoutAClusterTalksToAnyInBothDirections() {
        PeerIdentity fresh = in(Optional.empty(), new UUID(1, 1), 1);
        assertThat(answer(fresh, Optional.empty())).isInstanceOf(Welcome.class);
        assertThat(HandshakeRules.answer(new Hello(OLD, W2, "w1"), fresh, OLD, Optional.empty()))
                .isInstanceOf(Welcome.class);
    }

    @Test
    void whoeverIsNotTheWantedOneSaysSo() {
        Greeting answer = HandshakeRules.answer(new Hello(OLD, worker("w1"), "w3"), W2, OLD, Optional.empty());
        assertThat(answer)
                .isEqualTo(new Refusal(
                        RejectReason.WRONG_TARGET, "this is worker w2, not w3: an address is out of date or wrong"));
    }

    @Test
    void anIdIsTakenOverByTheSameDiskInTheSameOrANewerIncarnationOnly() {
        Optional<UUID> cluster = Optional.of(TestPeer.CLUSTER);
        UUID disk = new UUID(1, 1);
        Optional<PeerIdentity> present = Optional.of(in(cluster, disk, 5));
        assertThat(answer(in(cluster, disk, 6), present)).isInstanceOf(Welcome.class);
        assertThat(answer(in(cluster, disk, 5), present)).isInstanceOf(Welcome.class);
        assertThat(reason(answer(in(cluster, disk, 4), present))).isEqualTo(RejectReason.DUPLICATE);
        assertThat(reason(answer(in(cluster, new UUID(2, 2), 6), present))).isEqualTo(RejectReason.DUPLICATE);
    }

    @Test
    void aDiallerChecksWhoWelcomedIt() {
        Hello sent = new Hello(OLD, worker("w1"), "w2");
        assertThat(HandshakeRules.objection(new Welcome(4, W2), sent)).isEmpty();
        assertThat(HandshakeRules.objection(new Welcome(5, W2), sent).map(Refusal::reason))
                .contains(RejectReason.INCOMPATIBLE_VERSION);
        assertThat(HandshakeRules.objection(new Welcome(2, W2), sent).map(Refusal::reason))
                .contains(RejectReason.INCOMPATIBLE_VERSION);
        assertThat(HandshakeRules.objection(new Welcome(4, worker("w3")), sent).map(Refusal::reason))
                .contains(RejectReason.WRONG_TARGET);
        PeerIdentity stranger = new PeerIdentity(Optional.of(new UUID(9, 9)), "w2", PeerRole.WORKER, new UUID(1, 1), 1);
        assertThat(HandshakeRules.objection(new Welcome(4, stranger), sent).map(Refusal::reason))
                .contains(RejectReason.OTHER_CLUSTER);
    }
}
