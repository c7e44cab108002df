package io.quorate.acceptance.process;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Clients that add 1 to a key, all to the same one, in one of several ways. */
final class CountingLoad {
    private static final int CLIENTS = 64;

    /** How a client adds. */
    enum Way {
        /** {@code POST ?add=1}. */
        ADD,
        /** {@code POST ?add=1} with an idempotency key, repeated until the answer says what became of it. */
        ADD_ONCE,
        /** A read, then a PUT if nothing has changed since. */
        COMPARE_AND_SET,
        /** The same with an idempotency key, repeated until the answer says what became of it. */
        COMPARE_AND_SET_ONCE;

        boolean isRepeatable() {
            return this == ADD_ONCE || this == COMPARE_AND_SET_ONCE;
        }
    }

    private enum Fate {
        APPLIED,
        CONDITION_FAILED,
        NOT_APPLIED,
        UNKNOWN
    }

    private final ClusterUnderTest cluster;
    private final List<String> workers;
    private final Way way;
    private final String key;
    private final int wanted;
    private final AtomicInteger applied = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final List<Thread> clients = new ArrayList<>();

    /** @param wanted the clients end when so many additions are known to be applied */
    CountingLoad(ClusterUnderTest cluster, Way way, String key, int wanted) {
        this.cluster = cluster;
        this.workers = cluster.workers();
        this.way = way;
        this.key = key;
        this.wanted = wanted;
    }

    void start(BooleanSupplier patience) {
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofVirtual().start(() -> {
                while (applied.get() < wanted && patience.getAsBoolean()) {
                    switch (addOne(patience)) {
                        case APPLIED -> applied.incrementAndGet();
                        case UNKNOWN -> unknown.incrementAndGet();
                        case CONDITION_FAILED, NOT_APPLIED -> {}
                    }
                }
            }));
        }
    }

    void join() throws InterruptedException {
        for (Thread client : clients) {
            client.join();
        }
    }

    int applied() {
        return applied.get();
    }

    int unknown() {
        return unknown.get();
    }

    private String anyWorker() {
        return workers.get(ThreadLocalRandom.current().nextInt(workers.size()));
    }

    private Fate addOne(BooleanSupplier patience) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (way.isRepeatable()) {
            headers.put("Idempotency-Key", UUID.randomUUID().toString());
        }
        if (way == Way.ADD || way == Way.ADD_ONCE) {
            return write(patience, "POST", key + "?add=1", headers, "");
        }
        Optional<HttpResponse<String>> read = answer(() -> cluster.ask(anyWorker(), "GET", key, Map.of(), ""));
        if (read.isEmpty() || (read.get().statusCode() != 200 && read.get().statusCode() != 404)) {
            return Fate.NOT_APPLIED;
        }
        boolean there = read.get().statusCode() == 200;
        headers.put(
                there ? "If-Match" : "If-None-Match",
                there ? read.get().headers().firstValue("ETag").orElseThrow() : "*");
        headers.put("Content-Type", "text/plain");
        int next = there ? Integer.parseInt(read.get().body()) + 1 : 1;
        return write(patience, "PUT", key, headers, Integer.toString(next));
    }

    /** Once an answer left it open, "not applied" speaks of the repetition alone. */
    private Fate write(
            BooleanSupplier patience, String method, String target, Map<String, String> headers, String body) {
        Fate fate = fate(method, target, headers, body);
        boolean open = fate == Fate.UNKNOWN;
        while (way.isRepeatable() && open && patience.getAsBoolean()) {
            fate = fate(method, target, headers, body);
            open = fate == Fate.UNKNOWN || fate == Fate.NOT_APPLIED;
        }
        return open ? Fate.UNKNOWN : fate;
    }

    private interface Asking {
        HttpResponse<String> ask() throws IOException;
    }

    private static Optional<HttpResponse<String>> answer(Asking asking) {
        try {
            return Optional.of(asking.ask());
        } catch (IOException unanswered) {
            return Optional.empty();
        }
    }

    private Fate fate(String method, String target, Map<String, String> headers, String body) {
        try {
            HttpResponse<String> answer = cluster.ask(anyWorker(), method, target, headers, body);
            if (answer.statusCode() / 100 == 2) {
                return Fate.APPLIED;
            }
            if (answer.statusCode() == 412) {
                return Fate.CONDITION_FAILED;
            }
            boolean surelyNot = answer.body().contains("\"outcome\":\"not_applied\"");
            return surelyNot ? Fate.NOT_APPLIED : Fate.UNKNOWN;
        } catch (ConnectException neverSent) {
            return Fate.NOT_APPLIED;
        } catch (IOException unanswered) {
            return Fate.UNKNOWN;
        }
    }
}
