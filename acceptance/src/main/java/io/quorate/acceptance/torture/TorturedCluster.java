package io.quorate.acceptance.torture;

import io.quorate.cli.cluster.ChildCommand;
import io.quorate.cli.cluster.PartPlan;
import io.quorate.server.config.ControllerGroup;
import io.quorate.server.config.Role;
import io.quorate.server.config.Setting;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processes of a run. */
final class TorturedCluster implements AutoCloseable {
    static final int REPLICAS = 3;
    static final int WRITE_QUORUM = 2;
    /** Less than this free and a worker takes no new values. */
    static final long DISK_RESERVE_BYTES = 48L << 20;

    private static final int PEER_DISTANCE = 1_000;
    private static final int CONTROLLER_STEP = 100;

    private final RunPlan plan;
    private final Network network;
    private final Optional<String> onSmallDisk;
    private final Map<String, Part> parts = new LinkedHashMap<>();

    /**
     * @param onSmallDisk the worker whose data is in the folder of {@link #smallDisk}
     * @param endedByItself is told when a process ends and nobody wanted that
     */
    TorturedCluster(RunPlan plan, Network network, Optional<String> onSmallDisk, Consumer<String> endedByItself) {
        this.plan = plan;
        this.network = network;
        this.onSmallDisk = onSmallDisk;
        Stream.concat(plan.controllerIds().stream(), plan.workerIds().stream()).forEach(id -> {
            List<String> command = network.inside(id, ChildCommand.of(partPlan(id), flags(id)));
            parts.put(id, new Part(id, plan.folder().resolve(id), data(id), command, endedByItself));
        });
    }

    /** Where the file system of a worker with a small disk is mounted. */
    static Path smallDisk(RunPlan plan, String id) {
        return plan.folder().resolve(id).resolve("disk");
    }

    private Path data(String id) {
        boolean small = onSmallDisk.filter(id::equals).isPresent();
        return (small ? smallDisk(plan, id) : plan.folder().resolve(id)).resolve("data");
    }

    private PartPlan partPlan(String id) {
        int number = Integer.parseInt(id.substring(1));
        boolean worker = id.startsWith("w");
        int http = worker ? plan.port() + number : plan.port() + (number - 1) * CONTROLLER_STEP;
        return new PartPlan(id, worker ? Role.WORKER : Role.CONTROLLER, http, http + PEER_DISTANCE);
    }

    private Map<Setting, String> flags(String id) {
        PartPlan part = partPlan(id);
        EnumMap<Setting, String> flags = new EnumMap<>(Setting.class);
        flags.put(Setting.ID, id);
        flags.put(Setting.HOST, network.host(id));
        flags.put(Setting.ADDRESS, address(id));
        flags.put(Setting.PORT, Integer.toString(part.httpPort()));
        flags.put(Setting.PEER_PORT, Integer.toString(part.peerPort()));
        flags.put(Setting.DATA_DIR, data(id).toString());
        if (part.isWorker()) {
            flags.put(
                    Setting.CONTROLLER_ADDRESSES,
                    plan.controllerIds().stream().map(this::address).collect(Collectors.joining(",")));
            flags.put(Setting.DISK_RESERVE, Long.toString(DISK_RESERVE_BYTES));
            flags.put(Setting.LOG_MAX_BYTES, "64MiB");
        } else {
            flags.put(Setting.WORKERS, Integer.toString(plan.workers()));
            flags.put(Setting.PARTITIONS, Integer.toString(plan.partitions()));
            flags.put(Setting.REPLICAS, Integer.toString(REPLICAS));
            flags.put(Setting.WRITE_QUORUM, Integer.toString(WRITE_QUORUM));
            controllerGroup().ifPresent(group -> flags.put(Setting.CONTROLLERS, group.written()));
        }
        return flags;
    }

    private Optional<ControllerGroup> controllerGroup() {
        return plan.controllers() == 1
                ? Optional.empty()
                : Optional.of(new ControllerGroup(plan.controllerIds().stream()
                        .map(this::partPlan)
                        .map(part -> new ControllerGroup.Member(
                                part.id(), network.host(part.id()), part.httpPort(), part.peerPort()))
                        .toList()));
    }

    /** Where a process is reached. */
    String address(String id) {
        return "http://" + network.host(id) + ":" + partPlan(id).httpPort();
    }

    /** The process of that id. */
    Part part(String id) {
        Part part = parts.get(id);
        if (part == null) {
            throw new IllegalArgumentException(id);
        }
        return part;
    }

    Collection<Part> parts() {
        return parts.values();
    }

    List<String> workerIds() {
        return plan.workerIds();
    }

    List<String> controllerIds() {
        return plan.controllerIds();
    }

    int partitions() {
        return plan.partitions();
    }

    /** Starts all that do not run. */
    void startAll() {
        parts.values().forEach(Part::start);
    }

    /** Ends all at once with SIGKILL; they are gone on return. */
    void killAll() {
        parts.values().forEach(Part::beginKill);
        parts.values().forEach(Part::kill);
    }

    /** Ends all for good. */
    @Override
    public void close() {
        parts.values().forEach(Part::beginEnd);
        parts.values().forEach(Part::kill);
    }
}
