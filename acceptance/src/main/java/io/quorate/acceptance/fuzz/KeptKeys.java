package io.quorate.acceptance.fuzz;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Keys that are written before, and have to be there with their values afterwards, on every worker. */
final class KeptKeys {
    private static final int KEYS = 200;
    private static final Duration CALM_LIMIT = Duration.ofSeconds(60);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Client client;
    private final int controller;
    private final List<Integer> workers;
    private final Consumer<String> violations;

    /** @param violations hears of what is wrong */
    KeptKeys(Client client, int controller, List<Integer> workers, Consumer<String> violations) {
        this.client = client;
        this.controller = controller;
        this.workers = workers;
        this.violations = violations;
    }

    void write(String generation) {
        for (int i = 0; i < KEYS; i++) {
            String value = "{\"value\":\"" + value(generation, i) + "\"}";
            int worker = workers.get(i % workers.size());
            Client.Reply reply = client.send(worker, "PUT", "/kv/" + key(i), value);
            if (!reply.isSuccess()) {
                violations.accept("a write of " + key(i) + " was answered " + reply);
            }
        }
    }

    /** Every key from every worker. */
    void check(String generation) {
        for (int i = 0; i < KEYS; i++) {
            for (int worker : workers) {
                Client.Reply reply = client.get(worker, "/kv/" + key(i));
                String found = reply.isSuccess() ? reply.json().path("value").asString("") : "";
                if (!found.equals(value(generation, i))) {
                    violations.accept("the worker on port " + worker + " has not the value of " + key(i)
                            + " but answers " + reply);
                }
            }
        }
    }

    /** Takes back what requests may have set, and waits until all replicas are there. */
    void calm() {
        String settings = "{\"replicas\":3,\"writeQuorum\":2}";
        await(
                "the settings are taken",
                () -> client.send(controller, "POST", "/admin/settings", settings)
                        .isSuccess());
        await("every partition is whole", () -> {
            Client.Reply reply = client.get(controller, "/partitions");
            return reply.isSuccess()
                    && List.of("underReplicated", "leaderless", "moving").stream()
                            .allMatch(each ->
                                    reply.json().path("summary").path(each).asInt(-1) == 0);
        });
        workers.forEach(worker -> await(
                "the worker on port " + worker + " is ready",
                () -> client.get(worker, "/readyz").isSuccess()));
    }

    private void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + CALM_LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                violations.accept("it did not come to pass within " + CALM_LIMIT.toSeconds() + " s that " + what);
                return;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static String key(int number) {
        return "kept-" + number;
    }

    private static String value(String generation, int number) {
        return generation + "-" + number;
    }
}
