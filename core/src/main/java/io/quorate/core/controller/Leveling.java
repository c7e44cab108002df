package io.quorate.core.controller;

import io.quorate.core.controller.state.RegisteredWorker;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Evens out what a proposal for all partitions left uneven, so that a new cluster has nothing to balance.
 *
 * <p>Workers are named by their places in the list of all.
 */
final class Leveling {
    /** Gives a partition another worker in the place of one, if that can be. */
    private interface Change {
        boolean tried(int[] members, int from, int to);
    }

    private static final int NOWHERE = -1;

    private final List<RegisteredWorker> workers;
    private final int[][] proposal;

    /**
     * @param proposal the members of each partition, changed in place
     */
    Leveling(List<RegisteredWorker> workers, int[][] proposal) {
        this.workers = workers;
        this.proposal = proposal;
    }

    /** Gives replicas of workers that have two more than others to those, zones permitting. */
    void levelReplicas() {
        int[] loads = new int[workers.size()];
        for (int[] members : proposal) {
            for (int member : members) {
                loads[member]++;
            }
        }
        level(loads, (members, from, to) -> {
            int place = indexOf(members, from);
            boolean fits = place != NOWHERE && indexOf(members, to) == NOWHERE && zoneFree(members, from, to);
            if (fits) {
                members[place] = to;
            }
            return fits;
        });
    }

    /** Puts another member first where the first one leads two partitions more than it. */
    void levelPrimaries() {
        int[] loads = new int[workers.size()];
        for (int[] members : proposal) {
            loads[members[0]]++;
        }
        level(loads, (members, from, to) -> {
            int place = indexOf(members, to);
            boolean fits = members[0] == from && place > 0;
            if (fits) {
                members[0] = to;
                members[place] = from;
            }
            return fits;
        });
    }

    private void level(int[] loads, Change change) {
        int rounds = proposal.length * workers.size();
        for (int round = 0; round < rounds && oneStep(loads, change); round++) {
            // Every step makes two loads more alike; the bound is for the reader.
        }
    }

    private boolean oneStep(int[] loads, Change change) {
        for (int from : byLoad(loads, -1)) {
            for (int to : byLoad(loads, 1)) {
                if (loads[from] - loads[to] <= 1) {
                    break;
                }
                if (changeOne(from, to, change)) {
                    loads[from]--;
                    loads[to]++;
                    return true;
                }
            }
        }
        return false;
    }

    private boolean changeOne(int from, int to, Change change) {
        for (int[] members : proposal) {
            if (change.tried(members, from, to)) {
                return true;
            }
        }
        return false;
    }

    /** The workers, ascending by load for a positive direction, else descending. */
    private static List<Integer> byLoad(int[] loads, int direction) {
        return IntStream.range(0, loads.length)
                .boxed()
                .sorted((a, b) -> direction * Integer.compare(loads[a], loads[b]))
                .toList();
    }

    private boolean zoneFree(int[] members, int from, int to) {
        String zone = workers.get(to).zone();
        if (zone.isEmpty() || zone.equals(workers.get(from).zone())) {
            return true;
        }
        for (int member : members) {
            if (workers.get(member).zone().equals(zone)) {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(int[] members, int worker) {
        for (int place = 0; place < members.length; place++) {
            if (members[place] == worker) {
                return place;
            }
        }
        return NOWHERE;
    }
}
