package io.quorate.server.wiring;

import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.controller.ControllerInput;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.HeartbeatAnswer;
import io.quorate.core.port.ControllerService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a controller's front end calls: requests become inputs of the core, its effects become answers. */
final class ControllerFrontDoor implements ControllerService {
    private final ControllerLoop loop;
    private final String id;
    private final Supplier<Optional<String>> activeController;

    /**
     * @param activeController the HTTP address of the active controller, as far as known
     */
    ControllerFrontDoor(ControllerLoop loop, String id, Supplier<Optional<String>> activeController) {
        this.loop = loop;
        this.id = id;
        this.activeController = activeController;
    }

    @Override
    public void heartbeat(Heartbeat heartbeat, Consumer<HeartbeatAnswer> whenDone) {
        loop.input(new ControllerInput.HeartbeatArrived(loop.heartbeat(whenDone), heartbeat));
    }

    @Override
    public ClusterMap map() {
        return loop.core().map();
    }

    @Override
    public List<WorkerView> workers() {
        return loop.core().workers(loop.now());
    }

    @Override
    public ClusterView partitions() {
        return loop.core().partitions(loop.now());
    }

    @Override
    public void configure(SettingChange change, Consumer<Optional<String>> whenDone) {
        loop.input(new ControllerInput.SettingRequested(loop.setting(whenDone), change));
    }

    @Override
    public ControllerStatus status() {
        boolean active = loop.core().active();
        Optional<String> activeAddress = activeController.get();
        SequencedMap<String, Boolean> checks = new LinkedHashMap<>();
        checks.put("a controller is active", active || activeAddress.isPresent());
        return new ControllerStatus(
                id,
                active,
                activeAddress,
                loop.core().map().cluster(),
                loop.core().workersUp(),
                loop.core().map().workers().size(),
                checks);
    }
}
