package io.quorate.core.controller;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.state.ClusterSettings;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.Elected;
import io.quorate.core.controller.state.KeptConfiguration;
import io.quorate.core.controller.state.PartitionState;
import io.quorate.core.message.PartitionReport;
import io.quorate.core.message.PartitionReport.PeerProgress;
import io.quorate.core.message.PartitionReport.Role;
import io.quorate.core.port.ControllerService.ClusterView;
import io.quorate.core.port.ControllerService.PartitionView;
import io.quorate.core.port.ControllerService.ReplicaView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The partitions as people see them. */
final class PartitionViews {
    private static final long UNKNOWN = -1;

    private final ClusterState state;
    private final Optional<ActiveController> active;

    PartitionViews(ClusterState state, Optional<ActiveController> active) {
        this.state = state;
        this.active = active;
    }

    ClusterView all(Now now) {
        List<PartitionView> views = new ArrayList<>();
        int underReplicated = 0;
        int leaderless = 0;
        int moving = 0;
        int replicas = state.settings().map(ClusterSettings::replicas).orElse(0);
        for (PartitionState partition : state.partitions().values()) {
            PartitionView view = view(partition, replicas);
            views.add(view);
            underReplicated += healthyReplicas(view) < replicas ? 1 : 0;
            leaderless += led(partition) ? 0 : 1;
            moving += partition.move().isPresent() ? 1 : 0;
        }
        return new ClusterView(
                views,
                replicas,
                state.settings().map(ClusterSettings::effectiveWriteQuorum).orElse(0),
                underReplicated,
                leaderless,
                moving,
                state.mapVersion());
    }

    private static long healthyReplicas(PartitionView view) {
        return view.replicas().stream().filter(ReplicaView::healthy).count();
    }

    /** Whether it has a leader that is established and alive. */
    private boolean led(PartitionState partition) {
        return partition.established()
                && partition.elected().map(Elected::leader).filter(this::alive).isPresent();
    }

    private boolean alive(Member member) {
        return active.map(on -> on.workers().alive(member)).orElse(true);
    }

    private PartitionView view(PartitionState partition, int wanted) {
        Optional<PartitionWatch> watch = active.map(on -> on.partitions().watch(partition.partition()));
        List<ReplicaView> replicas = partition.configuration().members().stream()
                .map(member -> replica(member, partition, watch))
                .toList();
        List<ReplicaView> learners = partition.learners().stream()
                .map(member -> replica(member, partition, watch))
                .toList();
        boolean enough = replicas.stream().filter(ReplicaView::healthy).count() >= wanted;
        Condition condition = condition(partition, watch, enough, wanted);
        return new PartitionView(
                partition.partition(),
                partition.term(),
                partition.elected().map(elected -> elected.leader().worker()),
                partition.established(),
                replicas,
                learners,
                condition.name,
                condition.detail);
    }

    private record Condition(String name, String detail) {}

    private Condition condition(PartitionState partition, Optional<PartitionWatch> watch, boolean enough, int wanted) {
        if (partition.elected().isEmpty()) {
            SortedSet<String> awaited = awaited(partition, watch);
            return awaited.isEmpty()
                    ? new Condition("electing", "a leader is being elected for term " + partition.term())
                    : new Condition("stuck", "an election needs " + String.join(" or ", awaited));
        }
        if (!led(partition)) {
            Member leader = partition.elected().get().leader();
            return alive(leader)
                    ? new Condition(
                            "electing",
                            leader.worker() + " is elected for term " + partition.term() + " and has not committed yet")
                    : new Condition("stuck", "its leader " + leader.worker() + " is not heard");
        }
        if (partition.move().isPresent()) {
            return new Condition("moving", "replicas are being prepared on " + names(partition.learners()));
        }
        return enough
                ? new Condition("healthy", "")
                : new Condition("under-replicated", "fewer than " + wanted + " replicas follow its leader");
    }

    private static String names(List<Member> members) {
        return members.isEmpty()
                ? "its new workers"
                : members.stream().map(Member::worker).collect(Collectors.joining(", "));
    }

    /** Who has to come back before the fence can be complete; empty when those that are there can complete it. */
    private SortedSet<String> awaited(PartitionState partition, Optional<PartitionWatch> watch) {
        SortedSet<Member> reachable = new TreeSet<>(partition.fenced());
        reachable.removeIf(member -> !alive(member)
                && !watch.map(has -> has.fenced.containsKey(member)).orElse(false));
        SortedSet<String> awaited = new TreeSet<>();
        if (!FenceRule.STANDARD.complete(partition, reachable, member -> !alive(member))) {
            partition.kept().stream()
                    .map(KeptConfiguration::configuration)
                    .map(Configuration::members)
                    .flatMap(List::stream)
                    .filter(member -> !reachable.contains(member))
                    .forEach(member -> awaited.add(member.worker()));
            if (partition.kept().isEmpty()) {
                partition.configuration().members().stream()
                        .filter(member -> !reachable.contains(member))
                        .forEach(member -> awaited.add(member.worker()));
            }
        }
        return awaited;
    }

    private ReplicaView replica(Member member, PartitionState partition, Optional<PartitionWatch> watch) {
        Optional<PartitionReport> own = watch.flatMap(has -> Optional.ofNullable(has.reports.get(member.worker())));
        Optional<PartitionReport> leader = watch.flatMap(has -> has.leaderReport(partition));
        Optional<PeerProgress> progress = leader.flatMap(report -> report.peers().stream()
                .filter(peer -> peer.member().equals(member))
                .findFirst());
        boolean leads = leader.isPresent() && own.equals(leader);
        long lag = leads ? 0 : lag(leader, progress);
        boolean healthy = alive(member)
                && lag != UNKNOWN
                && lag <= ControllerLimits.HEALTHY_LAG
                && own.filter(report -> report.term() == partition.term() && report.role() != Role.FENCED)
                        .isPresent();
        return new ReplicaView(
                member.worker(),
                own.map(PartitionReport::commitIndex).orElse(UNKNOWN),
                lag,
                healthy,
                progress.map(PeerProgress::snapshotPercent).orElse((int) UNKNOWN));
    }

    private static long lag(Optional<PartitionReport> leader, Optional<PeerProgress> progress) {
        return progress.filter(peer -> peer.matchIndex() >= 0)
                .map(peer -> Math.max(0, leader.orElseThrow().last().index() - peer.matchIndex()))
                .orElse(UNKNOWN);
    }
}
