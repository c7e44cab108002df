package io.quorate.server.metadata;

import io.quorate.api.Bytes;
import io.quorate.core.controller.MetadataLog.Activity;
import io.quorate.core.controller.MetadataLog.Listener;
import io.quorate.core.controller.MetadataLog.ProposalOutcome.Committed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A group of controllers in one process whose log is a list: the first one running leads while a majority runs.
 *
 * <p>What the members keep outlives them, so that one can be closed and opened again.
 */
final class InMemoryMetadataGroup {
    private final int size;
    private final long snapshotEveryEntries;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, InMemoryMetadataLog> running = new TreeMap<>();
    private Optional<Snapshot> snapshot = Optional.empty();
    private Optional<String> leader = Optional.empty();
    private long epoch;
    private long lastIndex;

    private record Entry(long index, long epoch, Bytes command) {}

    private record Snapshot(long index, Bytes state) {}

    InMemoryMetadataGroup(int size, long snapshotEveryEntries) {
        this.size = size;
        this.snapshotEveryEntries = snapshotEveryEntries;
    }

    synchronized InMemoryMetadataLog open(String id, Listener listener) {
        InMemoryMetadataLog log = new InMemoryMetadataLog(id, this, listener);
        running.put(id, log);
        snapshot.ifPresent(kept -> log.later(() -> listener.restored(kept.index(), kept.state())));
        entries.forEach(entry -> deliver(log, entry));
        log.handedOver();
        elect(Optional.empty());
        return log;
    }

    synchronized void leave(String id) {
        running.remove(id);
        elect(Optional.empty());
    }

    /** Has another member lead, if there is one. */
    synchronized void stepDown(String id) {
        if (leader.equals(Optional.of(id))) {
            elect(leader);
        }
    }

    private void elect(Optional<String> notThisOne) {
        boolean majority = running.size() > size / 2;
        boolean leads = leader.filter(running::containsKey).isPresent() && notThisOne.isEmpty();
        if (!majority) {
            leader = Optional.empty();
        } else if (!leads) {
            Optional<String> other = running.keySet().stream()
                    .filter(id -> !notThisOne.equals(Optional.of(id)))
                    .findFirst();
            leader = other.or(() -> notThisOne);
            epoch++;
        }
        running.forEach((id, log) -> log.announce(activity(id)));
    }

    private Activity activity(String id) {
        return new Activity(leader.equals(Optional.of(id)), epoch, leader);
    }

    /** Commits the command; empty when the member does not lead. */
    synchronized Optional<Committed> commit(String id, Bytes command) {
        if (!leader.equals(Optional.of(id))) {
            return Optional.empty();
        }
        Entry entry = new Entry(++lastIndex, epoch, command);
        entries.add(entry);
        running.values().forEach(log -> deliver(log, entry));
        return Optional.of(new Committed(entry.index()));
    }

    private void deliver(InMemoryMetadataLog log, Entry entry) {
        log.later(() -> {
            if (!entry.command().isEmpty()) {
                log.listener().applied(entry.index(), entry.epoch(), entry.command());
            }
            if (entry.index() % snapshotEveryEntries == 0) {
                keep(new Snapshot(entry.index(), log.listener().snapshot()));
            }
        });
    }

    private synchronized void keep(Snapshot taken) {
        if (snapshot.stream().noneMatch(kept -> kept.index() >= taken.index())) {
            snapshot = Optional.of(taken);
            entries.removeIf(entry -> entry.index() <= taken.index());
        }
    }
}
