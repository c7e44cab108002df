package io.quorate.core.replica;

import io.quorate.api.Outcome;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.log.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes that were in the log when their leader stopped leading.
 *
 * <p>Their fate is known as soon as an entry at their index is applied: the same entry means applied, another one means
 * that they never will be. One that was applied before its key had been looked up is answered as unknown: whether it
 * replaced something is not known any more, and a wrong answer would be worse.
 */
final class Orphans {
    static final Outcome UNKNOWN =
            new Outcome.Unknown("the leader was replaced; the write may or may not have been applied");

    private record Orphan(PendingWrite write, Configuration configuration) {}

    private final Answers answers;
    private final TreeMap<Long, List<Orphan>> byIndex = new TreeMap<>();

    Orphans(Answers answers) {
        this.answers = answers;
    }

    void add(PendingWrite write, Configuration configuration) {
        byIndex.computeIfAbsent(write.revision.index(), _ -> new ArrayList<>()).add(new Orphan(write, configuration));
    }

    void applied(Entry entry) {
        List<Orphan> decided = byIndex.remove(entry.index());
        if (decided != null) {
            decided.forEach(orphan -> decided(orphan, entry));
        }
    }

    private void decided(Orphan orphan, Entry entry) {
        PendingWrite write = orphan.write();
        if (entry.term() == write.revision.term()) {
            answers.written(write.origin, applied(orphan, write));
        } else {
            answers.notLeader(write.origin, entry.term());
        }
    }

    private static Outcome applied(Orphan orphan, PendingWrite write) {
        if (write.existed == null) {
            return UNKNOWN;
        }
        Configuration configuration = orphan.configuration();
        return write.outcome(
                configuration.writeQuorum(), configuration.members().size(), configuration.writeQuorum());
    }

    /** A snapshot passed over these indexes: what became of them cannot be known here. */
    void passedOver(long index) {
        var passed = byIndex.headMap(index, true);
        passed.values().forEach(list -> list.forEach(orphan -> answers.written(orphan.write().origin, UNKNOWN)));
        passed.clear();
    }
}
