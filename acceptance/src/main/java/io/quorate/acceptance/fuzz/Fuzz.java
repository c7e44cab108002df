package io.quorate.acceptance.fuzz;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Sends requests made at random to a cluster, and looks at every answer and at the cluster afterwards. */
final class Fuzz {
    private static final long PROGRESS = 100_000;

    private final FuzzedCluster cluster;
    private final long seed;
    private final int connections;
    private final Consumer<String> events;
    private final Tally tally = new Tally();

    /**
     * @param connections how many are open at once
     * @param events hears how far it is
     */
    Fuzz(FuzzedCluster cluster, long seed, int connections, Consumer<String> events) {
        this.cluster = cluster;
        this.seed = seed;
        this.connections = connections;
        this.events = events;
    }

    /** A part of the cluster ended by itself. */
    void ended(String line) {
        tally.violation(line);
    }

    /**
     * Sends bursts with rising numbers, until so many requests were sent.
     *
     * @param first the number of the first
     */
    FuzzReport run(long first, long requests) {
        List<Integer> ports = cluster.ports();
        long begunNanos = System.nanoTime();
        try (Client client = new Client()) {
            KeptKeys kept = new KeptKeys(client, ports.getFirst(), ports.subList(1, ports.size()), tally::violation);
            kept.calm();
            kept.write("before");
            storm(generator(client, ports), ports, new AtomicLong(first), requests);
            kept.calm();
            kept.check("before");
            kept.write("after");
            kept.check("after");
        }
        return tally.report(seed, (System.nanoTime() - begunNanos) / 1e9);
    }

    private BurstGenerator generator(Client client, List<Integer> ports) {
        Vocabulary vocabulary = Vocabulary.of(ports.subList(0, 2).stream()
                .map(port -> client.get(port, "/openapi.json").json())
                .toList());
        return new BurstGenerator(seed, vocabulary, ports.size());
    }

    private void storm(BurstGenerator generator, List<Integer> ports, AtomicLong next, long requests) {
        AtomicLong toTell = new AtomicLong(PROGRESS);
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, connections)
                    .forEach(sender -> senders.execute(() -> {
                        while (tally.sent() < requests) {
                            Burst burst = generator.burst(next.getAndIncrement());
                            send(burst, ports.get(burst.target()));
                            long told = toTell.get();
                            if (tally.sent() >= told && toTell.compareAndSet(told, told + PROGRESS)) {
                                events.accept(told + " requests sent");
                            }
                        }
                    }));
        }
    }

    private void send(Burst burst, int port) {
        try {
            Received received = FuzzConnection.send(burst, port);
            tally.add(burst, received, AnswerRules.complaints(burst, received));
        } catch (IOException refused) {
            tally.violation("no connection for burst " + burst.number() + ": " + refused);
        } catch (RuntimeException mistake) {
            tally.violation("burst " + burst.number() + " could not be judged: " + mistake);
        }
    }
}
