package io.quorate.acceptance.torture;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a run needs of the machine: the network, the small disk, the processes; all gone on return from {@link #close}. */
final class Stage implements AutoCloseable {
    private final Map<FaultKind, String> notMade = new LinkedHashMap<>();
    private final Network network;
    private final Optional<SmallDisk> smallDisk;
    private final TorturedCluster cluster;
    private boolean closed;

    Stage(RunPlan plan, Consumer<String> endedByItself) {
        RunTag tag = RunTag.ofThisProcess();
        this.network = network(plan, tag);
        this.smallDisk = smallDisk(plan, tag);
        this.cluster =
                new TorturedCluster(plan, network, smallDisk.map(disk -> onSmallDisk(plan.workerIds())), endedByItself);
    }

    private Network network(RunPlan plan, RunTag tag) {
        if (plan.faults().contains(FaultKind.CUT)) {
            Optional<String> missing = Namespaces.missing();
            if (missing.isPresent()) {
                notMade.put(FaultKind.CUT, missing.get());
                return new Loopback();
            }
            try {
                return Namespaces.make(
                        tag,
                        Stream.concat(plan.controllerIds().stream(), plan.workerIds().stream())
                                .toList());
            } catch (IllegalStateException refused) {
                notMade.put(FaultKind.CUT, String.valueOf(refused.getMessage()));
            }
        }
        return new Loopback();
    }

    private Optional<SmallDisk> smallDisk(RunPlan plan, RunTag tag) {
        if (!plan.faults().contains(FaultKind.FILL_DISK)) {
            return Optional.empty();
        }
        Optional<String> missing = SmallDisk.missing();
        if (missing.isEmpty()) {
            try {
                return Optional.of(
                        SmallDisk.mount(tag, TorturedCluster.smallDisk(plan, onSmallDisk(plan.workerIds()))));
            } catch (IllegalStateException refused) {
                missing = Optional.of(String.valueOf(refused.getMessage()));
            }
        }
        notMade.put(FaultKind.FILL_DISK, missing.orElseThrow());
        return Optional.empty();
    }

    /** The worker whose data is on the small disk, if there is one. */
    static String onSmallDisk(List<String> workers) {
        return workers.getLast();
    }

    /** The kinds of faults that this machine does not allow, each with the reason. */
    Map<FaultKind, String> notMade() {
        return Map.copyOf(notMade);
    }

    Network network() {
        return network;
    }

    Optional<SmallDisk> smallDisk() {
        return smallDisk;
    }

    TorturedCluster cluster() {
        return cluster;
    }

    /** Takes back every fault that may still be there. */
    void heal() {
        network.heal();
        smallDisk.ifPresent(SmallDisk::free);
        cluster.parts().forEach(Part::resume);
        cluster.startAll();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            cluster.close();
            smallDisk.ifPresent(SmallDisk::close);
            network.close();
        }
    }
}
