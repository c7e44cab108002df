package io.quorate.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** A process with links, which remembers what it hears. */
final class TestPeer implements PeerEvents {
    static final UUID CLUSTER = new UUID(0xC1, 0xC1);
    static final HostPort ANY_PORT = new HostPort("127.0.0.1", 0);

    /** A payload that arrived. */
    record Heard(String from, boolean isReply, Bytes payload) {}

    /** A link that changed. */
    record Change(String peerId, LinkState state) {}

    final List<Change> changes = new CopyOnWriteArrayList<>();

    private final List<Heard> heard = Collections.synchronizedList(new ArrayList<>());
    private final Loop loop;
    private volatile PeerIdentity identity;
    private volatile BiConsumer<PeerIdentity, Bytes> onRequest = (_, _) -> {};
    private volatile boolean remembering = true;
    private volatile boolean strayed;
    private Optional<PeerLinks> links = Optional.empty();

    TestPeer(Loop loop, PeerIdentity identity) {
        this.loop = loop;
        this.identity = identity;
    }

    static PeerIdentity worker(String id) {
        return worker(id, 1);
    }

    static PeerIdentity worker(String id, long incarnation) {
        return new PeerIdentity(
                Optional.of(CLUSTER), id, PeerRole.WORKER, new UUID(0xD15C, id.hashCode()), incarnation);
    }

    TestPeer open(PeerNetwork network, Optional<HostPort> listen) {
        Future<PeerLinks> opening =
                loop.on(() -> network.open(listen, () -> identity, this).onComplete(_ -> requireLoop()));
        links = Optional.of(loop.await(() -> opening));
        loop.closeFirst(this::close);
        return this;
    }

    PeerLinks links() {
        return links.orElseThrow();
    }

    HostPort address() {
        return links().listeningAt().orElseThrow();
    }

    void become(PeerIdentity next) {
        identity = next;
    }

    /** Answers requests, on the loop. */
    void onRequest(BiConsumer<PeerIdentity, Bytes> answer) {
        onRequest = answer;
    }

    /** For tests with very many messages. */
    void forgetMessages() {
        remembering = false;
    }

    void dial(TestPeer... peers) {
        loop.run(() -> links().addresses(addressesOf(peers)));
    }

    static Map<String, HostPort> addressesOf(TestPeer... peers) {
        Map<String, HostPort> addresses = new HashMap<>();
        for (TestPeer peer : peers) {
            addresses.put(peer.identity.id(), peer.address());
        }
        return addresses;
    }

    TestPeer linkedTo(TestPeer... peers) {
        dial(peers);
        for (TestPeer peer : peers) {
            awaitConnected(peer.identity.id());
        }
        return this;
    }

    boolean request(String peerId, String text) {
        return loop.on(() -> links().request(peerId, Bytes.utf8(text)));
    }

    boolean reply(String peerId, String text) {
        return loop.on(() -> links().reply(peerId, Bytes.utf8(text)));
    }

    LinkStats stats(String peerId) {
        return Optional.ofNullable(loop.on(() -> links().stats()).get(peerId)).orElseThrow();
    }

    /** Closes the links; fails when something was ever heard off the loop. */
    void close() {
        loop.await(() -> links().close().onComplete(_ -> requireLoop()));
        assertThat(strayed).isFalse();
    }

    /** What has arrived so far. */
    List<Heard> heard() {
        return List.copyOf(heard);
    }

    List<String> texts() {
        return heard().stream()
                .map(message -> message.payload().asUtf8().orElseThrow())
                .toList();
    }

    long count(Class<? extends LinkState> kind, String peerId) {
        return changes.stream()
                .filter(change -> change.peerId().equals(peerId) && kind.isInstance(change.state()))
                .count();
    }

    void awaitConnected(String peerId) {
        await(LinkState.Connected.class, peerId, 1);
    }

    void await(Class<? extends LinkState> kind, String peerId, long times) {
        Loop.eventually(
                kind.getSimpleName() + " of " + peerId + " " + times + " times, seen was " + changes,
                () -> count(kind, peerId) >= times);
    }

    void awaitHeard(int messages) {
        Loop.eventually(messages + " messages heard", () -> heard.size() >= messages);
    }

    @Override
    public void received(PeerIdentity from, boolean isReply, Bytes payload) {
        requireLoop();
        if (remembering) {
            heard.add(new Heard(from.id(), isReply, payload));
        }
        if (!isReply) {
            onRequest.accept(from, payload);
        }
    }

    @Override
    public void linkChanged(String peerId, LinkState state) {
        requireLoop();
        changes.add(new Change(peerId, state));
    }

    private void requireLoop() {
        strayed |= !loop.isHere();
    }
}
