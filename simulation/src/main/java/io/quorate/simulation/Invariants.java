package io.quorate.simulation;

import io.quorate.api.Record;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.replica.Inspection;
import io.quorate.core.replica.WorkerCore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must hold of every replica after every turn of its worker; the first breach ends the run. */
final class Invariants {
    private static final int REMEMBERED_LOOKED_AT_EVERY = 8;

    private record Led(int partition, long term) {}

    /** What was seen of a replica last. */
    private static final class Seen {
        Member member;
        long life;
        long term;
        long durableTerm;
        LogPosition applied = LogPosition.START;
        boolean leads;
        boolean established;
        long appliedWhenItBegan;

        Seen(Member member) {
            this.member = member;
        }
    }

    private final List<CommittedLog> committed = new ArrayList<>();
    private final List<Long> establishedTerms = new ArrayList<>();
    private final Map<Led, String> leaders = new HashMap<>();
    private final Map<String, Map<Integer, Seen>> seen = new HashMap<>();

    private final Simulation world;

    Invariants(Simulation world, int partitions) {
        this.world = world;
        for (int partition = 0; partition < partitions; partition++) {
            committed.add(new CommittedLog(partition));
            establishedTerms.add(0L);
        }
    }

    CommittedLog committed(int partition) {
        return committed.get(partition);
    }

    /** The greatest term whose leader has served. */
    long establishedTerm(int partition) {
        return establishedTerms.get(partition);
    }

    void check(SimulatedWorker worker, WorkerCore core) {
        Map<Integer, Seen> ofWorker = seen.computeIfAbsent(worker.id, _ -> new HashMap<>());
        for (Inspection replica : core.inspect()) {
            Seen before = ofWorker.computeIfAbsent(replica.partition(), _ -> new Seen(worker.member()));
            if (before.life != worker.life()) {
                before.life = worker.life();
                before.applied = LogPosition.START;
                before.leads = false;
                before.established = false;
                before.durableTerm = worker.runsOn(before.member) ? before.durableTerm : 0;
                before.member = worker.member();
                before.term = before.durableTerm;
            }
            if (replica.leads() != before.leads || replica.term() != before.term) {
                before.leads = replica.leads();
                before.established = false;
                before.appliedWhenItBegan = replica.applied().index();
                oneLeaderPerTerm(worker, replica);
            }
            if (!before.established && replica.established()) {
                before.established = true;
                establishedTerms.set(
                        replica.partition(), Math.max(replica.term(), establishedTerm(replica.partition())));
                nobodyElseReads(worker, replica);
            }
            termOnlyGrows(worker, replica, before);
            if (!replica.applied().equals(before.applied) && !replica.isInstalling()) {
                commitsByItsOwnTerm(worker, replica, before);
                entriesAgree(worker, replica, before);
                before.applied = replica.applied();
                if (replica.applied().index() > 0) {
                    stateFollows(worker, replica);
                }
            }
        }
    }

    private void oneLeaderPerTerm(SimulatedWorker worker, Inspection replica) {
        if (replica.leads()) {
            String name = worker.id + "#" + worker.life();
            String before = leaders.putIfAbsent(new Led(replica.partition(), replica.term()), name);
            if (before != null && !before.equals(name)) {
                throw new Violation(
                        Promise.ONE_LEADER_PER_TERM,
                        "partition %d: %s and %s lead term %d"
                                .formatted(replica.partition(), before, name, replica.term()));
            }
        }
    }

    /** Whoever led before has no lease any more, so that it cannot answer a read without asking. */
    private void nobodyElseReads(SimulatedWorker worker, Inspection established) {
        for (SimulatedWorker other : world.workers()) {
            other.core()
                    .filter(core -> other != worker)
                    .ifPresent(core -> core.inspect().stream()
                            .filter(replica -> replica.partition() == established.partition())
                            .filter(replica -> replica.term() < established.term())
                            .filter(replica -> replica.wouldReadAt(other.now().monotonicNanos()))
                            .findFirst()
                            .ifPresent(replica -> {
                                throw new Violation(
                                        Promise.READ_UNDER_LEASE,
                                        "partition %d: %s serves in term %d while %s has a lease in term %d"
                                                .formatted(
                                                        replica.partition(),
                                                        worker.id,
                                                        established.term(),
                                                        other.id,
                                                        replica.term()));
                            }));
        }
    }

    private static void termOnlyGrows(SimulatedWorker worker, Inspection replica, Seen before) {
        if (replica.term() < before.term) {
            throw new Violation(
                    Promise.TERMS_ONLY_GROW,
                    "%s: the term of partition %d went from %d to %d"
                            .formatted(worker.id, replica.partition(), before.term, replica.term()));
        }
        before.term = replica.term();
        if (replica.termIsDurable()) {
            before.durableTerm = replica.term();
        }
    }

    /** A leader counts acknowledgements for entries of its own term alone; with such a one what precedes it is committed. */
    private static void commitsByItsOwnTerm(SimulatedWorker worker, Inspection replica, Seen before) {
        LogPosition applied = replica.applied();
        if (replica.leads() && applied.index() > before.appliedWhenItBegan && applied.term() < replica.term()) {
            throw new Violation(
                    Promise.COMMITTED_BY_OWN_TERM,
                    "%s leads partition %d in term %d and has committed up to %s"
                            .formatted(worker.id, replica.partition(), replica.term(), applied));
        }
    }

    private void entriesAgree(SimulatedWorker worker, Inspection replica, Seen before) {
        CommittedLog log = committed(replica.partition());
        for (Entry entry : replica.appliedAfter(before.applied.index())) {
            boolean first = entry.index() > log.last();
            log.applied(entry, worker.id);
            if (first && entry.changes().stream().anyMatch(change -> change instanceof Change.Expire)) {
                world.coverage().happened(Coverage.Happening.KEY_EXPIRED);
            }
        }
        LogPosition applied = replica.applied();
        boolean agrees = applied.index() == 0
                || log.at(applied.index())
                        .filter(entry -> entry.position().equals(applied))
                        .isPresent();
        if (!agrees) {
            throw new Violation(
                    Promise.COMMITTED_IS_FINAL,
                    "%s: partition %d is applied up to %s, but %s is committed there"
                            .formatted(worker.id, replica.partition(), applied, log.at(applied.index())));
        }
    }

    private void stateFollows(SimulatedWorker worker, Inspection replica) {
        CommittedLog log = committed(replica.partition());
        log.keys().forEach(place -> stateFollows(worker, replica, place));
        if (replica.applied().index() == log.last()
                && replica.remembered() != log.remembered().size()) {
            throw new Violation(
                    Promise.STATE_FOLLOWS_FROM_LOG,
                    "%s: partition %d counts %d idempotency keys at %s, but the log leaves %d"
                            .formatted(
                                    worker.id,
                                    replica.partition(),
                                    replica.remembered(),
                                    replica.applied(),
                                    log.remembered().size()));
        }
        if (replica.applied().index() % REMEMBERED_LOOKED_AT_EVERY == 0) {
            log.remembered().forEach(place -> stateFollows(worker, replica, place));
        }
    }

    private void stateFollows(SimulatedWorker worker, Inspection replica, Place place) {
        long applied = replica.applied().index();
        Optional<Record> stored = worker.disk().read(replica.partition(), place.space(), place.key());
        Optional<Record> held = replica.record(place.space(), place.key(), stored);
        Optional<Record> due = committed(replica.partition()).state(place, applied);
        if (!held.equals(due)) {
            throw new Violation(
                    Promise.STATE_FOLLOWS_FROM_LOG,
                    "%s: %s of partition %d is %s at %d, but the committed log makes it %s"
                            .formatted(worker.id, place, replica.partition(), held, applied, due));
        }
    }
}
