package io.quorate.server.peer;

import io.netty.channel.ConnectTimeoutException;
import io.quorate.api.Bytes;
import io.quorate.server.peer.Greeting.Hello;
import io.quorate.server.peer.Greeting.Refusal;
import io.quorate.server.peer.Greeting.Welcome;
import io.vertx.core.Future;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.ConnectException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection that this process dials to one peer, again and again until it is closed. */
final class OutgoingLink {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingLink.class);

    /** A connection that lasted for so many ticks is a success, after which the back-off begins anew. */
    private static final int STABLE_AFTER_TICKS = 2;

    /** Waiting → Dialling → Greeting → Up → Waiting …; Closed from any, for good. */
    private sealed interface State {
        record Waiting(long attempt) implements State {}

        record Dialling(long attempt) implements State {}

        record Greeting(Connection connection, Hello sent) implements State {}

        record Up(Connection connection, PeerIdentity peer) implements State {}

        record Closed() implements State {}
    }

    private final LinkEnvironment environment;
    private final NetClient client;
    private final String peerId;
    private final HostPort address;
    private final Backoff backoff;
    private final LinkCounters counters;
    private final FrameQueue queue = new FrameQueue();

    private State state = new State.Waiting(0);
    private long attempts;
    private int ticksUp;

    OutgoingLink(
            LinkEnvironment environment, NetClient client, String peerId, HostPort address, RandomGenerator random) {
        this.environment = environment;
        this.client = client;
        this.peerId = peerId;
        this.address = address;
        PeerSettings settings = environment.settings();
        this.backoff = new Backoff(settings.minPauseMillis(), settings.maxPauseMillis(), random);
        this.counters = environment.counters().of(peerId);
        dialAfterPause();
    }

    HostPort address() {
        return address;
    }

    long queuedBytes() {
        return queue.queuedBytes();
    }

    boolean writable() {
        return state instanceof State.Up && queue.queuedBytes() < PeerLimits.WRITABLE_BELOW_BYTES;
    }

    boolean send(Bytes payload) {
        Frame frame = new Frame(FrameKind.REQUEST, payload);
        return switch (state) {
            case State.Up up -> {
                boolean queued = counted(queue.offer(frame, PeerLimits.MAX_QUEUED_BYTES));
                up.connection().wake();
                yield queued;
            }
            case State.Waiting _, State.Dialling _, State.Greeting _ -> queuedWhileDown(frame);
            case State.Closed _ -> counted(false);
        };
    }

    private boolean queuedWhileDown(Frame frame) {
        return counted(queue.offer(frame, PeerLimits.MAX_QUEUED_WHILE_DOWN_BYTES));
    }

    private boolean counted(boolean queued) {
        counters.framesDropped += queued ? 0 : 1;
        return queued;
    }

    void tick() {
        switch (state) {
            case State.Greeting greeting -> greeting.connection().tick();
            case State.Up up -> {
                ticksUp++;
                if (ticksUp == STABLE_AFTER_TICKS) {
                    backoff.reset();
                }
                up.connection().tick();
            }
            case State.Waiting _, State.Dialling _, State.Closed _ -> {}
        }
    }

    /** Closes at once and for good; a peer that was connected is reported as disconnected. */
    void drop(String reason) {
        State before = state;
        state = new State.Closed();
        switch (before) {
            case State.Greeting greeting -> greeting.connection().close(reason);
            case State.Up up -> {
                up.connection().close(reason);
                report(new LinkState.Disconnected(reason));
            }
            case State.Waiting _, State.Dialling _, State.Closed _ -> {}
        }
        counters.framesDropped += queue.clear();
    }

    /** Closes for good after what is queued has left. */
    Future<Void> finish() {
        State before = state;
        state = new State.Closed();
        return switch (before) {
            case State.Greeting greeting -> greeting.connection().finish();
            case State.Up up -> up.connection().finish();
            case State.Waiting _, State.Dialling _, State.Closed _ -> Future.succeededFuture();
        };
    }

    /** The peer has dialled this process, so it is there: no more waiting, and no link to what it was before. */
    void heardFrom(PeerIdentity now) {
        switch (state) {
            case State.Waiting _ -> dialAfter(0);
            case State.Up up -> {
                if (!up.peer().isSameStartAs(now)) {
                    up.connection().close("the peer has restarted");
                }
            }
            case State.Dialling _, State.Greeting _, State.Closed _ -> {}
        }
    }

    private void dialAfterPause() {
        dialAfter(backoff.nextMillis());
    }

    private void dialAfter(long pauseMillis) {
        attempts++;
        State.Waiting waiting = new State.Waiting(attempts);
        state = waiting;
        if (pauseMillis == 0) {
            environment.context().runOnContext(_ -> dial(waiting));
        } else {
            environment.vertx().setTimer(pauseMillis, _ -> dial(waiting));
        }
    }

    private void dial(State.Waiting waiting) {
        if (!state.equals(waiting)) {
            return;
        }
        State.Dialling dialling = new State.Dialling(waiting.attempt());
        state = dialling;
        client.connect(address.port(), address.host())
                .onSuccess(socket -> opened(dialling, socket))
                .onFailure(failure -> notOpened(dialling, failure));
    }

    private void opened(State.Dialling dialling, NetSocket socket) {
        if (!state.equals(dialling)) {
            socket.close();
            return;
        }
        Hello hello =
                new Hello(environment.settings().versions(), environment.self().get(), peerId);
        Connection connection = new Connection(environment, socket, queue, new Ends());
        state = new State.Greeting(connection, hello);
        connection.greet(hello);
    }

    private void notOpened(State.Dialling dialling, Throwable failure) {
        if (!state.equals(dialling)) {
            return;
        }
        if (isRefusal(failure)) {
            sayOnce("nothing listens there");
            tryAgain(new LinkState.Refused());
        } else {
            String reason = String.valueOf(failure.getMessage());
            sayOnce(reason);
            tryAgain(new LinkState.Disconnected(reason));
        }
    }

    /** The JDK and Netty use this class for refused connections, Netty a subclass of it for attempts that timed out. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ConnectException && !(failure instanceof ConnectTimeoutException);
    }

    private void sayOnce(String reason) {
        if (environment.lines().isNew(peerId + " " + address + " " + reason)) {
            LOG.info("No link to peer {} at {}: {}; trying on", peerId, address, reason);
        }
    }

    private void tryAgain(LinkState after) {
        dialAfterPause();
        report(after);
    }

    private void report(LinkState how) {
        environment.events().linkChanged(peerId, how);
    }

    private void greeted(State.Greeting greeting, Frame frame) {
        Optional<Greeting> answer = HandshakeCodec.decode(frame);
        switch (answer.orElse(null)) {
            case Welcome welcome ->
                HandshakeRules.objection(welcome, greeting.sent())
                        .ifPresentOrElse(refusal -> rejected(greeting, refusal), () -> up(greeting, welcome));
            case Refusal refusal -> rejected(greeting, refusal);
            case Hello _ -> greeting.connection().close("it answered the greeting with another greeting");
            case null -> greeting.connection().close("its answer to the greeting was not readable");
        }
    }

    private void up(State.Greeting greeting, Welcome welcome) {
        ticksUp = 0;
        state = new State.Up(greeting.connection(), welcome.self());
        greeting.connection().establish(welcome.version(), counters);
        LOG.info(
                "Linked to peer {} at {}, incarnation {}",
                peerId,
                address,
                welcome.self().incarnation());
        report(new LinkState.Connected(welcome.self(), welcome.version()));
    }

    private void rejected(State.Greeting greeting, Refusal refusal) {
        state = new State.Waiting(attempts);
        greeting.connection().close(refusal.detail());
        sayOnce(refusal.reason() + ", " + refusal.detail());
        tryAgain(new LinkState.Rejected(refusal.reason(), refusal.detail()));
    }

    private final class Ends implements Connection.Owner {
        @Override
        public void arrived(Frame frame) {
            switch (state) {
                case State.Greeting greeting -> greeted(greeting, frame);
                case State.Up up -> {
                    if (frame.kind() == FrameKind.REPLY) {
                        environment.events().received(up.peer(), true, frame.payload());
                    } else {
                        up.connection().close("it sent a " + frame.kind() + " where only replies belong");
                    }
                }
                case State.Waiting _, State.Dialling _, State.Closed _ -> {}
            }
        }

        @Override
        public void lost(String reason) {
            switch (state) {
                case State.Greeting _ -> {
                    sayOnce(reason);
                    tryAgain(new LinkState.Disconnected(reason));
                }
                case State.Up _ -> {
                    LOG.info("Lost the link to peer {} at {}: {}", peerId, address, reason);
                    tryAgain(new LinkState.Disconnected(reason));
                }
                case State.Waiting _, State.Dialling _, State.Closed _ -> {}
            }
        }
    }
}
