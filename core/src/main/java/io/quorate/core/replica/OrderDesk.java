package io.quorate.core.replica;

import io.quorate.core.log.LogRecord;
import io.quorate.core.message.Order;
import io.quorate.core.message.OrderAnswer;
import io.quorate.core.port.ReplicaMeta;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Carries the controller's orders out. A replica comes and goes by order only, and its term outlives it. Actions
 * {@code Create} and {@code Drop}.
 */
final class OrderDesk {
    private final WorkerContext context;
    private final Replicas replicas;
    private final Answers answers;
    private final Checkpoint checkpoint;
    private final Map<Integer, ReplicaMeta> dropped = new TreeMap<>();

    OrderDesk(WorkerContext context, Replicas replicas, Answers answers, Checkpoint checkpoint) {
        this.context = context;
        this.replicas = replicas;
        this.answers = answers;
        this.checkpoint = checkpoint;
    }

    /** A replica that was deleted before this start: the store may not know it yet. */
    void rememberDropped(ReplicaMeta meta) {
        dropped.put(meta.partition(), meta);
        context.emit(new Effect.Flush(meta.partition(), meta, FrozenTable.empty()));
    }

    List<ReplicaMeta> dropped() {
        return List.copyOf(dropped.values());
    }

    void carryOut(String controller, Order order) {
        Optional<Replica> replica = replicas.find(order.partition());
        switch (order) {
            case Order.Create create -> {
                if (create.disk().equals(context.self)) {
                    replica.ifPresentOrElse(this::reportAgain, () -> create(create));
                }
            }
            case Order.Drop drop ->
                replica.filter(held -> held.term() <= drop.term()).ifPresent(held -> drop(held, drop));
            case Order.Fence fence ->
                replica.ifPresentOrElse(
                        held -> held.fencing().fence(controller, fence), () -> notHeld(controller, fence.partition()));
            case Order.Lead lead ->
                replica.ifPresentOrElse(held -> lead(held, lead), () -> notHeld(controller, lead.partition()));
            case Order.Feed feed ->
                replica.flatMap(Replica::leader)
                        .filter(leader -> leader.term() == feed.term())
                        .ifPresent(leader -> leader.feed(feed.learners()));
        }
    }

    private void notHeld(String controller, int partition) {
        context.emit(new Effect.AnswerOrder(controller, new OrderAnswer.NotHeld(partition, context.self)));
    }

    private void lead(Replica replica, Order.Lead order) {
        replica.lead(order);
        reportAgain(replica);
    }

    /** Whoever orders what is so already does not know of it: an answer that was late may have undone a report. */
    private void reportAgain(Replica replica) {
        context.changed.add(replica.partition);
    }

    private void create(Order.Create order) {
        ReplicaMeta before = dropped.remove(order.partition());
        int generation = before == null ? 0 : before.generation() + 1;
        long term = before == null ? order.term() : Math.max(order.term(), before.term());
        Replica replica = new Replica(RecoveredReplica.empty(order.partition(), generation, term), context, answers);
        replica.termWrittenAt(
                context.persist(new LogRecord.ReplicaCreated(order.partition(), term, generation), replica));
        replicas.add(replica);
        replica.table().startsOver(replica.flush());
        context.changed.add(order.partition());
    }

    private void drop(Replica replica, Order.Drop order) {
        long term = Math.max(order.term(), replica.term());
        int generation = replica.lastGeneration();
        replica.retire();
        replicas.remove(replica.partition);
        ReplicaMeta meta = ReplicaMeta.dropped(replica.partition, generation, term);
        dropped.put(replica.partition, meta);
        context.persist(new LogRecord.ReplicaDropped(replica.partition, term, generation));
        context.emit(new Effect.Flush(replica.partition, meta, FrozenTable.empty()));
        checkpoint.dropped(replica.partition);
        context.fullReportDue = true;
    }
}
