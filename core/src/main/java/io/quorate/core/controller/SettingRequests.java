package io.quorate.core.controller;

import io.quorate.api.Limits;
import io.quorate.core.controller.state.ClusterSettings;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.MetadataRecord.SettingsChanged;
import io.quorate.core.port.ControllerService.SettingChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Changes of the cluster's settings that people ask for, one after the other. */
final class SettingRequests {
    private record Waiting(long ticket, SettingChange change) {}

    private final ClusterState state;
    private final List<Waiting> waiting = new ArrayList<>();
    private Optional<Waiting> proposed = Optional.empty();

    SettingRequests(ClusterState state) {
        this.state = state;
    }

    void add(long ticket, SettingChange change, Consumer<ControllerEffect> effects) {
        Optional<String> problem = waiting.size() >= ControllerLimits.MAX_WAITING
                ? Optional.of("too many changes wait: try again")
                : problem(change);
        if (problem.isPresent()) {
            effects.accept(new ControllerEffect.AnswerSetting(ticket, problem));
        } else {
            waiting.add(new Waiting(ticket, change));
        }
    }

    /** Puts the next one that changes something into the batch; those that change nothing are answered. */
    void decide(DecisionBatch batch, Consumer<ControllerEffect> effects) {
        while (!waiting.isEmpty() && proposed.isEmpty()) {
            Waiting next = waiting.removeFirst();
            Optional<String> problem = problem(next.change);
            if (problem.isPresent() || changesNothing(next.change)) {
                effects.accept(new ControllerEffect.AnswerSetting(next.ticket, problem));
            } else {
                proposed = Optional.of(next);
                batch.add(new SettingsChanged(replicas(next.change), writeQuorum(next.change)));
            }
        }
    }

    /** What was proposed is decided, or was not. */
    void decided(boolean committed, Consumer<ControllerEffect> effects) {
        proposed.ifPresent(request -> effects.accept(new ControllerEffect.AnswerSetting(
                request.ticket,
                committed ? Optional.empty() : Optional.of("it may not have been decided: look, and try again"))));
        proposed = Optional.empty();
    }

    /** This controller decides nothing any more. */
    void end(Consumer<ControllerEffect> effects) {
        decided(false, effects);
        waiting.forEach(request -> effects.accept(new ControllerEffect.AnswerSetting(
                request.ticket, Optional.of("another controller is active now: try again"))));
        waiting.clear();
    }

    private Optional<String> problem(SettingChange change) {
        if (state.settings().isEmpty()) {
            return Optional.of("there is no cluster yet");
        }
        int replicas = replicas(change);
        int writeQuorum = writeQuorum(change);
        if (replicas < 1 || replicas > Limits.MAX_REPLICAS) {
            return Optional.of("REPLICAS must be 1 to " + Limits.MAX_REPLICAS + ", not " + replicas);
        }
        return ClusterSettings.isValid(replicas, writeQuorum)
                ? Optional.empty()
                : Optional.of("WRITE_QUORUM must be 1 to REPLICAS, which is " + replicas + ", not " + writeQuorum);
    }

    private boolean changesNothing(SettingChange change) {
        ClusterSettings settings = settings();
        return replicas(change) == settings.replicas()
                && settings.writeQuorum().equals(Optional.of(writeQuorum(change)));
    }

    private int replicas(SettingChange change) {
        return change.replicas().orElse(settings().replicas());
    }

    private int writeQuorum(SettingChange change) {
        return change.writeQuorum().orElse(settings().effectiveWriteQuorum());
    }

    private ClusterSettings settings() {
        return state.settings().orElseThrow();
    }
}
