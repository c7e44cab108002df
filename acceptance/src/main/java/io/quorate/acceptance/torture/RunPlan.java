package io.quorate.acceptance.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a run is to do.
 *
 * @param seed decides which faults strike whom, in which order and for how long, and what the clients ask
 * @param storm how long faults go on; starting, healing and checking come on top
 * @param clients how many ask at a time
 * @param folder the cluster's folder; what an earlier run left in it is removed
 * @param history the file that every call goes to
 * @param faults those that may strike
 * @param workers at least 4, so that replicas can be replaced
 * @param controllers 1 or 3
 * @param partitions a power of two
 * @param port of the first controller, where the machine has no networks for the run alone
 */
record RunPlan(
        long seed,
        Duration storm,
        int clients,
        Path folder,
        Path history,
        Set<FaultKind> faults,
        int workers,
        int controllers,
        int partitions,
        int port) {
    RunPlan {
        faults = Set.copyOf(faults);
    }

    List<String> workerIds() {
        return IntStream.rangeClosed(1, workers).mapToObj(i -> "w" + i).toList();
    }

    List<String> controllerIds() {
        return IntStream.rangeClosed(1, controllers).mapToObj(i -> "c" + i).toList();
    }
}
