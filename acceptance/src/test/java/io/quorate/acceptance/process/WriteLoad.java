package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that write numbered values to keys, and what became of each write.
 *
 * <p>Each key has one client at a time, which writes its next value when the last one has been answered. A client that
 * gets no answer goes on with the next worker.
 */
final class WriteLoad implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;

    private final ClusterUnderTest cluster;
    private final List<String> workers;
    private final Map<String, History> histories = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clients;
    private final List<ScheduledFuture<?>> running = new ArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();

    private WriteLoad(ClusterUnderTest cluster, int clients) {
        this.cluster = cluster;
        this.workers = cluster.workers();
        this.clients = Executors.newScheduledThreadPool(clients);
    }

    /** Starts one client for the keys of each partition, which hold the value {@code before}; "" is none. */
    static WriteLoad on(ClusterUnderTest cluster, List<String> keys, int partitions, String before) {
        Map<Integer, List<String>> byPartition = new TreeMap<>();
        for (String key : keys) {
            byPartition
                    .computeIfAbsent(ClusterUnderTest.partition(key, partitions), each -> new ArrayList<>())
                    .add(key);
        }
        WriteLoad load = new WriteLoad(cluster, byPartition.size());
        keys.forEach(key -> load.histories.put(key, new History(before)));
        byPartition.values().forEach(load::startClient);
        return load;
    }

    private void startClient(List<String> keys) {
        int[] turn = {0};
        running.add(clients.scheduleWithFixedDelay(
                () -> attempt(keys.get(turn[0]++ % keys.size())), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void attempt(String key) {
        History history = history(key);
        int number = history.begin();
        long begunNanos = System.nanoTime();
        String worker = workers.get(Math.floorMod(attempts.getAndIncrement(), workers.size()));
        try {
            history.end(
                    number,
                    begunNanos,
                    cluster.put(worker, key, Integer.toString(number)).status());
        } catch (ConnectException neverSent) {
            history.refused(number);
        } catch (IOException unanswered) {
            // It stays among those whose fate is not known.
        }
    }

    private History history(String key) {
        History history = histories.get(key);
        if (history == null) {
            throw new IllegalArgumentException(key);
        }
        return history;
    }

    /** Waits until so many writes have been acknowledged since it began. */
    void awaitAcknowledged(int writes) {
        await("writes under way")
                .atMost(Duration.ofSeconds(60))
                .until(() -> histories.values().stream()
                                .mapToInt(History::acknowledgedWrites)
                                .sum()
                        >= writes);
    }

    /** How long after that moment the last partition acknowledged a write that was begun after it. */
    Duration returned(long sinceNanos, int partitions, Duration patience) {
        await("a write to each partition after the fault")
                .atMost(patience)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> firstSuccesses(sinceNanos, partitions).size() == partitions);
        return Duration.ofNanos(firstSuccesses(sinceNanos, partitions).values().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElseThrow()
                - sinceNanos);
    }

    private Map<Integer, Long> firstSuccesses(long sinceNanos, int partitions) {
        Map<Integer, Long> first = new TreeMap<>();
        histories.forEach((key, history) -> history.firstSuccessAfter(sinceNanos)
                .ifPresent(nanos -> first.merge(ClusterUnderTest.partition(key, partitions), nanos, Math::min)));
        return first;
    }

    /** Ends the clients after their current writes; no answer was other than 2xx, 503 or 504. */
    void stop() {
        running.forEach(client -> client.cancel(false));
        clients.shutdown();
        try {
            assertThat(clients.awaitTermination(30, TimeUnit.SECONDS))
                    .as("clients end")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        histories.forEach((key, history) -> assertThat(history.unexpectedStatuses())
                .as("other answers for %s", key)
                .isEmpty());
    }

    /** What each key may hold: its last acknowledged value, or one whose fate was not told; "" is no value. */
    void assertAllowed(String key, String value) {
        Set<String> allowed = history(key).allowed();
        assertThat(allowed)
                .as("what %s may hold; it holds '%s'; %s", key, value, history(key))
                .contains(value);
    }

    /** The number of acknowledged, refused and undecided writes. */
    String summary() {
        return histories.values().stream().mapToInt(History::acknowledgedWrites).sum() + " acknowledged, "
                + histories.values().stream().mapToInt(History::refusedWrites).sum() + " refused, "
                + histories.values().stream().mapToInt(History::unknownWrites).sum() + " unknown";
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }

    /** What became of the writes to one key. */
    private static final class History {
        private final Set<Integer> unknown = new HashSet<>();
        private final List<long[]> successes = new ArrayList<>();
        private final Set<Integer> unexpected = new HashSet<>();
        private final String before;
        private int begun;
        private int refused;
        private int lastAcknowledged;

        History(String before) {
            this.before = before;
        }

        synchronized int begin() {
            begun++;
            unknown.add(begun);
            return begun;
        }

        synchronized void end(int number, long begunNanos, int status) {
            if (status / 100 == 2) {
                unknown.remove(number);
                lastAcknowledged = number;
                successes.add(new long[] {begunNanos, System.nanoTime()});
            } else if (status == 503) {
                refused(number);
            } else if (status != 504) {
                unexpected.add(status);
            }
        }

        synchronized void refused(int number) {
            unknown.remove(number);
            refused++;
        }

        synchronized Set<Integer> unexpectedStatuses() {
            return Set.copyOf(unexpected);
        }

        synchronized java.util.OptionalLong firstSuccess(long sinceNanos) {
            return successes.stream()
                    .filter(success -> success[0] - sinceNanos >= 0)
                    .mapToLong(success -> success[1])
                    .findFirst();
        }

        java.util.Optional<Long> firstSuccessAfter(long sinceNanos) {
            java.util.OptionalLong first = firstSuccess(sinceNanos);
            return first.isPresent() ? java.util.Optional.of(first.getAsLong()) : java.util.Optional.empty();
        }

        /** An undecided write may take effect after a later one, if it was still on its way. */
        synchronized Set<String> allowed() {
            Set<String> allowed = new HashSet<>();
            allowed.add(lastAcknowledged == 0 ? before : Integer.toString(lastAcknowledged));
            unknown.forEach(number -> allowed.add(Integer.toString(number)));
            return allowed;
        }

        synchronized int acknowledgedWrites() {
            return successes.size();
        }

        synchronized int refusedWrites() {
            return refused;
        }

        synchronized int unknownWrites() {
            return unknown.size();
        }

        @Override
        public synchronized String toString() {
            return begun + " begun, last acknowledged " + lastAcknowledged + ", unknown " + unknown;
        }
    }
}
