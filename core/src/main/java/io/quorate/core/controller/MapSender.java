package io.quorate.core.controller;

import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends the map to the workers whenever it changed, at a pace that a large map can bear. */
final class MapSender {
    private final ClusterState state;
    private final Workers workers;
    private final MapCache cache;
    private long sentVersion;
    private Optional<Long> sentNanos = Optional.empty();

    MapSender(ClusterState state, Workers workers, MapCache cache) {
        this.state = state;
        this.workers = workers;
        this.cache = cache;
        this.sentVersion = state.mapVersion();
    }

    void send(Now now, Consumer<ControllerEffect> effects) {
        if (sentVersion == state.mapVersion() || !rested(now)) {
            return;
        }
        sentVersion = state.mapVersion();
        sentNanos = Optional.of(now.monotonicNanos());
        List<String> receivers = new ArrayList<>();
        for (WorkerWatch watch : workers.all()) {
            if (watch.link == ControllerInput.LinkChanged.Link.CONNECTED) {
                watch.mapSent(sentVersion, now);
                receivers.add(watch.id);
            }
        }
        effects.accept(new ControllerEffect.SendMap(receivers, cache.map()));
    }

    /** The map for a worker that has an old one and to which none is on its way. */
    Optional<ClusterMap> ifWanted(WorkerWatch watch, Now now) {
        if (!watch.wantsMap(state.mapVersion(), now)) {
            return Optional.empty();
        }
        watch.mapSent(state.mapVersion(), now);
        return Optional.of(cache.map());
    }

    private boolean rested(Now now) {
        long pause = ControllerLimits.MAP_PAUSE_MILLIS
                + state.partitions().size() / ControllerLimits.PARTITIONS_PER_MAP_MILLI;
        return sentNanos.map(then -> Elapsed.since(then, pause, now)).orElse(true);
    }
}
