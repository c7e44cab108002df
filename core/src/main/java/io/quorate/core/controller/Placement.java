package io.quorate.core.controller;

import io.quorate.core.cluster.Member;
import io.quorate.core.controller.state.RegisteredWorker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Proposes which workers keep a partition: those that it meets first on the ring, in different zones as far as there
 * are enough, none of them loaded beyond its share.
 *
 * <p>V. Mirrokni, M. Thorup, M. Zadimoghaddam: "Consistent Hashing with Bounded Loads", SODA 2018. The same workers
 * always give the same proposal.
 */
final class Placement {
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
        SortedMap<String, Integer> carried = new TreeMap<>();
        SortedMap<String, Integer> led = new TreeMap<>();
        int mostCarried = share(partitions * replicas);
        int mostLed = share(partitions);
        List<List<Member>> proposal = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            List<RegisteredWorker> met = ring.from(partition);
            List<Member> members = new ArrayList<>();
            while (members.size() < replicas) {
                Optional<RegisteredWorker> next =
                        next(met, members, worker -> carried.getOrDefault(worker.id(), 0), mostCarried);
                members.add(next.orElseThrow().member());
                carried.merge(members.getLast().worker(), 1, Integer::sum);
            }
            preferredFirst(members, led, mostLed);
            led.merge(members.getFirst().worker(), 1, Integer::sum);
            proposal.add(List.copyOf(members));
        }
        return proposal;
    }

    /**
     * A worker for one more replica.
     *
     * @param members those that the partition keeps
     * @param load how many replicas a worker carries
     * @return empty when every worker has a replica
     */
    Optional<Member> spare(int partition, Collection<Member> members, ToIntFunction<RegisteredWorker> load) {
        int all = workers.stream().mapToInt(load).sum();
        return next(ring.from(partition), members, load, share(all) + 1).map(RegisteredWorker::member);
    }

    private Optional<RegisteredWorker> next(
            List<RegisteredWorker> met, Collection<Member> members, ToIntFunction<RegisteredWorker> load, int most) {
        List<RegisteredWorker> free = met.stream()
                .filter(worker -> members.stream().noneMatch(has -> has.worker().equals(worker.id())))
                .toList();
        Predicate<RegisteredWorker> light = worker -> load.applyAsInt(worker) < most;
        Predicate<RegisteredWorker> elsewhere = worker -> !zones(members).contains(worker.zone());
        return first(free, elsewhere.and(light))
                .or(() -> first(free, elsewhere.and(worker -> !worker.zone().isEmpty())))
                .or(() -> first(free, light))
                .or(() -> free.stream().findFirst());
    }

    /** The zones of the members; workers that say no zone are each in one of their own. */
    private List<String> zones(Collection<Member> members) {
        return workers.stream()
                .filter(worker -> !worker.zone().isEmpty())
                .filter(worker -> members.stream().anyMatch(has -> has.worker().equals(worker.id())))
                .map(RegisteredWorker::zone)
                .toList();
    }

    private static Optional<RegisteredWorker> first(
            List<RegisteredWorker> free, Predicate<RegisteredWorker> condition) {
        return free.stream().filter(condition).findFirst();
    }

    /** The first that leads less than its share, else the one that leads least. */
    private static void preferredFirst(List<Member> members, SortedMap<String, Integer> led, int most) {
        Member best = members.getFirst();
        for (Member member : members) {
            int leads = led.getOrDefault(member.worker(), 0);
            if (led.getOrDefault(best.worker(), 0) >= most && leads < led.getOrDefault(best.worker(), 0)) {
                best = member;
            }
        }
        members.remove(best);
        members.addFirst(best);
    }

    private int share(int of) {
        return workers.isEmpty() ? 0 : (of + workers.size() - 1) / workers.size();
    }
}
