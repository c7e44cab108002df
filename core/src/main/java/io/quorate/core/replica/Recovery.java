package io.quorate.core.replica;

import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Entry;
import io.quorate.core.log.LogRecord;
import io.quorate.core.port.ReplicaMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rebuilds a worker's replicas: first what the store has of them, then the shared log's records in order. Follows the
 * action {@code Crash}.
 *
 * <p>An entry of another term discards everything read before at its index and beyond. An entry that does not follow
 * what is there belongs to a history that a snapshot or a truncation ended, and is passed over.
 */
public final class Recovery {
    private final Map<Integer, Building> replicas = new TreeMap<>();

    private record Read(Entry entry, long sequence) {}

    private static final class Building {
        int generation;
        boolean present;
        long term;
        LogPosition applied = LogPosition.START;
        long logTimeMillis;
        int remembered;
        long commitIndex;
        final List<Read> entries = new ArrayList<>();

        void restart(int newGeneration, LogPosition base) {
            generation = newGeneration;
            applied = base;
            entries.clear();
            commitIndex = base.index();
        }

        LogPosition last() {
            return entries.isEmpty() ? applied : entries.getLast().entry().position();
        }
    }

    /** What the store knows of a replica; called before any record is read. */
    public void stored(ReplicaMeta meta) {
        Building building = of(meta.partition());
        building.generation = meta.generation();
        building.present = meta.present();
        building.term = meta.term();
        building.applied = meta.applied();
        building.logTimeMillis = meta.logTimeMillis();
        building.remembered = meta.remembered();
        building.commitIndex = meta.applied().index();
    }

    /** The next record of the shared log. */
    public void read(long sequence, LogRecord record) {
        Building building = of(record.partition());
        switch (record) {
            case LogRecord.EntryWritten written -> entry(building, sequence, written.entry());
            case LogRecord.TermRaised raised -> building.term = Math.max(building.term, raised.term());
            case LogRecord.ReplicaCreated created -> {
                building.term = Math.max(building.term, created.term());
                if (created.generation() > building.generation || !building.present) {
                    created(building, created);
                }
            }
            case LogRecord.ReplicaDropped dropped -> {
                building.term = Math.max(building.term, dropped.term());
                if (dropped.generation() >= building.generation) {
                    building.restart(dropped.generation(), LogPosition.START);
                    building.present = false;
                }
            }
            case LogRecord.BaseSet base -> {
                if (base.generation() > building.generation) {
                    building.restart(base.generation(), base.base());
                } else if (base.generation() == building.generation) {
                    building.entries.clear();
                }
            }
        }
    }

    private static void created(Building building, LogRecord.ReplicaCreated created) {
        if (created.generation() >= building.generation) {
            building.restart(created.generation(), LogPosition.START);
            building.present = true;
            building.logTimeMillis = 0;
            building.remembered = 0;
        }
    }

    private static void entry(Building building, long sequence, Entry entry) {
        building.term = Math.max(building.term, entry.term());
        if (!building.present || entry.index() <= building.applied.index()) {
            return;
        }
        List<Read> entries = building.entries;
        int place = (int) (entry.index() - building.applied.index() - 1);
        if (place < entries.size() && entries.get(place).entry().term() == entry.term()) {
            return;
        }
        LogPosition previous = new LogPosition(entry.previousTerm(), entry.index() - 1);
        boolean follows = place <= entries.size()
                && previous.equals(
                        place == 0
                                ? building.applied
                                : entries.get(place - 1).entry().position());
        if (follows) {
            entries.subList(place, entries.size()).clear();
            entries.add(new Read(entry, sequence));
            building.commitIndex = Math.max(building.commitIndex, entry.commitIndex());
        }
    }

    private Building of(int partition) {
        return replicas.computeIfAbsent(partition, _ -> new Building());
    }

    /** The replicas that are held. */
    public List<RecoveredReplica> held() {
        List<RecoveredReplica> held = new ArrayList<>();
        replicas.forEach((partition, building) -> {
            if (building.present) {
                held.add(recovered(partition, building));
            }
        });
        return held;
    }

    private static RecoveredReplica recovered(int partition, Building building) {
        ReplicaLog log = new ReplicaLog(building.applied);
        building.entries.forEach(read -> log.append(read.entry(), read.sequence()));
        log.durableUpTo(Long.MAX_VALUE);
        return new RecoveredReplica(
                partition,
                building.generation,
                building.term,
                log,
                building.applied,
                building.logTimeMillis,
                building.remembered,
                Math.min(building.commitIndex, building.last().index()));
    }

    /** The replicas that were deleted: their terms and generations are kept. */
    public List<ReplicaMeta> dropped() {
        List<ReplicaMeta> dropped = new ArrayList<>();
        replicas.forEach((partition, building) -> {
            if (!building.present) {
                dropped.add(ReplicaMeta.dropped(partition, building.generation, building.term));
            }
        });
        return dropped;
    }
}
