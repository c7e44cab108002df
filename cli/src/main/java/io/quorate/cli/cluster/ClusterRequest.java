package io.quorate.cli.cluster;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.server.config.Role;
import io.quorate.server.config.Setting;
import io.quorate.server.config.Settings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What somebody asks a cluster to consist of; what is left out is as it was, or as it is by default.
 *
 * @param controllers how many
 * @param workers how many
 * @param port the first controller's
 * @param settings the settings of the cluster's parts
 */
public record ClusterRequest(
        Optional<Integer> controllers, Optional<Integer> workers, Optional<Integer> port, Settings settings) {
    private static final int MAX_PORT = 65_535;
    private static final int DEFAULT_WORKERS = 4;
    private static final Set<Setting> SHAPE = Set.of(Setting.PARTITIONS, Setting.STORAGE);

    /** The plan of a new cluster. */
    ClusterPlan create() throws CommandRefusedException {
        return checked(new ClusterPlan(
                controllers.orElse(1),
                workers.orElse(DEFAULT_WORKERS),
                port.orElse(ClusterPlan.DEFAULT_PORT),
                settings.number(Setting.PARTITIONS),
                settings.number(Setting.REPLICAS),
                settings.number(Setting.WRITE_QUORUM),
                settings.word(Setting.STORAGE),
                false,
                further()));
    }

    /** The plan of the folder's cluster for another start; refused when that would be another cluster. */
    ClusterPlan again(ClusterPlan existing, Path folder) throws CommandRefusedException {
        same(folder, "--controllers", existing.controllers(), controllers);
        same(folder, "--port", existing.port(), port);
        same(folder, "--partitions", existing.partitions(), settings.givenNumber(Setting.PARTITIONS));
        same(
                folder,
                "--storage",
                existing.storage(),
                settings.given(Setting.STORAGE).map(ClusterRequest::word));
        if (!existing.created()) {
            same(folder, "--replicas", existing.replicas(), settings.givenNumber(Setting.REPLICAS));
            same(folder, "--write-quorum", existing.writeQuorum(), settings.givenNumber(Setting.WRITE_QUORUM));
        }
        return checked(new ClusterPlan(
                existing.controllers(),
                workers.orElse(existing.workers()),
                existing.port(),
                existing.partitions(),
                existing.replicas(),
                existing.writeQuorum(),
                existing.storage(),
                existing.created(),
                further()));
    }

    private static String word(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static <T> void same(Path folder, String flag, T existing, Optional<T> asked)
            throws CommandRefusedException {
        if (asked.isPresent() && !asked.get().equals(existing)) {
            throw new CommandRefusedException(
                    "The cluster in " + folder + " was created with " + flag + " " + existing + ", not " + asked.get()
                            + ": leave that out, or start another cluster in another folder with --data.");
        }
    }

    private Map<String, String> further() {
        TreeMap<String, String> further = new TreeMap<>();
        for (Setting setting : Setting.of(Role.CLUSTER)) {
            if (!SHAPE.contains(setting)) {
                settings.given(setting).ifPresent(value -> further.put(setting.variable(), value));
            }
        }
        return further;
    }

    private ClusterPlan checked(ClusterPlan plan) throws CommandRefusedException {
        int count = plan.controllers();
        if (count != 1 && count != 3 && count != 5) {
            throw usage("--controllers is " + count + ": a cluster has 1, 3 or 5 controllers.");
        }
        if (plan.workers() < 1 || plan.workers() > ClusterPlan.MAX_WORKERS) {
            throw usage("--workers is " + plan.workers() + ": it must be from 1 to " + ClusterPlan.MAX_WORKERS + ".");
        }
        if (plan.port() < 1 || plan.port() > ClusterPlan.MAX_PORT) {
            throw usage("--port is " + plan.port() + ": it must be from 1 to " + ClusterPlan.MAX_PORT + ".");
        }
        if (plan.parts().stream()
                .flatMapToInt(part -> part.redisPort().stream())
                .anyMatch(port -> port > MAX_PORT)) {
            throw usage("REDIS_PORT is that of the first worker, and the others follow it: the greatest is " + MAX_PORT
                    + ".");
        }
        if (plan.workers() < plan.writeQuorum() && !plan.created()) {
            throw usage("--workers is " + plan.workers() + ", too few for a write quorum of " + plan.writeQuorum()
                    + ": nothing could be written; ask for more workers, or for --write-quorum " + plan.workers()
                    + ".");
        }
        return plan;
    }

    private static CommandRefusedException usage(String line) {
        return new CommandRefusedException(ExitCode.USAGE, line);
    }
}
