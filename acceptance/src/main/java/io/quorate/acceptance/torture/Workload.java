package io.quorate.acceptance.torture;

import io.quorate.api.Bytes;
import io.quorate.api.Partitioning;
import io.quorate.cli.Pause;
import io.quorate.simulation.history.Call;
import io.quorate.simulation.history.Operation;
import io.quorate.simulation.history.Result;
import io.quorate.simulation.history.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clients of a run, each on a thread of its own with one call at a time: those that ask for keys of all kinds, and a
 * probe for each partition that writes to it without end, so that it is seen when it is not available.
 */
final class Workload implements AutoCloseable {
    private static final long LEAST_PAUSE_MILLIS = 2;
    private static final long MOST_PAUSE_MILLIS = 40;
    private static final int PATIENCE = 10;
    private static final int REPEATABLE_PERCENT = 30;
    private static final int MOST_ATTEMPTS = 3;
    private static final long PROBE_PAUSE_MILLIS = 50;
    private static final int WRITES_PER_PROBE_KEY = 200;
    private static final int UNKNOWN_PER_PROBE_KEY = 4;
    private static final Duration END_LIMIT = Duration.ofSeconds(15);

    private final KvClient kv;
    private final Journal journal;
    private final Availability availability;
    private final KeySpace keys = new KeySpace();
    private final Set<String> probeKeys = ConcurrentHashMap.newKeySet();
    private final List<String> workers;
    private final int partitions;
    private final AtomicLong values = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Set<String> avoided = Set.of();
    private volatile boolean stopped;

    Workload(KvClient kv, Journal journal, Availability availability, List<String> workers, int partitions) {
        this.kv = kv;
        this.journal = journal;
        this.availability = availability;
        this.workers = workers;
        this.partitions = partitions;
    }

    /** Starts the clients; what they ask is decided by the seed, when they ask it by the cluster. */
    void start(long seed, int clients) {
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int client = 0; client < clients; client++) {
            int number = client;
            SplittableRandom random = seeds.split();
            threads.add(Thread.ofVirtual().name("client-" + number).start(() -> ask(number, random)));
        }
        for (int partition = 0; partition < partitions; partition++) {
            int number = partition;
            threads.add(Thread.ofVirtual().name("probe-" + number).start(() -> probe(clients + number, number)));
        }
    }

    private void ask(int client, SplittableRandom random) {
        while (!stopped) {
            KeySpace.Use use = keys.pick(random);
            Operation done = call(client, random, use.key(), next(random, use));
            keys.ended(use, done.result());
            use.saw(done);
            long pauseMillis = random.nextLong(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS);
            Pause.millis(isAnswered(done) ? pauseMillis : pauseMillis * PATIENCE);
        }
    }

    /** Clients that are refused wait a little longer; without that they take the CPU from those that start. */
    private static boolean isAnswered(Operation done) {
        return !(done.result() instanceof Result.NotApplied || done.result() instanceof Result.Unknown);
    }

    /** Some of the writes are repeatable: their client asks the next worker when one does not know. */
    private Operation call(int client, SplittableRandom random, String key, Call call) {
        int first = random.nextInt(workers.size());
        boolean once = !(call instanceof Call.Read) && random.nextInt(100) < REPEATABLE_PERCENT;
        if (!once) {
            return call(client, workers.get(first), key, call);
        }
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < Math.min(workers.size(), MOST_ATTEMPTS); i++) {
            asked.add(workers.get((first + i) % workers.size()));
        }
        Operation done = journal.callOnce(kv, client, asked, key, call);
        availability.add(partition(key), done);
        return done;
    }

    private Call next(SplittableRandom random, KeySpace.Use use) {
        int share = random.nextInt(100);
        if (use.isCounted()) {
            return share < 30 ? new Call.Read() : new Call.Add(random.nextLong(-3, 10));
        }
        if (share >= 70) {
            Version expected = use.lastSeen();
            return share < 95 ? new Call.PutIf(expected, value()) : new Call.DeleteIf(expected);
        }
        if (share < 45) {
            return new Call.Read();
        }
        return share < 90 ? new Call.Put(value()) : new Call.Delete();
    }

    private String value() {
        return "v" + values.incrementAndGet();
    }

    private Operation call(int client, String worker, String key, Call call) {
        Operation done = journal.call(kv, client, worker, key, call);
        availability.add(partition(key), done);
        return done;
    }

    private int partition(String key) {
        return new Partitioning(partitions).of(Bytes.utf8(key));
    }

    private void probe(int client, int partition) {
        String tag = tagOf(partition);
        int turn = partition;
        for (int generation = 0; !stopped; generation++) {
            String key = "{" + tag + "}probe/" + generation;
            probeKeys.add(key);
            int unknown = 0;
            for (int i = 0; i < WRITES_PER_PROBE_KEY && unknown < UNKNOWN_PER_PROBE_KEY && !stopped; i++) {
                List<String> asked = asked();
                Operation done =
                        call(client, asked.get(Math.floorMod(turn++, asked.size())), key, new Call.Put(value()));
                unknown += done.result() instanceof Result.Unknown ? 1 : 0;
                Pause.millis(isAnswered(done) ? PROBE_PAUSE_MILLIS : PROBE_PAUSE_MILLIS * 2);
            }
        }
    }

    private List<String> asked() {
        Set<String> without = avoided;
        List<String> others =
                workers.stream().filter(worker -> !without.contains(worker)).toList();
        return others.isEmpty() ? workers : others;
    }

    private String tagOf(int partition) {
        for (int i = 0; i < 100 * partitions; i++) {
            if (partition("{p" + i + "}") == partition) {
                return "p" + i;
            }
        }
        throw new IllegalStateException("no tag for partition " + partition);
    }

    /** The probes go around these workers from now on: a client whose worker hangs asks another one. */
    void avoid(Set<String> struck) {
        avoided = Set.copyOf(struck);
    }

    /** Every key that was ever asked for. */
    List<String> allKeys() {
        Set<String> all = new TreeSet<>(keys.all());
        all.addAll(probeKeys);
        return List.copyOf(all);
    }

    /** Ends the clients after their calls under way. */
    @Override
    public void close() {
        stopped = true;
        try {
            for (Thread thread : threads) {
                thread.join(END_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
