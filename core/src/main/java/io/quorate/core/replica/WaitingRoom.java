package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.WriteRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Requests that arrived before the leader's barrier was committed; none of them is in a log. */
final class WaitingRoom {
    private record Waiting(Origin origin, Bytes key, Optional<WriteRequest> write, long deadlineNanos) {}

    private final Replica replica;
    private final WorkerContext context;
    private Deque<Waiting> waiting = new ArrayDeque<>();

    WaitingRoom(Replica replica, WorkerContext context) {
        this.replica = replica;
        this.context = context;
    }

    void write(Origin origin, WriteRequest request, long deadlineNanos) {
        enter(new Waiting(origin, request.key(), Optional.of(request), deadlineNanos));
    }

    void read(Origin origin, Bytes key, long deadlineNanos) {
        enter(new Waiting(origin, key, Optional.empty(), deadlineNanos));
    }

    private void enter(Waiting request) {
        if (waiting.size() >= context.settings.maxWaiting()) {
            refuse(request, Problem.OVERLOADED, "too many requests wait for partition " + replica.partition);
        } else {
            waiting.addLast(request);
            context.wakeBy(request.deadlineNanos());
        }
    }

    void open(Leader leader) {
        Deque<Waiting> admitted = waiting;
        waiting = new ArrayDeque<>();
        for (Waiting request : admitted) {
            request.write()
                    .ifPresentOrElse(
                            write -> leader.write(request.origin(), write, request.deadlineNanos()),
                            () -> leader.read(request.origin(), request.key(), request.deadlineNanos()));
        }
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
        late.forEach(request -> refuse(
                request,
                Problem.NO_QUORUM,
                "the new leader of partition " + replica.partition + " could not reach its quorum in time"));
        waiting.forEach(request -> context.wakeBy(request.deadlineNanos()));
    }

    void close() {
        waiting.forEach(request -> replica.answers().notLeader(request.origin(), replica.term()));
        waiting.clear();
    }

    private void refuse(Waiting request, Problem problem, String detail) {
        if (request.write().isPresent()) {
            replica.answers().written(request.origin(), new Outcome.NotApplied(problem, detail));
        } else {
            replica.answers().read(request.origin(), new ReadOutcome.NotServed(problem, detail));
        }
    }
}
