package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadRequest;
import io.quorate.api.Record;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WatchRequest;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.cluster.PartitionRoute;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.message.Message;
import io.quorate.core.message.Order;
import io.quorate.core.message.Replication;
import io.quorate.core.wire.MessageCodecV1;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;

/** The workers of a scenario, the messages on their way between them, and the time. */
final class ScenarioWorld {
    static final int PARTITION = 0;

    private static final UUID CLUSTER = new UUID(7, 7);
    private static final long WALL_START_MILLIS = 1_000_000;
    private static final int MAX_STEPS = 10_000;

    private record Sent(String from, String to, Message message) {}

    private final Map<String, ScenarioWorker> workers = new TreeMap<>();
    private List<Sent> held = new ArrayList<>();
    private final List<Sent> delivered = new ArrayList<>();
    private final Set<Set<String>> cuts = new HashSet<>();
    private final Map<Bytes, Map<Place, Record>> pieces = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final Map<String, String> results = new HashMap<>();
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private long lastTicket;
    private long nanos = 1_000 * Now.NANOS_PER_MILLI;
    private ClusterMap map = ClusterMap.EMPTY;

    Now now() {
        return new Now(nanos, WALL_START_MILLIS + nanos / Now.NANOS_PER_MILLI);
    }

    ScenarioWorker worker(String id) {
        return Optional.ofNullable(workers.get(id))
                .orElseThrow(() -> new IllegalArgumentException("there is no worker " + id));
    }

    boolean hasWorker(String id) {
        return workers.containsKey(id);
    }

    List<ScenarioWorker> all() {
        return List.copyOf(workers.values());
    }

    void add(String id, WorkerSettings settings) {
        workers.put(id, new ScenarioWorker(new Member(id, new UUID(1, workers.size())), settings, this));
        start(id);
    }

    void start(String id) {
        startUnregistered(id);
        register(id);
    }

    void register(String id) {
        worker(id).act(core -> core.registered(worker(id).now()));
    }

    void startUnregistered(String id) {
        ScenarioWorker started = worker(id);
        started.start();
        started.act(core -> core.map(map, started.now()));
        for (ScenarioWorker other : all()) {
            if (other != started && other.isUp() && !cuts.contains(Set.of(id, other.id()))) {
                linkUp(started, other);
            }
        }
    }

    void crash(String id) {
        worker(id).crash();
        held.removeIf(sent -> sent.from().equals(id) || sent.to().equals(id));
        all().forEach(other -> other.act(core -> core.linkDown(id, other.now())));
    }

    void cut(String one, String other) {
        cuts.add(Set.of(one, other));
        held.removeIf(sent -> Set.of(sent.from(), sent.to()).equals(Set.of(one, other)));
        act(one, (core, now) -> core.linkDown(other, now));
        act(other, (core, now) -> core.linkDown(one, now));
    }

    void join(String one, String other) {
        cuts.remove(Set.of(one, other));
        linkUp(worker(one), worker(other));
    }

    private void linkUp(ScenarioWorker one, ScenarioWorker other) {
        one.act(core -> core.linkUp(other.id(), one.now()));
        other.act(core -> core.linkUp(one.id(), other.now()));
    }

    /** Who leads, and who is known to have committed its barrier; every worker is told at once. */
    void route(long term, Optional<Member> leader, long established, Configuration configuration) {
        Map<String, WorkerAddress> addresses = new TreeMap<>();
        workers.keySet().forEach(id -> addresses.put(id, new WorkerAddress("http://" + id, id)));
        PartitionRoute route = new PartitionRoute(PARTITION, term, leader, established, configuration, List.of());
        map = new ClusterMap(
                map.version() + 1,
                Optional.of(CLUSTER),
                1,
                configuration.members().size(),
                configuration.writeQuorum(),
                Map.of(PARTITION, route),
                addresses);
        all().forEach(worker -> worker.act(core -> core.map(map, worker.now())));
    }

    Optional<PartitionRoute> route() {
        return map.route(PARTITION);
    }

    private void act(String id, BiConsumer<WorkerCore, Now> input) {
        ScenarioWorker acting = worker(id);
        acting.act(core -> input.accept(core, acting.now()));
    }

    void order(String id, Order order) {
        worker(id).answers.clear();
        act(id, (core, now) -> core.received("controller", new Message.Orders(List.of(order)), now));
    }

    void write(String name, String at, WriteRequest request, long timeoutNanos) {
        long ticket = ticket(name);
        ScenarioWorker asked = worker(at);
        asked.act(core -> core.write(ticket, request, nanos + timeoutNanos, asked.now()));
    }

    void read(String at, ReadRequest request, long timeoutNanos) {
        long ticket = ticket("read");
        act(at, (core, now) -> core.read(ticket, request, now.monotonicNanos() + timeoutNanos, now));
    }

    void scan(String at, ScanRequest request, long timeoutNanos) {
        long ticket = ticket("scan");
        act(at, (core, now) -> core.scan(ticket, request, nanos + timeoutNanos, now));
    }

    void watch(String at, WatchRequest request, long timeoutNanos) {
        long ticket = ticket("watch");
        act(at, (core, now) -> core.watch(ticket, request, nanos + timeoutNanos, now));
    }

    String peek(String at, Bytes key) {
        long ticket = ticket("peek");
        act(at, (core, now) -> core.read(ticket, ReadRequest.local(key), now.monotonicNanos(), now));
        return result("peek");
    }

    private long ticket(String name) {
        names.put(++lastTicket, name);
        results.put(name, "pending");
        return lastTicket;
    }

    void written(long ticket, Outcome outcome) {
        String name = names.getOrDefault(ticket, "");
        results.put(name, ScenarioText.of(outcome));
        outcomes.put(name, outcome);
    }

    /** What became of a write; empty while it is pending. */
    Optional<Outcome> outcome(String name) {
        return Optional.ofNullable(outcomes.get(name));
    }

    void read(long ticket, ReadOutcome outcome) {
        results.put(names.getOrDefault(ticket, ""), ScenarioText.of(outcome));
    }

    void scanned(long ticket, ScanOutcome outcome) {
        results.put(names.getOrDefault(ticket, ""), ScenarioText.of(outcome));
    }

    void watched(long ticket, WatchOutcome outcome) {
        results.put(names.getOrDefault(ticket, ""), ScenarioText.of(outcome));
    }

    /** What became of a request. */
    String result(String name) {
        return Optional.ofNullable(results.get(name))
                .orElseThrow(() -> new IllegalArgumentException("nothing was asked under the name " + name));
    }

    void send(String from, String to, Message message) {
        Message read = MessageCodecV1.decode(MessageCodecV1.encode(message));
        if (!cuts.contains(Set.of(from, to))
                && workers.containsKey(to)
                && worker(to).isUp()) {
            held.add(new Sent(from, to, read));
        }
    }

    /** Delivers what is on its way from one worker to another, not what follows from it. */
    void deliver(String from, String to) {
        List<Sent> taken = held.stream()
                .filter(sent -> sent.from().equals(from) && sent.to().equals(to))
                .toList();
        held.removeAll(taken);
        taken.forEach(this::hand);
    }

    /** Delivers everything, and what follows from it; answers whether there was anything. */
    boolean deliver() {
        int steps = 0;
        while (!held.isEmpty()) {
            Invariants.check(steps++ < MAX_STEPS, "the messages do not come to an end");
            List<Sent> taken = held;
            held = new ArrayList<>();
            taken.forEach(this::hand);
        }
        return steps > 0;
    }

    /** Delivers once more, in order, everything that one worker ever got from another, or only its snapshots. */
    void repeat(String from, String to, boolean snapshotsOnly) {
        List.copyOf(delivered).stream()
                .filter(sent -> sent.from().equals(from) && sent.to().equals(to))
                .filter(sent -> !snapshotsOnly || isSnapshot(sent.message()))
                .forEach(this::hand);
    }

    private static boolean isSnapshot(Message message) {
        return message instanceof Message.ReplicationRequests batch
                && batch.requests().getFirst() instanceof Replication.SnapshotChunk;
    }

    private void hand(Sent sent) {
        delivered.add(sent);
        act(sent.to(), (core, now) -> core.received(sent.from(), sent.message(), now));
    }

    /** Delivers and syncs until nothing is left to do at this moment. */
    void settle() {
        boolean more = true;
        for (int step = 0; more; step++) {
            Invariants.check(step < MAX_STEPS, "the workers do not come to rest");
            more = deliver();
            for (ScenarioWorker worker : all()) {
                more |= worker.syncLog();
            }
        }
    }

    /** Time passes: workers do what is due, messages and disks wait. */
    void pass(long duration) {
        long end = nanos + duration;
        for (int step = 0; earliestWake() <= end; step++) {
            Invariants.check(step < MAX_STEPS, "the workers wake up again and again");
            nanos = Math.max(nanos, earliestWake());
            for (ScenarioWorker worker : all()) {
                if (worker.wakeAtNanos() <= nanos) {
                    worker.act(core -> core.tick(worker.now()));
                }
            }
        }
        nanos = end;
    }

    private long earliestWake() {
        return all().stream().mapToLong(ScenarioWorker::wakeAtNanos).min().orElse(Long.MAX_VALUE);
    }

    Bytes namePiece(Map<Place, Record> content) {
        Bytes name = Bytes.utf8("piece " + pieces.size());
        pieces.put(name, content);
        return name;
    }

    Map<Place, Record> piece(Bytes name) {
        return pieces.getOrDefault(name, Map.of());
    }
}
