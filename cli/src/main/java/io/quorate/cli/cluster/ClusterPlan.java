package io.quorate.cli.cluster;

import io.quorate.cli.part.PartOptions;
import io.quorate.server.config.ControllerGroup;
import io.quorate.server.config.Role;
import io.quorate.server.config.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the cluster of a folder consists of.
 *
 * @param controllers 1, 3 or 5; never changed
 * @param workers 1 to 99; as of the last start
 * @param port of the first controller; never changed, because the controllers know each other by their ports
 * @param partitions PARTITIONS as it was created; never changed
 * @param replicas REPLICAS as it was created
 * @param writeQuorum WRITE_QUORUM as it was created
 * @param storage STORAGE; never changed
 * @param created whether the controllers have been seen to hold the cluster
 * @param settings further settings of the last start, by variable
 */
public record ClusterPlan(
        int controllers,
        int workers,
        int port,
        int partitions,
        int replicas,
        int writeQuorum,
        String storage,
        boolean created,
        Map<String, String> settings) {
    /** The most workers of one {@code up}: their ports lie between those of two controllers. */
    public static final int MAX_WORKERS = 99;

    /** The first controller's port unless told otherwise. */
    public static final int DEFAULT_PORT = 8_000;

    /** The greatest first port that leaves room for all others. */
    public static final int MAX_PORT = 64_000;

    private static final int CONTROLLER_STEP = 100;
    private static final int PEER_DISTANCE = 1_000;

    public ClusterPlan {
        settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** The same, known to the controllers. */
    ClusterPlan asCreated() {
        return new ClusterPlan(controllers, workers, port, partitions, replicas, writeQuorum, storage, true, settings);
    }

    /** All parts, controllers first. */
    public List<PartPlan> parts() {
        List<PartPlan> parts = new ArrayList<>(controllerParts());
        for (int i = 1; i <= workers; i++) {
            parts.add(new PartPlan("w" + i, Role.WORKER, port + i, port + PEER_DISTANCE + i, redisPort(i)));
        }
        return parts;
    }

    /** The first worker's is {@code REDIS_PORT}, the others follow it. */
    private OptionalInt redisPort(int worker) {
        OptionalInt first =
                PartOptions.redisPort(Optional.ofNullable(settings.get(Setting.REDIS_PORT.variable())), port + 1);
        return first.isPresent() ? OptionalInt.of(first.getAsInt() + worker - 1) : first;
    }

    /** The controllers. */
    public List<PartPlan> controllerParts() {
        List<PartPlan> parts = new ArrayList<>();
        for (int i = 0; i < controllers; i++) {
            int http = port + i * CONTROLLER_STEP;
            parts.add(new PartPlan("c" + (i + 1), Role.CONTROLLER, http, http + PEER_DISTANCE));
        }
        return parts;
    }

    /** The part with that id. */
    public Optional<PartPlan> part(String id) {
        return parts().stream().filter(part -> part.id().equals(id)).findFirst();
    }

    /** Where a part is reached from this machine. */
    public String http(PartPlan part) {
        return "http://" + reachableHost() + ":" + part.httpPort();
    }

    /** Where Redis clients reach a part from this machine, if they do. */
    public Optional<String> redis(PartPlan part) {
        OptionalInt at = part.redisPort();
        return at.isEmpty() ? Optional.empty() : Optional.of("redis://" + reachableHost() + ":" + at.getAsInt());
    }

    /** The HTTP addresses of all controllers. */
    public List<String> controllerAddresses() {
        return controllerParts().stream().map(this::http).toList();
    }

    String host() {
        return settings.getOrDefault(Setting.HOST.variable(), Setting.HOST.fallback());
    }

    private String reachableHost() {
        return PartOptions.reachable(host());
    }

    /** What a part is started with. */
    public Map<Setting, String> flags(PartPlan part, Path dataDir) {
        EnumMap<Setting, String> flags = new EnumMap<>(Setting.class);
        settings.forEach((variable, value) -> Setting.named(variable)
                .filter(setting -> setting.isOf(part.role()))
                .ifPresent(setting -> flags.put(setting, value)));
        flags.put(Setting.ID, part.id());
        flags.put(Setting.PORT, Integer.toString(part.httpPort()));
        flags.put(Setting.PEER_PORT, Integer.toString(part.peerPort()));
        flags.put(Setting.DATA_DIR, dataDir.toString());
        if (part.isWorker()) {
            flags.put(Setting.ADDRESS, http(part));
            flags.put(Setting.CONTROLLER_ADDRESSES, String.join(",", controllerAddresses()));
            flags.put(Setting.STORAGE, storage);
            flags.put(
                    Setting.REDIS_PORT,
                    part.redisPort().isPresent()
                            ? Integer.toString(part.redisPort().getAsInt())
                            : PartOptions.NO_REDIS);
            flags.remove(Setting.WRITE_QUORUM);
        } else {
            controllerFlags(flags);
        }
        return flags;
    }

    /** An existing cluster's settings may have been changed since: only those that somebody gave are told again. */
    private void controllerFlags(Map<Setting, String> flags) {
        flags.put(Setting.WORKERS, Integer.toString(workers));
        flags.put(Setting.PARTITIONS, Integer.toString(partitions));
        if (!created) {
            flags.put(Setting.REPLICAS, Integer.toString(replicas));
            flags.put(Setting.WRITE_QUORUM, Integer.toString(writeQuorum));
        }
        if (controllers > 1) {
            flags.put(
                    Setting.CONTROLLERS,
                    controllerParts().stream()
                            .map(part -> new ControllerGroup.Member(
                                    part.id(), reachableHost(), part.httpPort(), part.peerPort()))
                            .map(ControllerGroup.Member::written)
                            .collect(Collectors.joining(",")));
        }
    }
}
