package io.quorate.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Space;
import io.quorate.core.port.Expiries;
import io.quorate.core.port.KeyValueStore;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.port.StoredChange;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What one partition of a store should hold after each of a seed's steps: batches, snapshots and deletions. */
final class ReplicaModel {
    private static final int KEYS = 40;
    private static final int MAX_CHANGES = 12;
    private static final int MAX_EXPIRY_MILLIS = 100;
    private static final int EXPIRED_AT_ONCE = 5;

    private record Step(ReplicaMeta meta, NavigableMap<SpaceKey, Record> after, Consumer<KeyValueStore> action) {}

    private final int partition;
    private final Random random;
    private final List<Step> steps = new ArrayList<>();
    private int durable;

    ReplicaModel(int partition, long seed) {
        this.partition = partition;
        this.random = new Random(seed * 31 + partition);
    }

    /** Thinks of a further step and does it to the store. */
    void step(KeyValueStore store) {
        think();
        steps.getLast().action().accept(store);
    }

    /** Thinks of a further step. */
    void think() {
        int choice = random.nextInt(100);
        if (steps.isEmpty() || !meta().present()) {
            write(steps.isEmpty() ? 0 : meta().generation() + 1);
        } else if (choice < 84) {
            write(meta().generation());
        } else if (choice < 95) {
            install();
        } else {
            steps.add(step(meta().generation(), false, new TreeMap<>(), List.of()));
        }
    }

    private void write(int generation) {
        NavigableMap<SpaceKey, Record> after = new TreeMap<>(content());
        NavigableMap<SpaceKey, StoredChange> changes = new TreeMap<>();
        for (int i = random.nextInt(MAX_CHANGES); i > 0; i--) {
            SpaceKey at = place();
            Optional<Record> record = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(record());
            changes.put(at, new StoredChange(at.space(), at.key(), record));
            after.remove(at);
            record.ifPresent(value -> after.put(at, value));
        }
        steps.add(step(generation, true, after, List.copyOf(changes.values())));
    }

    private Step step(
            int generation, boolean present, NavigableMap<SpaceKey, Record> after, List<StoredChange> changes) {
        ReplicaMeta meta = next(generation, present, after);
        return new Step(meta, after, store -> store.write(meta, changes));
    }

    private void install() {
        NavigableMap<SpaceKey, Record> after = new TreeMap<>();
        for (int i = random.nextInt(KEYS); i > 0; i--) {
            after.put(place(), record());
        }
        ReplicaMeta meta = next(meta().generation() + 1, true, after);
        steps.add(new Step(meta, after, store -> Samples.installAll(store, meta, after)));
    }

    private ReplicaMeta next(int generation, boolean present, NavigableMap<SpaceKey, Record> after) {
        int index = steps.size() + 1;
        long remembered = after.keySet().stream()
                .filter(at -> at.space() == Space.REMEMBERED)
                .count();
        return new ReplicaMeta(
                partition, generation, present, 1, new LogPosition(1, index), index, Math.toIntExact(remembered));
    }

    private SpaceKey place() {
        Space space = random.nextInt(3) == 0 ? Space.REMEMBERED : Space.KEYS;
        return new SpaceKey(space, Samples.key("p" + partition + "-" + random.nextInt(KEYS)));
    }

    private Record record() {
        long expiresMillis = random.nextInt(3) == 0 ? random.nextInt(MAX_EXPIRY_MILLIS) : Record.NEVER;
        String text = "v".repeat(random.nextInt(50)) + random.nextInt();
        return Samples.expiring(steps.size() + 1, text, expiresMillis);
    }

    private ReplicaMeta meta() {
        return steps.getLast().meta();
    }

    private NavigableMap<SpaceKey, Record> content() {
        return steps.isEmpty() ? new TreeMap<>() : steps.getLast().after();
    }

    int size() {
        return steps.size();
    }

    /** Everything so far has to survive a crash. */
    void synced() {
        durable = steps.size();
    }

    /** Everything up to the step has to survive a crash. */
    void synced(int step) {
        durable = step;
    }

    /**
     * Checks a store after a crash and does the lost steps again.
     *
     * @param exact whether the records are those of the meta; otherwise some may be of later steps already
     */
    void checkAndRepeat(KeyValueStore store, boolean exact) {
        ReplicaMeta found = store.replicas().get(partition);
        int survived = found == null ? 0 : (int) found.applied().index();
        assertThat(survived).isBetween(durable, steps.size());
        if (survived > 0) {
            assertThat(found).isEqualTo(steps.get(survived - 1).meta());
        }
        if (exact) {
            checkContent(
                    store,
                    survived == 0 ? new TreeMap<>() : steps.get(survived - 1).after());
        }
        steps.subList(survived, steps.size()).forEach(step -> step.action().accept(store));
        check(store);
    }

    void check(KeyValueStore store) {
        assertThat(store.replicas().get(partition)).isEqualTo(steps.isEmpty() ? null : meta());
        checkContent(store, content());
    }

    private void checkContent(KeyValueStore store, NavigableMap<SpaceKey, Record> content) {
        assertThat(Samples.everything(store, partition)).isEqualTo(content);
        content.forEach((at, record) ->
                assertThat(store.read(partition, at.space(), at.key())).contains(record));
        assertThat(Samples.ofClients(Samples.content(store, partition)))
                .isEqualTo(content.headMap(new SpaceKey(Space.REMEMBERED, Bytes.EMPTY)));
        assertThat(store.digest(partition)).isEqualTo(Samples.digest(content));
        for (int millis = 0; millis <= MAX_EXPIRY_MILLIS; millis += MAX_EXPIRY_MILLIS / 4) {
            Expiries expected = Samples.expiries(content, millis, EXPIRED_AT_ONCE);
            Expiries found = store.expired(partition, millis, EXPIRED_AT_ONCE);
            assertThat(found.due()).isEqualTo(expected.due());
            assertThat(found.nextMillis()).isLessThanOrEqualTo(expected.nextMillis());
        }
        assertThat(store.expired(partition, MAX_EXPIRY_MILLIS, content.size() + 1))
                .isEqualTo(Samples.expiries(content, MAX_EXPIRY_MILLIS, content.size() + 1));
    }
}
