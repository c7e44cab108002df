package io.quorate.server.wiring;

import io.quorate.core.cluster.Now;
import io.quorate.core.controller.ControllerCore;
import io.quorate.core.controller.ControllerEffect;
import io.quorate.core.controller.ControllerInput;
import io.quorate.core.controller.ControllerLimits;
import io.quorate.core.controller.MetadataLog;
import io.quorate.core.message.HeartbeatAnswer;
import io.quorate.core.message.Message;
import io.quorate.core.wire.MessageCodecV1;
import io.quorate.server.peer.HostPort;
import io.quorate.server.peer.PeerLinks;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a controller's core on one event loop: gives it inputs and carries its effects out. */
final class ControllerLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerLoop.class);

    private final Vertx vertx;
    private final Context context;
    private final ControllerCore core;
    private final Clock clock;
    private final Consumer<String> whenEnded;
    private final Map<Long, Consumer<HeartbeatAnswer>> heartbeats = new HashMap<>();
    private final Map<Long, Consumer<Optional<String>>> settings = new HashMap<>();
    private @Nullable MetadataLog metadata;
    private @Nullable PeerLinks links;
    private final List<ControllerInput> early = new ArrayList<>();
    private long lastTicket;
    private long timer = -1;
    private boolean caughtUp;
    private boolean closed;

    ControllerLoop(Vertx vertx, Context context, ControllerCore core, Clock clock, Consumer<String> whenEnded) {
        this.vertx = vertx;
        this.context = context;
        this.core = core;
        this.clock = clock;
        this.whenEnded = whenEnded;
    }

    /** Completes the loop with what it needs to carry effects out; inputs that came before are taken now. */
    void begin(MetadataLog log, PeerLinks peerLinks) {
        metadata = log;
        links = peerLinks;
        List<ControllerInput> held = List.copyOf(early);
        early.clear();
        held.forEach(this::input);
        timer = vertx.setPeriodic(ControllerLimits.TICK_MILLIS, _ -> tick(log));
    }

    private void tick(MetadataLog log) {
        if (!caughtUp && log.caughtUp()) {
            caughtUp = true;
            // What the log said before is on its way to this loop and is to come first.
            post(new ControllerInput.CaughtUp());
        }
        input(new ControllerInput.Tick());
    }

    ControllerCore core() {
        return core;
    }

    Now now() {
        return clock.now();
    }

    /** Takes an input from any thread. */
    void post(ControllerInput input) {
        context.runOnContext(_ -> input(input));
    }

    /** Takes an input on the event loop. */
    void input(ControllerInput input) {
        if (closed) {
            return;
        }
        if (metadata == null) {
            early.add(input);
            return;
        }
        try {
            core.handle(input, now(), this::carryOut);
        } catch (RuntimeException | Error e) {
            LOG.error("The controller cannot go on; its decisions are kept: start it again", e);
            whenEnded.accept("The controller cannot go on: " + e.getMessage());
        }
    }

    long heartbeat(Consumer<HeartbeatAnswer> whenDone) {
        heartbeats.put(++lastTicket, whenDone);
        return lastTicket;
    }

    long setting(Consumer<Optional<String>> whenDone) {
        settings.put(++lastTicket, whenDone);
        return lastTicket;
    }

    private void carryOut(ControllerEffect effect) {
        switch (effect) {
            case ControllerEffect.Propose propose -> propose(propose);
            case ControllerEffect.SendOrders send -> send(send.worker(), send.orders());
            case ControllerEffect.SendMap send -> {
                Message message = new Message.MapChanged(send.map());
                send.workers().forEach(worker -> send(worker, message));
            }
            case ControllerEffect.AnswerHeartbeat answer -> {
                Consumer<HeartbeatAnswer> waiting = heartbeats.remove(answer.ticket());
                if (waiting != null) {
                    waiting.accept(answer.answer());
                }
            }
            case ControllerEffect.AnswerSetting answer -> {
                Consumer<Optional<String>> waiting = settings.remove(answer.ticket());
                if (waiting != null) {
                    waiting.accept(answer.problem());
                }
            }
            case ControllerEffect.Connect connect -> connect(connect);
            case ControllerEffect.Contradiction contradiction -> whenEnded.accept(contradiction.line());
            case ControllerEffect.Note note -> note(note);
        }
    }

    private void propose(ControllerEffect.Propose propose) {
        MetadataLog log = metadata;
        if (log != null) {
            log.propose(
                    propose.command(),
                    outcome -> post(new ControllerInput.ProposalDecided(propose.proposal(), outcome)));
        }
    }

    private void send(String worker, Message message) {
        if (links != null) {
            links.request(worker, MessageCodecV1.encode(message));
        }
    }

    private void connect(ControllerEffect.Connect connect) {
        Map<String, HostPort> peers = new TreeMap<>();
        connect.workers()
                .forEach(
                        (worker, address) -> HostPort.parse(address.peer()).ifPresent(peer -> peers.put(worker, peer)));
        if (links != null) {
            links.addresses(peers);
        }
    }

    private static void note(ControllerEffect.Note note) {
        switch (note.weight()) {
            case INFO -> LOG.info("{}", note.line());
            case WARNING -> LOG.warn("{}", note.line());
        }
    }

    void close() {
        closed = true;
        vertx.cancelTimer(timer);
    }
}
