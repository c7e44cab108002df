package io.quorate.server.http;

import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.HeartbeatAnswer;
import io.quorate.core.port.ControllerService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/** A controller that answers what it was told to. */
final class FakeController implements ControllerService {
    final List<Heartbeat> heartbeats = new ArrayList<>();
    final List<SettingChange> changes = new ArrayList<>();
    final SequencedMap<String, Boolean> checks = new LinkedHashMap<>();
    final List<WorkerView> workers = new ArrayList<>();
    HeartbeatAnswer answer = new HeartbeatAnswer.Heard(FakeWorker.CLUSTER, 1, false, Optional.empty());
    Optional<String> refusalOfSettings = Optional.empty();
    boolean active = true;
    Optional<String> activeController = Optional.empty();
    ClusterMap map = ClusterMap.EMPTY;
    ClusterView view = new ClusterView(List.of(), 3, 2, 0, 0, 0, 7);

    FakeController() {
        checks.put("metadata log is open", true);
    }

    @Override
    public void heartbeat(Heartbeat heartbeat, Consumer<HeartbeatAnswer> whenDone) {
        heartbeats.add(heartbeat);
        whenDone.accept(answer);
    }

    @Override
    public ClusterMap map() {
        return map;
    }

    @Override
    public List<WorkerView> workers() {
        return workers;
    }

    @Override
    public ClusterView partitions() {
        return view;
    }

    @Override
    public void configure(SettingChange change, Consumer<Optional<String>> whenDone) {
        changes.add(change);
        whenDone.accept(refusalOfSettings);
    }

    @Override
    public ControllerStatus status() {
        long up = workers.stream()
                .filter(worker -> worker.status() == WorkerView.Status.UP)
                .count();
        return new ControllerStatus(
                "c1", active, activeController, Optional.of(FakeWorker.CLUSTER), (int) up, workers.size(), checks);
    }
}
