package io.quorate.core.controller;

import io.quorate.core.cluster.Now;
import io.quorate.core.controller.Admission.Verdict;
import io.quorate.core.controller.state.ClusterSettings;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.MetadataRecord.SettingsChanged;
import io.quorate.core.controller.state.MetadataRecord.WorkerRegistered;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.HeartbeatAnswer;
import io.quorate.core.message.HeartbeatAnswer.NotActive;
import io.quorate.core.message.HeartbeatAnswer.NotYet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Heartbeats of processes that are to be registered first; each is answered when that is decided. */
final class Registration {
    private record Waiting(long ticket, Heartbeat heartbeat) {}

    private final ClusterState state;
    private final Admission admission;
    private final SortedMap<String, Waiting> waiting = new TreeMap<>();

    Registration(ClusterState state, Admission admission) {
        this.state = state;
        this.admission = admission;
    }

    void add(long ticket, Heartbeat heartbeat, Consumer<ControllerEffect> effects) {
        Waiting before = waiting.put(heartbeat.worker(), new Waiting(ticket, heartbeat));
        if (before != null) {
            answer(before.ticket, new NotYet("it is being registered"), effects);
        }
        if (waiting.size() > ControllerLimits.MAX_WAITING) {
            answer(waiting.pollLastEntry().getValue().ticket, new NotYet("too many workers register"), effects);
        }
    }

    /** Puts those that can be registered into the batch and answers those that cannot. */
    void decide(Now now, DecisionBatch batch, Consumer<ControllerEffect> effects) {
        boolean quorumOpen =
                state.settings().flatMap(ClusterSettings::writeQuorum).isEmpty();
        Optional<Integer> said = Optional.empty();
        List<Waiting> all = new ArrayList<>(waiting.values());
        for (Waiting each : all) {
            Optional<Integer> wanted = each.heartbeat.writeQuorum();
            if (quorumOpen && said.isPresent() && wanted.isPresent() && !said.equals(wanted)) {
                continue;
            }
            switch (admission.judge(each.heartbeat, now)) {
                case Verdict.Register register -> {
                    batch.add(new WorkerRegistered(register.worker()));
                    said = said.or(() -> wanted);
                }
                case Verdict.Known known -> drop(each, new NotYet("try again"), effects);
                case Verdict.Wait wait -> drop(each, new NotYet(wait.reason()), effects);
                case Verdict.Refuse refuse -> drop(each, refuse.answer(), effects);
            }
        }
        if (quorumOpen) {
            said.ifPresent(quorum ->
                    batch.add(new SettingsChanged(state.settings().orElseThrow().replicas(), quorum)));
        }
    }

    private void drop(Waiting each, HeartbeatAnswer answer, Consumer<ControllerEffect> effects) {
        waiting.remove(each.heartbeat.worker());
        answer(each.ticket, answer, effects);
    }

    /** Registrations were committed: hands over the heartbeats of those that are registered now. */
    void applied(BiConsumer<Long, Heartbeat> registered) {
        for (Waiting each : new ArrayList<>(waiting.values())) {
            Heartbeat heartbeat = each.heartbeat;
            boolean done = state.worker(heartbeat.worker())
                    .filter(worker -> worker.disk().equals(heartbeat.disk())
                            && worker.incarnation() == heartbeat.incarnation()
                            && worker.address().equals(heartbeat.address()))
                    .isPresent();
            if (done) {
                waiting.remove(heartbeat.worker());
                registered.accept(each.ticket, heartbeat);
            }
        }
    }

    /** This controller decides nothing any more. */
    void end(Optional<String> activeController, Consumer<ControllerEffect> effects) {
        waiting.values().forEach(each -> answer(each.ticket, new NotActive(activeController), effects));
        waiting.clear();
    }

    private static void answer(long ticket, HeartbeatAnswer answer, Consumer<ControllerEffect> effects) {
        effects.accept(new ControllerEffect.AnswerHeartbeat(ticket, answer));
    }
}
