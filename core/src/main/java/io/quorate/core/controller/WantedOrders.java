package io.quorate.core.controller;

import io.quorate.core.cluster.Member;
import io.quorate.core.controller.state.Elected;
import io.quorate.core.controller.state.Members;
import io.quorate.core.controller.state.PartitionState;
import io.quorate.core.message.Order;
import io.quorate.core.message.PartitionReport;
import io.quorate.core.message.PartitionReport.PeerProgress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * What a partition's workers have to be told so that they come to be as decided: always derived from what was decided
 * and heard, so that a lost order is given again and one that is obeyed is not.
 */
final class WantedOrders {
    private final Workers workers;

    WantedOrders(Workers workers) {
        this.workers = workers;
    }

    /** Gives the orders with the workers they are for, for each worker in the order in which it is to obey. */
    void give(PartitionState partition, PartitionWatch watch, BiConsumer<String, Order> to) {
        if (partition.elected().isEmpty()) {
            fence(partition, watch, to);
        } else {
            createMissing(partition, watch, to);
            lead(partition, partition.elected().get(), watch, to);
        }
        createLearners(partition, watch, to);
        drop(partition, watch, to);
    }

    private void fence(PartitionState partition, PartitionWatch watch, BiConsumer<String, Order> to) {
        for (Member member : partition.fenced()) {
            if (watch.fenced.containsKey(member) || !workers.onItsDisk(member)) {
                continue;
            }
            boolean fresh = !partition.keeps(member) && !holds(member, watch);
            if (fresh || isMissing(member, watch)) {
                to.accept(member.worker(), create(partition, member));
            }
            to.accept(member.worker(), new Order.Fence(partition.partition(), partition.term(), watch.releasedTerm));
        }
    }

    private void lead(PartitionState partition, Elected elected, PartitionWatch watch, BiConsumer<String, Order> to) {
        String leader = elected.leader().worker();
        Optional<PartitionReport> leads = watch.leaderReport(partition);
        if (!workers.is(elected)) {
            return;
        }
        if (leads.isEmpty()) {
            to.accept(
                    leader,
                    new Order.Lead(
                            partition.partition(),
                            partition.term(),
                            partition.configuration(),
                            partition.learners(),
                            elected.incarnation()));
        } else if (!fed(leads.get()).equals(sorted(partition.learners()))) {
            to.accept(leader, new Order.Feed(partition.partition(), partition.term(), partition.learners()));
        }
    }

    private static Set<Member> fed(PartitionReport report) {
        return sorted(report.peers().stream()
                .filter(PeerProgress::learner)
                .map(PeerProgress::member)
                .toList());
    }

    private static SortedSet<Member> sorted(List<Member> members) {
        SortedSet<Member> sorted = new TreeSet<>(Members.ORDER);
        sorted.addAll(members);
        return sorted;
    }

    /**
     * A member that holds no replica on its disk lost it to an order to drop it that came late, or never had one: in
     * both cases it acknowledged nothing as this member, and an empty replica is the truth.
     */
    private void createMissing(PartitionState partition, PartitionWatch watch, BiConsumer<String, Order> to) {
        for (Member member : partition.configuration().members()) {
            if (isMissing(member, watch)) {
                to.accept(member.worker(), create(partition, member));
            }
        }
    }

    private void createLearners(PartitionState partition, PartitionWatch watch, BiConsumer<String, Order> to) {
        for (Member learner : partition.learners()) {
            if (workers.onItsDisk(learner) && !holds(learner, watch)) {
                to.accept(learner.worker(), create(partition, learner));
            }
        }
    }

    /**
     * A replica goes when nothing may need it: neither a kept configuration nor the present one.
     * Action {@code OrderDrop}.
     */
    private void drop(PartitionState partition, PartitionWatch watch, BiConsumer<String, Order> to) {
        for (String holder : watch.reports.keySet()) {
            workers.memberOf(holder)
                    .filter(member -> !partition.needs(member))
                    .ifPresent(member -> to.accept(holder, new Order.Drop(partition.partition(), partition.term())));
        }
    }

    private boolean isMissing(Member member, PartitionWatch watch) {
        return workers.onItsDisk(member)
                && !holds(member, watch)
                && (watch.missing.contains(member) || workers.reportedFully(member));
    }

    private static boolean holds(Member member, PartitionWatch watch) {
        return watch.reports.containsKey(member.worker());
    }

    private static Order create(PartitionState partition, Member member) {
        return new Order.Create(partition.partition(), partition.term(), member);
    }
}
