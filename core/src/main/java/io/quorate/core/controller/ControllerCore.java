package io.quorate.core.controller;

import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.ControllerEffect.AnswerHeartbeat;
import io.quorate.core.controller.ControllerEffect.AnswerSetting;
import io.quorate.core.controller.ControllerInput.ActivityChanged;
import io.quorate.core.controller.ControllerInput.AnswersArrived;
import io.quorate.core.controller.ControllerInput.CaughtUp;
import io.quorate.core.controller.ControllerInput.Committed;
import io.quorate.core.controller.ControllerInput.HeartbeatArrived;
import io.quorate.core.controller.ControllerInput.LinkChanged;
import io.quorate.core.controller.ControllerInput.LinkChanged.Link;
import io.quorate.core.controller.ControllerInput.ProposalDecided;
import io.quorate.core.controller.ControllerInput.Restored;
import io.quorate.core.controller.ControllerInput.SettingRequested;
import io.quorate.core.controller.ControllerInput.Tick;
import io.quorate.core.controller.state.Changes;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.MetadataCodecV1;
import io.quorate.core.message.HeartbeatAnswer.NotActive;
import io.quorate.core.port.ControllerService.ClusterView;
import io.quorate.core.port.ControllerService.WorkerView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A controller without its surroundings: inputs and the time go in, effects come out, nothing else happens.
 *
 * <p>Decisions become commands of the metadata log and count once they come back committed; only that changes the
 * state. A controller that is not active applies what is committed and decides nothing. Not thread-safe.
 */
public final class ControllerCore {
    private final ControllerSettings settings;
    private final UUID newCluster;
    private final FenceRule fence;
    private final ClusterState state = new ClusterState();
    private final MapCache maps = new MapCache(state);
    private final Map<String, Link> links = new TreeMap<>();

    private Optional<ActiveController> active = Optional.empty();
    private Optional<String> activeController = Optional.empty();
    private long proposals;
    private Optional<Long> lastTickNanos = Optional.empty();

    /** Whether everything is applied that was decided before this controller was started. */
    private boolean caughtUp;

    /** Whether the settings that it was started with were compared with the cluster's. */
    private boolean compared;

    /**
     * @param newCluster the cluster's UUID in case that this controller creates it
     */
    public ControllerCore(ControllerSettings settings, UUID newCluster) {
        this(settings, newCluster, FenceRule.STANDARD);
    }

    /**
     * @param newCluster the cluster's UUID in case that this controller creates it
     * @param fence when a fence counts as complete
     */
    public ControllerCore(ControllerSettings settings, UUID newCluster, FenceRule fence) {
        this.settings = settings;
        this.newCluster = newCluster;
        this.fence = fence;
    }

    /** Takes an input in; what is to be done because of it is handed to {@code effects} before this returns. */
    public void handle(ControllerInput input, Now now, Consumer<ControllerEffect> effects) {
        noticeLateness(now, effects);
        switch (input) {
            case HeartbeatArrived arrived -> heartbeat(arrived, now, effects);
            case AnswersArrived arrived -> active.ifPresent(on -> on.answers(arrived.answers()));
            case Tick tick -> tick(now, effects);
            case Committed committed -> committed(committed, now, effects);
            case CaughtUp _ -> caughtUp = true;
            case Restored restored -> state.become(MetadataCodecV1.decodeState(restored.snapshot()));
            case ActivityChanged changed -> activity(changed, now, effects);
            case ProposalDecided decided ->
                active.ifPresent(on -> on.proposalDecided(decided.proposal(), decided.outcome(), now, effects));
            case LinkChanged changed -> link(changed, now, effects);
            case SettingRequested requested -> setting(requested, effects);
        }
        active.ifPresent(on -> settle(on, now, effects));
        compareSettings(effects);
    }

    /** Once: whoever runs already goes on when the settings are changed. */
    private void compareSettings(Consumer<ControllerEffect> effects) {
        if (!compared && (caughtUp || active.isPresent()) && state.settings().isPresent()) {
            compared = true;
            settings.contradiction(state.settings().get())
                    .ifPresent(line -> effects.accept(new ControllerEffect.Contradiction(line)));
        }
    }

    private void settle(ActiveController on, Now now, Consumer<ControllerEffect> effects) {
        on.settle(proposals + 1, now, effect -> {
            if (effect instanceof ControllerEffect.Propose) {
                proposals++;
            }
            effects.accept(effect);
        });
    }

    /** A loop that comes late heard nothing meanwhile: it must not blame the workers for that. */
    private void noticeLateness(Now now, Consumer<ControllerEffect> effects) {
        long allowed = (ControllerLimits.TICK_MILLIS + settings.heartbeatIntervalMillis()) * Now.NANOS_PER_MILLI;
        long since = now.monotonicNanos() - lastTickNanos.orElse(now.monotonicNanos());
        if (since > allowed) {
            lastTickNanos = Optional.of(now.monotonicNanos());
            active.ifPresent(on -> on.late(since, since - allowed, now, effects));
        }
    }

    private void heartbeat(HeartbeatArrived arrived, Now now, Consumer<ControllerEffect> effects) {
        active.ifPresentOrElse(
                on -> on.heartbeat(arrived.ticket(), arrived.heartbeat(), now, effects),
                () -> effects.accept(new AnswerHeartbeat(arrived.ticket(), new NotActive(activeController))));
    }

    private void tick(Now now, Consumer<ControllerEffect> effects) {
        lastTickNanos = Optional.of(now.monotonicNanos());
        active.ifPresent(on -> on.tick(now, effects));
    }

    private void committed(Committed committed, Now now, Consumer<ControllerEffect> effects) {
        Changes changes = state.apply(MetadataCodecV1.decodeCommand(committed.command()), committed.epoch());
        active.ifPresent(on -> on.applied(changes, now, effects));
    }

    private void activity(ActivityChanged changed, Now now, Consumer<ControllerEffect> effects) {
        activeController = changed.activeController();
        long epoch = changed.activity().epoch();
        if (changed.activity().active()
                && active.filter(on -> on.epoch() == epoch).isPresent()) {
            return;
        }
        active.ifPresent(on -> on.end(activeController, effects));
        active = changed.activity().active()
                ? Optional.of(new ActiveController(settings, state, newCluster, epoch, links, maps, fence, now))
                : Optional.empty();
        active.ifPresent(on -> effects.accept(new ControllerEffect.Connect(on.addresses())));
    }

    private void link(LinkChanged changed, Now now, Consumer<ControllerEffect> effects) {
        links.put(changed.worker(), changed.link());
        active.ifPresent(on -> on.linkChanged(changed, now, effects));
    }

    private void setting(SettingRequested requested, Consumer<ControllerEffect> effects) {
        active.ifPresentOrElse(
                on -> on.configure(requested.ticket(), requested.change(), effects),
                () -> effects.accept(new AnswerSetting(
                        requested.ticket(), Optional.of("this controller is not active: ask the one that is"))));
    }

    /** Whether this controller decides. */
    public boolean active() {
        return active.isPresent();
    }

    /** What was decided, as far as this controller has applied it; not to be changed. */
    public ClusterState state() {
        return state;
    }

    /** The map as decided so far. */
    public ClusterMap map() {
        return maps.map();
    }

    /** Every registered worker by id; empty while this controller is not active. */
    public List<WorkerView> workers(Now now) {
        return active.map(on -> new WorkerViews(state, on).all(now)).orElse(List.of());
    }

    /** Every partition; while this controller is not active only as decided, not as heard. */
    public ClusterView partitions(Now now) {
        return new PartitionViews(state, active).all(now);
    }

    /** How many workers are up. */
    public int workersUp() {
        return active.map(on -> on.workers().up()).orElse(0);
    }
}
