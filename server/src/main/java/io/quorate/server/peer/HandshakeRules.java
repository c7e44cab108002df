package io.quorate.server.peer;

import io.quorate.server.peer.Greeting.Hello;
import io.quorate.server.peer.Greeting.Refusal;
import io.quorate.server.peer.Greeting.Welcome;
import java.util.Optional;
import java.util.OptionalInt;

/** Who talks to whom: the decisions of both sides of a handshake. */
final class HandshakeRules {
    private HandshakeRules() {}

    /**
     * The acceptor's answer to a greeting.
     *
     * @param present who holds a connection of the dialler's id already
     */
    static Greeting answer(Hello hello, PeerIdentity self, ProtocolVersions versions, Optional<PeerIdentity> present) {
        OptionalInt version = versions.newestCommon(hello.versions());
        if (version.isEmpty()) {
            return new Refusal(
                    RejectReason.INCOMPATIBLE_VERSION,
                    named(self) + " speaks protocol " + versions + ", " + named(hello.self()) + " speaks "
                            + hello.versions() + ": upgrade one release at a time");
        }
        if (!self.mayShareClusterWith(hello.self())) {
            return otherCluster(self, hello.self());
        }
        if (!hello.targetId().equals(self.id())) {
            return new Refusal(
                    RejectReason.WRONG_TARGET,
                    "this is " + named(self) + ", not " + hello.targetId() + ": an address is out of date or wrong");
        }
        if (present.isPresent() && !hello.self().replaces(present.get())) {
            return duplicate(hello.self(), present.get());
        }
        return new Welcome(version.getAsInt(), self);
    }

    /** What the dialler has against the one who welcomed it, or empty when it has nothing. */
    static Optional<Refusal> objection(Welcome welcome, Hello sent) {
        PeerIdentity peer = welcome.self();
        if (!peer.mayShareClusterWith(sent.self())) {
            return Optional.of(otherCluster(peer, sent.self()));
        }
        if (!peer.id().equals(sent.targetId())) {
            return Optional.of(new Refusal(
                    RejectReason.WRONG_TARGET, named(peer) + " answered where " + sent.targetId() + " was expected"));
        }
        if (welcome.version() < sent.versions().min()
                || welcome.version() > sent.versions().max()) {
            return Optional.of(new Refusal(
                    RejectReason.INCOMPATIBLE_VERSION,
                    named(peer) + " chose protocol version " + welcome.version() + ", offered were "
                            + sent.versions()));
        }
        return Optional.empty();
    }

    private static Refusal otherCluster(PeerIdentity acceptor, PeerIdentity dialler) {
        return new Refusal(
                RejectReason.OTHER_CLUSTER,
                named(acceptor) + " belongs to " + cluster(acceptor) + ", " + named(dialler) + " to " + cluster(dialler)
                        + ": give the process its own cluster's addresses or an empty data folder");
    }

    private static Refusal duplicate(PeerIdentity dialler, PeerIdentity present) {
        return new Refusal(
                RejectReason.DUPLICATE,
                "a process with the id " + dialler.id() + " is connected already (disk " + present.diskUuid()
                        + ", incarnation " + present.incarnation() + "; the refused one: disk " + dialler.diskUuid()
                        + ", incarnation " + dialler.incarnation() + "): stop one or give it another id");
    }

    private static String cluster(PeerIdentity identity) {
        return identity.clusterUuid().map(uuid -> "cluster " + uuid).orElse("no cluster");
    }

    private static String named(PeerIdentity identity) {
        return (identity.role() == PeerRole.WORKER ? "worker " : "controller ") + identity.id();
    }
}
