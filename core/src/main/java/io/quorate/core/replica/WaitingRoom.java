package io.quorate.core.replica;

import io.quorate.api.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Requests that arrived before the leader's barrier was committed; none of them is in a log. */
final class WaitingRoom {
    private record Waiting(Origin origin, ClientRequest request, long deadlineNanos) {}

    private final Replica replica;
    private final WorkerContext context;
    private Deque<Waiting> waiting = new ArrayDeque<>();

    WaitingRoom(Replica replica, WorkerContext context) {
        this.replica = replica;
        this.context = context;
    }

    void enter(Origin origin, ClientRequest request, long deadlineNanos) {
        if (waiting.size() >= context.settings.maxWaiting()) {
            String detail = "too many requests wait for partition " + replica.partition;
            replica.answers().refuse(origin, request, Problem.OVERLOADED, detail);
        } else {
            waiting.addLast(new Waiting(origin, request, deadlineNanos));
            context.wakeBy(deadlineNanos);
        }
    }

    void open(Leader leader) {
        Deque<Waiting> admitted = waiting;
        waiting = new ArrayDeque<>();
        admitted.forEach(each -> leader.take(each.origin(), each.request(), each.deadlineNanos()));
    }

    void tick() {
        List<Waiting> late = new ArrayList<>();
        waiting.removeIf(request -> {
            boolean isLate = request.deadlineNanos() <= context.nanos();
            if (isLate) {
                late.add(request);
            }
            return isLate;
        });
        String detail = "the new leader of partition " + replica.partition + " could not reach its quorum in time";
        late.forEach(each -> replica.answers().refuse(each.origin(), each.request(), Problem.NO_QUORUM, detail));
        waiting.forEach(request -> context.wakeBy(request.deadlineNanos()));
    }

    void close() {
        waiting.forEach(request -> replica.answers().notLeader(request.origin(), replica.term()));
        waiting.clear();
    }
}
