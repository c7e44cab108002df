package io.quorate.simulation;

import io.quorate.core.cluster.Now;
import io.quorate.core.controller.ControllerCore;
import io.quorate.core.controller.ControllerEffect;
import io.quorate.core.controller.ControllerInput;
import io.quorate.core.controller.ControllerInput.LinkChanged.Link;
import io.quorate.core.controller.ControllerLimits;
import io.quorate.core.controller.ControllerSettings;
import io.quorate.core.controller.MetadataLog.ProposalOutcome;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.HeartbeatAnswer;
import io.quorate.core.message.Message;
import io.quorate.core.port.ControllerService.SettingChange;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A controller's production core between the simulated metadata log and the simulated network. */
final class SimulatedController implements SimulatedNetwork.Receiver {
    final String id;
    private final Simulation world;
    private final SimulatedControllers group;
    private final Timeline time;
    private final Simulation.Shape shape;
    private final Map<Long, Consumer<HeartbeatAnswer>> heartbeats = new HashMap<>();
    private final TreeSet<String> dialled = new TreeSet<>();
    private @Nullable ControllerCore core;
    private int appliedCommands;
    private long life;
    private long lastTicket;
    private long pausedUntilNanos;
    private long lastInboxNanos;

    SimulatedController(String id, Simulation world, SimulatedControllers group, Simulation.Shape shape) {
        this.id = id;
        this.world = world;
        this.group = group;
        this.time = world.time;
        this.shape = shape;
    }

    boolean isUp() {
        return core != null;
    }

    Optional<ControllerCore> core() {
        return Optional.ofNullable(core);
    }

    void start() {
        life++;
        appliedCommands = 0;
        dialled.clear();
        heartbeats.clear();
        pausedUntilNanos = 0;
        boolean first = group.decided().settings().isEmpty();
        core = new ControllerCore(
                new ControllerSettings(
                        id,
                        first ? Optional.of(shape.partitions()) : Optional.empty(),
                        first ? Optional.of(shape.replicas()) : Optional.empty(),
                        first ? Optional.of(shape.writeQuorum()) : Optional.empty(),
                        0,
                        200,
                        6_000,
                        2_000,
                        2),
                new UUID(shape.replicas(), time.random().nextLong()),
                world.fenceRule());
        world.network.connect(id, this);
        later(1, new ControllerInput.CaughtUp());
        long now = life;
        time.after(Now.NANOS_PER_MILLI, () -> tick(now));
    }

    void crash() {
        core = null;
        life++;
        world.network.disconnect(id);
    }

    /** Does nothing for a while; what arrives waits. A pause is not prolonged, so that what waits stays in order. */
    void pause(long nanos) {
        if (time.nanos() >= pausedUntilNanos) {
            pausedUntilNanos = time.nanos() + nanos;
        }
    }

    private void tick(long ofLife) {
        if (ofLife != life) {
            return;
        }
        if (time.nanos() >= pausedUntilNanos) {
            handle(new ControllerInput.Tick());
        }
        time.after(ControllerLimits.TICK_MILLIS * Now.NANOS_PER_MILLI, () -> tick(ofLife));
    }

    /** Takes committed commands in, in order, after a while. */
    void catchUp(long micros) {
        long now = life;
        time.after(micros * 1_000, () -> {
            while (now == life && appliedCommands < group.committed().size()) {
                SimulatedControllers.Command command = group.committed().get(appliedCommands++);
                handle(new ControllerInput.Committed(command.index(), command.epoch(), command.bytes()));
            }
        });
    }

    /** An input from the metadata log, which speaks in order. */
    void later(long micros, ControllerInput input) {
        long now = life;
        lastInboxNanos = Math.max(lastInboxNanos + 1, time.nanos() + micros * 1_000);
        time.after(lastInboxNanos - time.nanos(), () -> {
            if (now == life) {
                catchUpNow();
                handle(input);
            }
        });
    }

    /** It takes a command for committed that no other controller knows of. */
    void alone(SimulatedControllers.Command command, long proposal) {
        handle(new ControllerInput.Committed(command.index(), command.epoch(), command.bytes()));
        handle(new ControllerInput.ProposalDecided(proposal, new ProposalOutcome.Committed(command.index())));
    }

    /** Somebody asks for other settings. */
    void configure(SettingChange change) {
        handle(new ControllerInput.SettingRequested(++lastTicket, change));
    }

    private void catchUpNow() {
        while (appliedCommands < group.committed().size()) {
            SimulatedControllers.Command command = group.committed().get(appliedCommands++);
            handle(new ControllerInput.Committed(command.index(), command.epoch(), command.bytes()));
        }
    }

    void heartbeat(Heartbeat heartbeat, Consumer<HeartbeatAnswer> whenDone) {
        heartbeats.put(++lastTicket, whenDone);
        handle(new ControllerInput.HeartbeatArrived(lastTicket, heartbeat));
    }

    @Override
    public void receive(String from, Message message) {
        if (message instanceof Message.OrderAnswers answers) {
            handle(new ControllerInput.AnswersArrived(from, answers.answers()));
        }
    }

    void link(String worker, Link link) {
        if (dialled.contains(worker)) {
            handle(new ControllerInput.LinkChanged(worker, link));
        }
    }

    private void handle(ControllerInput input) {
        if (time.nanos() < pausedUntilNanos) {
            long now = life;
            time.after(pausedUntilNanos - time.nanos(), () -> {
                if (now == life) {
                    handle(input);
                }
            });
            return;
        }
        ControllerCore running = core;
        if (running != null) {
            running.handle(input, time.now(), this::carryOut);
        }
    }

    private void carryOut(ControllerEffect effect) {
        switch (effect) {
            case ControllerEffect.Propose propose -> group.propose(this, propose.proposal(), propose.command());
            case ControllerEffect.SendOrders send -> world.network.send(id, send.worker(), send.orders());
            case ControllerEffect.SendMap send ->
                send.workers().forEach(worker -> world.network.send(id, worker, new Message.MapChanged(send.map())));
            case ControllerEffect.AnswerHeartbeat answer -> {
                Consumer<HeartbeatAnswer> waiting = heartbeats.remove(answer.ticket());
                if (waiting != null) {
                    waiting.accept(answer.answer());
                }
            }
            case ControllerEffect.Connect connect -> connect(connect);
            case ControllerEffect.Contradiction contradiction ->
                throw new IllegalStateException(
                        "controller %s was started rightly: %s".formatted(id, contradiction.line()));
            case ControllerEffect.Note note -> time.note(() -> "controller %s: %s".formatted(id, note.line()));
            case ControllerEffect.AnswerSetting _ -> {}
        }
    }

    private void connect(ControllerEffect.Connect connect) {
        for (String worker : connect.workers().keySet()) {
            if (dialled.add(worker)) {
                long now = life;
                time.after(500_000, () -> {
                    if (now == life) {
                        link(worker, world.worker(worker).isUp() ? Link.CONNECTED : Link.REFUSED);
                    }
                });
            }
        }
    }
}
