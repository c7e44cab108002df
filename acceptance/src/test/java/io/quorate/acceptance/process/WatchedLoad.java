package io.quorate.acceptance.process;

import io.quorate.api.Bytes;
import io.quorate.api.Value;
import io.quorate.client.QuorateClient;
import io.quorate.client.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Clients that write and delete a few keys, and what they were told of it. */
final class WatchedLoad {
    private static final int CLIENTS = 8;
    private static final int KEYS = 24;
    private static final String PREFIX = "watched/";
    static final String DELETED = "(deleted)";

    private final QuorateClient client;
    private final List<Thread> threads = new ArrayList<>();
    /** What was made of a key, by the key and the revision. */
    private final Map<String, String> applied = new ConcurrentHashMap<>();

    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    WatchedLoad(QuorateClient client) {
        this.client = client;
    }

    static String key(int number) {
        return PREFIX + number;
    }

    void start() {
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> write(number)));
        }
    }

    private void write(int number) {
        Random random = new Random(number);
        for (int i = 0; !ended; i++) {
            String key = key(random.nextInt(KEYS));
            if (random.nextInt(5) == 0) {
                note(key, DELETED, client.delete(Bytes.utf8(key)));
            } else {
                String value = number + "-" + i;
                note(key, value, client.put(Bytes.utf8(key), Value.json(value)));
            }
        }
    }

    private void note(String key, String made, WriteResult result) {
        switch (result) {
            case WriteResult.Applied done -> applied.put(key + " " + done.revision(), made);
            case WriteResult.Unknown _ -> unknown.add(key + " " + made);
            case WriteResult.NotApplied _, WriteResult.ConditionFailed _ -> {}
        }
    }

    /** By key and revision what was made of it. */
    Map<String, String> applied() {
        return Map.copyOf(applied);
    }

    int count() {
        return applied.size();
    }

    /** Whether that was asked for, and nobody was told what became of it. */
    boolean mayBe(String key, String made) {
        return unknown.contains(key + " " + made);
    }

    void end() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
