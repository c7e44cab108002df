package io.quorate.core.controller;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.Elected;
import io.quorate.core.controller.state.KeptConfiguration;
import io.quorate.core.controller.state.PartitionState;
import io.quorate.core.controller.state.RegisteredWorker;
import io.quorate.core.message.PartitionReport;
import java.util.Optional;

/**
 * Decides whether an elected leader stays, and when it counts as established.
 *
 * <p>A leader whose process or disk is another one never leads again in its term, so a further term starts at once. A
 * leader that may still be there loses its place only to others that can do without it.
 */
final class Leadership {
    private final ClusterState state;
    private final Workers workers;
    private final Election election;

    Leadership(ClusterState state, Workers workers, Election election) {
        this.state = state;
        this.workers = workers;
        this.election = election;
    }

    /**
     * Decides about a partition whose greatest term has a leader.
     *
     * @return whether it decided something
     */
    boolean decide(PartitionState partition, Elected elected, PartitionWatch watch, Now now, DecisionBatch batch) {
        Optional<String> gone = gone(elected);
        if (gone.isPresent()) {
            Configuration next = election.workable(partition).orElse(partition.configuration());
            batch.start(partition, watch.termOnDisk, next, gone.get());
            return true;
        }
        Optional<String> trouble = trouble(partition, elected.leader(), watch, now);
        if (trouble.isPresent()) {
            watch.avoidedNext = Optional.of(elected.leader());
            batch.start(partition, watch.termOnDisk, partition.configuration(), trouble.get());
            return true;
        }
        if (partition.established()) {
            return false;
        }
        if (watch.leaderReport(partition).map(PartitionReport::established).orElse(false)) {
            batch.establish(partition);
            return true;
        }
        return abort(partition, watch, now, batch);
    }

    /** Why the leader surely does not lead any more, in words that follow "because". */
    private Optional<String> gone(Elected elected) {
        String id = elected.leader().worker();
        Optional<RegisteredWorker> worker = state.worker(id);
        if (worker.filter(has -> has.member().equals(elected.leader())).isEmpty()) {
            return Optional.of(id + " has another disk");
        }
        return worker.filter(has -> has.incarnation() != elected.incarnation()).map(has -> id + " was restarted");
    }

    private Optional<String> trouble(PartitionState partition, Member leader, PartitionWatch watch, Now now) {
        WorkerWatch worker = workers.known(leader.worker()).orElse(null);
        if (worker == null) {
            return Optional.empty();
        }
        if (worker.down()) {
            return Optional.of(worker.id + " is down").filter(why -> othersHoldAll(partition, leader));
        }
        if (worker.draining) {
            return Optional.of(worker.id + " is about to stop")
                    .filter(why ->
                            pause(watch, now) && othersCanWork(partition, leader) && oneCanLead(partition, leader));
        }
        Optional<String> suspicion = suspicion(partition, worker)
                .filter(why -> othersHoldAll(partition, leader) && othersCanWork(partition, leader))
                .filter(why -> worker.budget.allows(now));
        if (suspicion.isPresent()) {
            worker.budget.spend(now);
            return suspicion;
        }
        return idle(partition, worker, watch, now);
    }

    private static Optional<String> suspicion(PartitionState partition, WorkerWatch worker) {
        if (worker.condition == WorkerWatch.Condition.SUSPECTED) {
            return Optional.of(worker.id + " is suspected");
        }
        return worker.stalled.get(partition.partition())
                ? Optional.of(worker.id + " reaches no quorum")
                : Optional.empty();
    }

    /** It was elected and runs, yet it does not lead: its order to lead was used up before it came to nothing. */
    private Optional<String> idle(PartitionState partition, WorkerWatch worker, PartitionWatch watch, Now now) {
        boolean leads = watch.leaderReport(partition).isPresent();
        boolean patient = !Elapsed.since(watch.electedSinceNanos, ControllerLimits.LEAD_PATIENCE_MILLIS, now);
        return leads || patient || !worker.up() || !worker.fullReport
                ? Optional.empty()
                : Optional.of(worker.id + " does not lead");
    }

    /** Whether others than the leader can complete a fence, and one of them lead. */
    private boolean othersHoldAll(PartitionState partition, Member leader) {
        return oneCanLead(partition, leader)
                && partition.kept().stream()
                        .map(KeptConfiguration::configuration)
                        .allMatch(each -> livingOthers(each, leader) >= each.fenceQuorum());
    }

    private boolean oneCanLead(PartitionState partition, Member leader) {
        return partition.configuration().members().stream()
                .anyMatch(member -> !member.equals(leader) && workers.good(member));
    }

    private boolean othersCanWork(PartitionState partition, Member leader) {
        Configuration configuration = partition.configuration();
        return livingOthers(configuration, leader) >= configuration.writeQuorum();
    }

    private long livingOthers(Configuration configuration, Member leader) {
        return configuration.members().stream()
                .filter(member -> !member.equals(leader) && workers.alive(member))
                .count();
    }

    /** Replicas that were to be new are lost before their term was established: back to those before. */
    private boolean abort(PartitionState partition, PartitionWatch watch, Now now, DecisionBatch batch) {
        Optional<Configuration> back = pause(watch, now) ? election.workable(partition) : Optional.empty();
        back.ifPresent(next -> batch.start(partition, watch.termOnDisk, next, "the new replicas are lost"));
        return back.isPresent();
    }

    private static boolean pause(PartitionWatch watch, Now now) {
        return Elapsed.since(watch.termSinceNanos, ControllerLimits.TERM_PAUSE_MILLIS, now);
    }
}
