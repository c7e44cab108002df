package io.quorate.core.controller;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.Move;
import io.quorate.core.controller.state.PartitionState;
import java.util.BitSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which partitions concern whom, kept up to date with the decided state so that an event never has to walk all of them.
 */
final class PartitionIndex {
    /** What one worker carries. */
    private static final class Share {
        final BitSet partitions = new BitSet();
        int replicas;
        int primaries;
    }

    private final Map<Integer, PartitionState> indexed = new TreeMap<>();
    private final SortedMap<String, Share> shares = new TreeMap<>();
    private final BitSet unestablished = new BitSet();
    private final BitSet repairs = new BitSet();
    private final BitSet balances = new BitSet();

    /** Indexes the whole state anew. */
    void rebuild(ClusterState state) {
        indexed.clear();
        shares.clear();
        unestablished.clear();
        repairs.clear();
        balances.clear();
        state.partitions().values().forEach(this::update);
    }

    /** The partition is decided to be like this. */
    void update(PartitionState state) {
        PartitionState before = indexed.put(state.partition(), state);
        if (before != null) {
            count(before, -1);
        }
        count(state, 1);
        int partition = state.partition();
        unestablished.set(partition, !state.established());
        repairs.set(partition, isMove(state, Move.Kind.REPAIR));
        balances.set(partition, isMove(state, Move.Kind.BALANCE));
    }

    private static boolean isMove(PartitionState state, Move.Kind kind) {
        return state.move().filter(move -> move.kind() == kind).isPresent();
    }

    private void count(PartitionState state, int by) {
        for (Member member : state.everybody()) {
            share(member.worker()).partitions.set(state.partition(), by > 0);
        }
        Configuration goal = goal(state);
        for (Member member : goal.members()) {
            share(member.worker()).replicas += by;
        }
        share(goal.members().getFirst().worker()).primaries += by;
    }

    /** The configuration that the partition is going to have. */
    static Configuration goal(PartitionState state) {
        return state.move().map(Move::target).orElse(state.configuration());
    }

    private Share share(String worker) {
        return shares.computeIfAbsent(worker, id -> new Share());
    }

    /** The partitions in which the worker appears, whatever for. */
    BitSet of(String worker) {
        return share(worker).partitions;
    }

    /** How many replicas the worker has, or is going to have. */
    int replicas(String worker) {
        return share(worker).replicas;
    }

    /** How many partitions have it as the preferred primary. */
    int primaries(String worker) {
        return share(worker).primaries;
    }

    /** All replicas of all workers. */
    int allReplicas() {
        return shares.values().stream().mapToInt(share -> share.replicas).sum();
    }

    /** The partitions whose greatest term is not established. */
    BitSet unestablished() {
        return unestablished;
    }

    /** The partitions under repair. */
    BitSet repairs() {
        return repairs;
    }

    /** The partitions that are moved for balance. */
    BitSet balances() {
        return balances;
    }
}
