package io.quorate.core.controller;

import io.quorate.core.cluster.Member;
import io.quorate.core.controller.state.RegisteredWorker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Proposes which workers keep a partition: those that it meets first on the ring, in different zones as far as there
 * are enough, none of them loaded beyond its share.
 *
 * <p>V. Mirrokni, M. Thorup, M. Zadimoghaddam: "Consistent Hashing with Bounded Loads", SODA 2018. The same workers
 * always give the same proposal.
 */
final class Placement {
    private static final int NOBODY = -1;

    private final List<RegisteredWorker> workers;
    private final Ring ring;

    /**
     * @param workers those that can be given something to carry
     */
    Placement(List<RegisteredWorker> workers) {
        this.workers = List.copyOf(workers);
        this.ring = new Ring(workers);
    }

    List<RegisteredWorker> workers() {
        return workers;
    }

    /**
     * The members of every partition of a new cluster, the preferred primary first.
     *
     * @param replicas at most the number of workers
     */
    List<List<Member>> all(int partitions, int replicas) {
        int[] carried = new int[workers.size()];
        int most = share(partitions * replicas);
        int[][] proposal = new int[partitions][replicas];
        for (int partition = 0; partition < partitions; partition++) {
            int[] met = ring.from(partition);
            boolean[] taken = new boolean[workers.size()];
            for (int place = 0; place < replicas; place++) {
                int next = next(met, taken, carried, most);
                proposal[partition][place] = next;
                taken[next] = true;
                carried[next]++;
            }
        }
        Leveling leveling = new Leveling(workers, proposal);
        leveling.levelReplicas();
        leveling.levelPrimaries();
        return Arrays.stream(proposal).map(this::members).toList();
    }

    private List<Member> members(int[] places) {
        List<Member> members = new ArrayList<>(places.length);
        for (int place : places) {
            members.add(workers.get(place).member());
        }
        return members;
    }

    /**
     * A worker for one more replica.
     *
     * @param members those that the partition keeps
     * @param load how many replicas a worker carries
     * @return empty when every worker has a replica
     */
    Optional<Member> spare(int partition, Collection<Member> members, ToIntFunction<RegisteredWorker> load) {
        int[] loads = new int[workers.size()];
        boolean[] taken = new boolean[workers.size()];
        for (int worker = 0; worker < loads.length; worker++) {
            String id = workers.get(worker).id();
            loads[worker] = load.applyAsInt(workers.get(worker));
            taken[worker] = members.stream().anyMatch(member -> member.worker().equals(id));
        }
        int next = next(
                ring.from(partition), taken, loads, share(Arrays.stream(loads).sum()) + 1);
        return next == NOBODY ? Optional.empty() : Optional.of(workers.get(next).member());
    }

    /** The first met that is in a new zone and below its share, else in a new zone, else below its share, else any. */
    private int next(int[] met, boolean[] taken, int[] loads, int most) {
        int best = NOBODY;
        int bestRank = Integer.MAX_VALUE;
        for (int worker : met) {
            if (taken[worker]) {
                continue;
            }
            int rank = (zoneTaken(worker, taken) ? 2 : 0) + (loads[worker] < most ? 0 : 1);
            if (rank < bestRank) {
                best = worker;
                bestRank = rank;
            }
            if (rank == 0) {
                return worker;
            }
        }
        return best;
    }

    /** A worker that says no zone is in one of its own. */
    private boolean zoneTaken(int worker, boolean[] taken) {
        String zone = workers.get(worker).zone();
        if (zone.isEmpty()) {
            return false;
        }
        for (int other = 0; other < taken.length; other++) {
            if (taken[other] && workers.get(other).zone().equals(zone)) {
                return true;
            }
        }
        return false;
    }

    private int share(int of) {
        return workers.isEmpty() ? 0 : (of + workers.size() - 1) / workers.size();
    }
}
