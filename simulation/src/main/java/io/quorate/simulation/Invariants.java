package io.quorate.simulation;

import io.quorate.core.log.Entry;
import io.quorate.core.replica.Inspection;
import io.quorate.core.replica.WorkerCore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold after every event; the first breach ends the run. */
final class Invariants {
    private record Place(int partition, long number) {}

    private record Seen(String worker, long incarnation, int partition) {}

    private final Map<Place, Entry> committed = new HashMap<>();
    private final Map<Place, String> leaders = new HashMap<>();
    private final Map<Seen, Long> checkedUpTo = new HashMap<>();
    private final Map<Seen, Long> terms = new HashMap<>();

    void check(SimulatedWorker worker, WorkerCore core) {
        for (Inspection replica : core.inspect()) {
            Seen seen = new Seen(worker.id, worker.incarnation(), replica.partition());
            oneLeaderPerTerm(worker, replica);
            termsOnlyGrow(seen, replica);
            committedEntriesAgree(seen, replica);
        }
    }

    private void oneLeaderPerTerm(SimulatedWorker worker, Inspection replica) {
        if (replica.leads()) {
            String name = worker.id + "#" + worker.incarnation();
            String before = leaders.putIfAbsent(new Place(replica.partition(), replica.term()), name);
            if (before != null && !before.equals(name)) {
                throw new Violation("partition %d: %s and %s lead term %d"
                        .formatted(replica.partition(), before, name, replica.term()));
            }
        }
    }

    private void termsOnlyGrow(Seen seen, Inspection replica) {
        long before = terms.getOrDefault(seen, 0L);
        if (replica.term() < before) {
            throw new Violation(seen + ": term went from " + before + " to " + replica.term());
        }
        terms.put(seen, replica.term());
    }

    private void committedEntriesAgree(Seen seen, Inspection replica) {
        long from = checkedUpTo.getOrDefault(seen, 0L);
        for (Entry entry : replica.appliedAfter(from)) {
            Entry before = committed.putIfAbsent(new Place(replica.partition(), entry.index()), entry);
            if (before != null && !same(before, entry)) {
                throw new Violation("%s applied %s where %s was committed".formatted(seen, entry, before));
            }
        }
        checkedUpTo.put(seen, replica.applied().index());
    }

    /** Leaders of different terms never make the same entry, so term and index say it all; changes are compared too. */
    private static boolean same(Entry one, Entry other) {
        return one.position().equals(other.position()) && one.changes().equals(other.changes());
    }

    /** The committed entries of a partition in order, without gaps from the first one seen. */
    List<Entry> committed(int partition) {
        List<Entry> entries = new ArrayList<>();
        for (long index = 1; committed.containsKey(new Place(partition, index)); index++) {
            entries.add(committed.get(new Place(partition, index)));
        }
        return entries;
    }

    Entry committedAt(int partition, long index) {
        Entry entry = committed.get(new Place(partition, index));
        if (entry == null) {
            throw new Violation("partition %d: nothing committed at %d".formatted(partition, index));
        }
        return entry;
    }
}
