package io.quorate.acceptance.torture;

import io.quorate.api.Bytes;
import io.quorate.api.Partitioning;
import io.quorate.simulation.history.Call;
import io.quorate.simulation.history.Operation;
import io.quorate.simulation.history.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What has to hold when all is over: every key can be read, and all its replicas hold the same. */
final class FinalCheck {
    private static final Duration KEY_LIMIT = Duration.ofSeconds(30);
    private static final int READERS = 16;
    private static final int MAX_DIFFERENCES = 20;

    private final KvClient kv;
    private final Journal journal;
    private final TorturedCluster cluster;
    private final ControllerView view;
    private final Findings findings;
    private volatile Standing standing = Standing.UNKNOWN;

    FinalCheck(KvClient kv, Journal journal, TorturedCluster cluster, ControllerView view, Findings findings) {
        this.kv = kv;
        this.journal = journal;
        this.cluster = cluster;
        this.view = view;
        this.findings = findings;
    }

    /**
     * Reads every key from the cluster, which is recorded, and from each of its replicas.
     *
     * @param firstClient the number of the first reader; no client has it or a greater one
     */
    void run(Collection<String> keys, int firstClient) {
        standing = view.standing();
        List<List<String>> shares = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            shares.add(new ArrayList<>());
        }
        int turn = 0;
        for (String key : keys) {
            shares.get(turn++ % READERS).add(key);
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                int client = firstClient + reader;
                List<String> share = shares.get(reader);
                readers.add(threads.submit(() -> share.stream()
                        .flatMap(key -> difference(client, key).stream())
                        .toList()));
            }
            List<String> differences =
                    readers.stream().flatMap(reader -> result(reader).stream()).toList();
            differences.stream().limit(MAX_DIFFERENCES).forEach(findings::violation);
            if (differences.size() > MAX_DIFFERENCES) {
                findings.violation(differences.size() - MAX_DIFFERENCES + " more keys differ or cannot be read");
            }
        }
    }

    private static List<String> result(Future<List<String>> reader) {
        try {
            return reader.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** What is wrong with a key when it has had time enough. */
    private Optional<String> difference(int client, String key) {
        String[] wrong = {""};
        ControllerView.await(KEY_LIMIT, () -> {
            wrong[0] = wrongNow(client, key);
            if (!wrong[0].isEmpty()) {
                // A replica may have moved meanwhile.
                standing = view.standing();
            }
            return wrong[0].isEmpty();
        });
        return Optional.of(wrong[0]).filter(each -> !each.isEmpty());
    }

    private String wrongNow(int client, String key) {
        List<String> workers = cluster.workerIds();
        String asked = workers.get(Math.floorMod(key.hashCode(), workers.size()));
        Operation read = journal.call(kv, client, asked, key, new Call.Read());
        if (!(read.result() instanceof Result.ReadValue(Optional<String> value, var _))) {
            return key + " cannot be read on a whole cluster";
        }
        int partition = new Partitioning(cluster.partitions()).of(Bytes.utf8(key));
        Set<String> replicas = standing.replicas().getOrDefault(partition, Set.of());
        for (String worker : replicas) {
            Optional<Result.ReadValue> local = kv.readLocal(worker, key);
            if (local.isEmpty()) {
                return key + ": " + worker + " does not answer from its replica";
            }
            if (!local.get().value().equals(value)) {
                return key + " is " + value + ", the replica of " + worker + " has "
                        + local.get().value();
            }
        }
        return replicas.isEmpty() ? key + " has no replicas" : "";
    }
}
