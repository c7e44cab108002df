package io.quorate.core.controller;

import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.Elected;
import io.quorate.core.controller.state.PartitionState;
import io.quorate.core.controller.state.RegisteredWorker;
import io.quorate.core.port.ControllerService.WorkerView;
import io.quorate.core.port.ControllerService.WorkerView.Status;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The workers as people see them. */
final class WorkerViews {
    private static final double MOST_PHI = 1_000;

    private final ClusterState state;
    private final ActiveController active;

    WorkerViews(ClusterState state, ActiveController active) {
        this.state = state;
        this.active = active;
    }

    List<WorkerView> all(Now now) {
        SortedMap<String, Integer> leads = new TreeMap<>();
        SortedMap<String, Integer> holds = new TreeMap<>();
        for (PartitionState partition : state.partitions().values()) {
            partition.elected().map(Elected::leader).ifPresent(leader -> leads.merge(leader.worker(), 1, Integer::sum));
            for (Member member : partition.configuration().members()) {
                if (active.workers().onItsDisk(member)) {
                    holds.merge(member.worker(), 1, Integer::sum);
                }
            }
        }
        return state.workers().values().stream()
                .map(worker -> view(worker, leads, holds, now))
                .toList();
    }

    private WorkerView view(
            RegisteredWorker worker, SortedMap<String, Integer> leads, SortedMap<String, Integer> holds, Now now) {
        WorkerWatch watch = active.workers().watch(worker.id(), now);
        return new WorkerView(
                worker.id(),
                worker.address(),
                worker.disk(),
                worker.incarnation(),
                worker.zone(),
                status(watch),
                Math.max(0, Elapsed.millis(watch.silentSinceNanos, now)),
                Math.min(MOST_PHI, watch.detector.phi(now.monotonicNanos())),
                watch.skewMillis,
                leads.getOrDefault(worker.id(), 0),
                holds.getOrDefault(worker.id(), 0));
    }

    private static Status status(WorkerWatch watch) {
        return switch (watch.condition) {
            case UP -> watch.draining ? Status.DRAINING : Status.UP;
            case UNHEARD, SUSPECTED -> Status.SUSPECTED;
            case DOWN -> Status.DOWN;
        };
    }
}
