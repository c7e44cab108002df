package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.KeyChange;
import io.quorate.api.Partitioning;
import io.quorate.api.Record;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.PartitionRoute;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.HeartbeatAnswer;
import io.quorate.core.port.ControllerService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A cluster that is only played: one worker may be lost, and is replaced over a minute and a half. */
final class PreviewCluster implements ControllerService {
    private static final int LOST = 1;
    private static final int REPLICAS = 3;
    private static final long HEALED_AFTER_MILLIS = 90_000;
    private static final int MAX_CHANGES = 1_000;

    final NavigableMap<Bytes, Record> records = new ConcurrentSkipListMap<>();
    /** What was written since the start, as far as it is kept. */
    final Queue<KeyChange> changes = new ConcurrentLinkedQueue<>();

    final int partitions;
    private final List<WorkerAddress> addresses;
    private final boolean oneLost;
    private final long healedMillis;
    private final long startedNanos = System.nanoTime();
    private int replicas = REPLICAS;
    private int writeQuorum = 2;

    /**
     * @param healedMillis how far healing is at the start
     */
    PreviewCluster(int partitions, List<WorkerAddress> addresses, boolean oneLost, long healedMillis) {
        this.partitions = partitions;
        this.addresses = addresses;
        this.oneLost = oneLost;
        this.healedMillis = healedMillis;
    }

    void changed(KeyChange change) {
        changes.add(change);
        if (changes.size() > MAX_CHANGES) {
            changes.poll();
        }
    }

    int partitionOf(Bytes key) {
        return new Partitioning(partitions).of(key);
    }

    private long elapsedMillis() {
        return healedMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    }

    /** The workers of a partition before anything was lost, the leader first. */
    private List<Integer> placed(int partition) {
        List<Integer> chosen = new ArrayList<>();
        int step = partition % 3 == 0 ? addresses.size() - 1 : 1;
        for (int i = 0; i < Math.min(replicas, addresses.size()); i++) {
            chosen.add((partition * 7 + partition / 5 + i * step) % addresses.size());
        }
        return chosen;
    }

    /** How far the replacement of the lost replica is, 0 to 100; 100 and more when done. */
    private int healed(int partition) {
        double begin = (double) partition / partitions * HEALED_AFTER_MILLIS * 0.9;
        return (int) ((elapsedMillis() - begin) / (HEALED_AFTER_MILLIS * 0.1) * 100);
    }

    private boolean lost(int worker) {
        return oneLost && worker == LOST;
    }

    List<Integer> live(int partition) {
        List<Integer> live = new ArrayList<>(
                placed(partition).stream().filter(worker -> !lost(worker)).toList());
        if (live.size() < replicas && healed(partition) >= 100) {
            live.add(spare(partition));
        }
        return live;
    }

    private int spare(int partition) {
        List<Integer> placed = placed(partition);
        for (int i = 0; i < addresses.size(); i++) {
            if (!placed.contains(i) && !lost(i)) {
                return i;
            }
        }
        return placed.getFirst();
    }

    private PartitionView view(int partition) {
        List<Integer> placed = placed(partition);
        List<ReplicaView> members = new ArrayList<>();
        boolean replaced = live(partition).size() == placed.size();
        for (int worker : replaced ? live(partition) : placed) {
            long lag = lost(worker)
                    ? -1
                    : partition % 23 == 5 && members.size() == 1 ? 412 + elapsedMillis() / 100 % 50 : 0;
            members.add(new ReplicaView(id(worker), 1_000 - lag, lag, !lost(worker), -1));
        }
        boolean copying = !replaced && healed(partition) >= 0;
        List<ReplicaView> learners = copying
                ? List.of(new ReplicaView(id(spare(partition)), 0, -1, true, Math.min(99, healed(partition))))
                : List.of();
        boolean electing = !replaced && lost(placed.getFirst()) && elapsedMillis() < 1_500;
        String state = electing ? "electing" : replaced ? "healthy" : copying ? "moving" : "under-replicated";
        String detail = replaced
                ? ""
                : "w" + (LOST + 1) + " is down" + (copying ? ", " + id(spare(partition)) + " takes its place." : ".");
        return new PartitionView(
                partition,
                partition % 5 + 3,
                electing ? Optional.empty() : Optional.of(id(live(partition).getFirst())),
                !electing,
                members,
                learners,
                state,
                detail);
    }

    static String id(int worker) {
        return "w" + (worker + 1);
    }

    @Override
    public ClusterView partitions() {
        List<PartitionView> views = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            views.add(view(partition));
        }
        return new ClusterView(
                views,
                replicas,
                writeQuorum,
                count(views, "under-replicated") + count(views, "moving"),
                count(views, "electing"),
                count(views, "moving"),
                41);
    }

    private static int count(List<PartitionView> views, String state) {
        return (int) views.stream().filter(view -> view.state().equals(state)).count();
    }

    @Override
    public List<WorkerView> workers() {
        List<PartitionView> views = partitions().partitions();
        List<WorkerView> workers = new ArrayList<>();
        for (int worker = 0; worker < addresses.size(); worker++) {
            String id = id(worker);
            int leads = (int) views.stream()
                    .filter(view -> view.leader().equals(Optional.of(id)))
                    .count();
            int holds = (int) views.stream()
                    .filter(view -> view.replicas().stream()
                            .anyMatch(replica -> replica.worker().equals(id)))
                    .count();
            workers.add(new WorkerView(
                    id,
                    addresses.get(worker),
                    new UUID(7, worker),
                    1,
                    worker % 2 == 0 ? "east" : "west",
                    lost(worker) ? WorkerView.Status.DOWN : WorkerView.Status.UP,
                    lost(worker) ? elapsedMillis() + 6_000 : 90,
                    0.2,
                    0,
                    leads,
                    holds));
        }
        return workers;
    }

    @Override
    public ClusterMap map() {
        Map<Integer, PartitionRoute> routes = new TreeMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            List<Member> members = live(partition).stream()
                    .map(worker -> new Member(id(worker), new UUID(7, worker)))
                    .toList();
            Configuration configuration = new Configuration(members, Math.min(writeQuorum, members.size()));
            routes.put(
                    partition,
                    new PartitionRoute(partition, 5, Optional.of(members.getFirst()), 5, configuration, List.of()));
        }
        Map<String, WorkerAddress> workers = new TreeMap<>();
        for (int worker = 0; worker < addresses.size(); worker++) {
            workers.put(id(worker), addresses.get(worker));
        }
        return new ClusterMap(41, Optional.of(FakeWorker.CLUSTER), partitions, replicas, writeQuorum, routes, workers);
    }

    @Override
    public void heartbeat(Heartbeat heartbeat, Consumer<HeartbeatAnswer> whenDone) {
        whenDone.accept(new HeartbeatAnswer.NotYet("this cluster is only played"));
    }

    @Override
    public void configure(SettingChange change, Consumer<Optional<String>> whenDone) {
        replicas = change.replicas().orElse(replicas);
        writeQuorum = change.writeQuorum().orElse(writeQuorum);
        whenDone.accept(Optional.empty());
    }

    @Override
    public ControllerStatus status() {
        SequencedMap<String, Boolean> checks = new LinkedHashMap<>();
        checks.put("played", true);
        int up = addresses.size() - (oneLost ? 1 : 0);
        return new ControllerStatus(
                "c1",
                true,
                Optional.empty(),
                Optional.of(UUID.fromString("9f3b6c1e-5d7a-4b21-8a44-0c2f1d9e7b10")),
                up,
                addresses.size(),
                checks);
    }
}
