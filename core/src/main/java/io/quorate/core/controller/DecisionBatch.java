package io.quorate.core.controller;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.controller.state.Elected;
import io.quorate.core.controller.state.MetadataRecord;
import io.quorate.core.controller.state.MetadataRecord.LeadersElected;
import io.quorate.core.controller.state.MetadataRecord.LeadersEstablished;
import io.quorate.core.controller.state.MetadataRecord.LearnersChanged;
import io.quorate.core.controller.state.MetadataRecord.TermsStarted;
import io.quorate.core.controller.state.Move;
import io.quorate.core.controller.state.PartitionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The decisions that go into one command, at most one for each partition. */
final class DecisionBatch {
    private final List<MetadataRecord> first = new ArrayList<>();
    private final List<TermsStarted.Start> starts = new ArrayList<>();
    private final List<LeadersElected.Election> elections = new ArrayList<>();
    private final List<LeadersEstablished.Establishment> establishments = new ArrayList<>();
    private final List<LearnersChanged.Learning> learnings = new ArrayList<>();
    private final SortedMap<String, Integer> reasons = new TreeMap<>();
    private final SortedMap<String, Integer> planned = new TreeMap<>();
    private int repairs;
    private int balances;

    /** A decision that is not about partitions; it comes before those that are. */
    void add(MetadataRecord record) {
        first.add(record);
    }

    /** The first term of a partition. */
    void begin(int partition, Configuration configuration) {
        starts.add(new TermsStarted.Start(partition, 0, 1, configuration));
    }

    /** A further term, greater than what is known to stand on disks. */
    void start(PartitionState state, long termOnDisk, Configuration configuration, String reason) {
        long term = Math.max(state.term(), termOnDisk) + 1;
        starts.add(new TermsStarted.Start(state.partition(), state.term(), term, configuration));
        reasons.merge(reason, 1, Integer::sum);
    }

    void elect(PartitionState state, Elected elected) {
        elections.add(new LeadersElected.Election(state.partition(), state.term(), elected));
    }

    void establish(PartitionState state) {
        establishments.add(new LeadersEstablished.Establishment(state.partition(), state.term()));
    }

    void learn(PartitionState state, List<Member> learners, Move move, String reason) {
        learnings.add(new LearnersChanged.Learning(state.partition(), state.term(), learners, Optional.of(move)));
        learners.forEach(learner -> planned.merge(learner.worker(), 1, Integer::sum));
        reasons.merge(reason, 1, Integer::sum);
        switch (move.kind()) {
            case REPAIR -> repairs++;
            case BALANCE -> balances++;
        }
    }

    void giveUp(PartitionState state, String reason) {
        learnings.add(new LearnersChanged.Learning(state.partition(), state.term(), List.of(), Optional.empty()));
        reasons.merge(reason, 1, Integer::sum);
    }

    /** Replicas that the batch gives to the worker. */
    int planned(String worker) {
        return planned.getOrDefault(worker, 0);
    }

    int repairs() {
        return repairs;
    }

    int balances() {
        return balances;
    }

    /** How many terms it starts. */
    int starts() {
        return starts.size();
    }

    /** Why terms are started and moves begun or given up, with the number of partitions of each. */
    Map<String, Integer> reasons() {
        return reasons;
    }

    /** Whether nothing was decided. */
    boolean isEmpty() {
        return first.isEmpty()
                && starts.isEmpty()
                && elections.isEmpty()
                && establishments.isEmpty()
                && learnings.isEmpty();
    }

    /** All of it, empty when nothing was decided. */
    List<MetadataRecord> records() {
        List<MetadataRecord> all = new ArrayList<>(first);
        if (!starts.isEmpty()) {
            all.add(new TermsStarted(starts));
        }
        if (!elections.isEmpty()) {
            all.add(new LeadersElected(elections));
        }
        if (!establishments.isEmpty()) {
            all.add(new LeadersEstablished(establishments));
        }
        if (!learnings.isEmpty()) {
            all.add(new LearnersChanged(learnings));
        }
        return all;
    }
}
