package io.quorate.server.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.core.controller.MetadataLog;
import io.quorate.core.controller.MetadataLog.ProposalOutcome;
import io.quorate.core.controller.MetadataLog.ProposalOutcome.Committed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A group of controllers {@code c1}, {@code c2}, …, any of which can be stopped and started again. */
final class GroupUnderTest implements AutoCloseable {
    private static final long DECISION_SECONDS = 30;

    private final Opener opener;
    private final List<String> ids;
    private final Map<String, MetadataLog> logs = new LinkedHashMap<>();
    private final Map<String, RecordingListener> listeners = new LinkedHashMap<>();

    /** Opens one controller's log: anew the first time, with what it kept later. */
    interface Opener {
        MetadataLog open(String id, RecordingListener listener);
    }

    GroupUnderTest(int controllers, Opener opener) {
        this.opener = opener;
        this.ids = IntStream.rangeClosed(1, controllers).mapToObj(i -> "c" + i).toList();
        ids.forEach(this::start);
    }

    void start(String id) {
        RecordingListener listener = new RecordingListener();
        listeners.put(id, listener);
        logs.put(id, opener.open(id, listener));
    }

    void stop(String id) {
        MetadataLog log = log(id);
        logs.remove(id);
        log.close();
        assertThat(listener(id).faults()).as("faults of %s", id).isEmpty();
    }

    MetadataLog log(String id) {
        MetadataLog log = logs.get(id);
        if (log == null) {
            throw new IllegalStateException(id + " is stopped");
        }
        return log;
    }

    RecordingListener listener(String id) {
        RecordingListener listener = listeners.get(id);
        if (listener == null) {
            throw new IllegalStateException(id + " was never started");
        }
        return listener;
    }

    List<String> running() {
        return List.copyOf(logs.keySet());
    }

    /** Waits until one controller is active and every running one knows it. */
    String active() {
        Eventually.holds("all running controllers agree on an active one", () -> agreed().isPresent());
        return agreed().orElseThrow();
    }

    private Optional<String> agreed() {
        Optional<String> active =
                running().stream().filter(id -> log(id).activity().active()).findFirst();
        boolean allKnow = running().stream()
                .allMatch(id -> log(id).activity().activeControllerId().equals(active));
        return allKnow ? active : Optional.empty();
    }

    /** One that is not active. */
    String passive() {
        String active = active();
        return running().stream().filter(id -> !id.equals(active)).findFirst().orElseThrow();
    }

    CompletableFuture<ProposalOutcome> propose(String id, String command) {
        CompletableFuture<ProposalOutcome> outcome = new CompletableFuture<>();
        log(id).propose(Bytes.utf8(command), decided -> {
            if (!outcome.complete(decided)) {
                throw new IllegalStateException("A second outcome for " + command + ": " + decided);
            }
        });
        return outcome;
    }

    static ProposalOutcome await(CompletableFuture<ProposalOutcome> outcome) {
        return outcome.orTimeout(DECISION_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Has a command committed by whoever is active. */
    void commit(String command) {
        assertThat(await(propose(active(), command)))
                .as("outcome of %s", command)
                .isInstanceOf(Committed.class);
    }

    void commit(String prefix, int count) {
        for (int i = 1; i <= count; i++) {
            commit(prefix + i);
        }
    }

    static List<String> numbered(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
    }

    /** Waits until every running controller has exactly these commands. */
    void awaitCommands(List<String> expected) {
        for (String id : running()) {
            Eventually.holds(
                    id + " has " + expected.size() + " commands",
                    () -> listener(id).commands().size() >= expected.size());
            assertThat(listener(id).commands()).as("commands of %s", id).isEqualTo(expected);
        }
    }

    @Override
    public void close() {
        running().forEach(this::stop);
    }
}
