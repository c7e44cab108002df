package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import io.quorate.api.Partitioning;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.cluster.PartitionRoute;
import io.quorate.core.message.ForwardedReply;
import io.quorate.core.replica.GatewayRequest.Whereabouts;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes clients' requests on any worker, brings each to its partition's leader and answers within its deadline.
 *
 * <p>A request that is in no log waits here and is tried again. A write that was handed to a leader is handed to another
 * one only if it may be repeated: else, when that leader is lost, the write's fate is unknown.
 */
final class Gateway {
    /** Requests that are not answered yet. */
    static final int MAX_REQUESTS = 65_536;

    /** A leader that was deposed is given so long to say what became of a write. */
    private static final long DEPOSED_ANSWER_NANOS = 150 * Now.NANOS_PER_MILLI;

    private static final long RETRY_NANOS = 20 * Now.NANOS_PER_MILLI;

    /** For what is asked all the time by many, and waits for news anyway. */
    private static final long PATIENT_RETRY_NANOS = 250 * Now.NANOS_PER_MILLI;

    /** A write that a deposed leader has, which is given up then unless that leader has said something. */
    private record Deposed(GatewayRequest request, long giveUpAtNanos) {}

    private final WorkerContext context;
    private final Replicas replicas;
    private final Map<Long, GatewayRequest> requests = new LinkedHashMap<>();

    /** All of {@link #requests}, those that are due first in front. */
    private final TreeSet<GatewayRequest> deadlines =
            new TreeSet<>(Comparator.<GatewayRequest>comparingLong(request -> request.deadlineNanos)
                    .thenComparingLong(request -> request.ticket));

    private final TreeMap<Long, GatewayRequest> waiting = new TreeMap<>();
    private final Deque<Deposed> deposed = new ArrayDeque<>();
    private final TreeSet<String> linked = new TreeSet<>();
    private final Freshness freshness;
    private ClusterMap map = ClusterMap.EMPTY;
    private @Nullable Partitioning partitioning;
    /** No request that waits is to be tried again before. */
    private long nextRetryNanos = Long.MAX_VALUE;

    Gateway(WorkerContext context, Replicas replicas) {
        this.context = context;
        this.replicas = replicas;
        this.freshness = new Freshness(context);
    }

    Freshness freshness() {
        return freshness;
    }

    ClusterMap map() {
        return map;
    }

    /** The partition of a key; empty before the map is known. */
    Optional<Integer> partitionOf(Bytes key) {
        return Optional.ofNullable(partitioning).map(known -> known.of(key));
    }

    private Optional<Integer> partitionOf(ClientRequest request) {
        return partitioning == null ? Optional.empty() : Optional.of(request.partition(partitioning));
    }

    void map(ClusterMap newer) {
        if (newer.version() <= map.version()) {
            return;
        }
        map = newer;
        if (partitioning == null && newer.partitions() > 0) {
            partitioning = new Partitioning(newer.partitions());
        }
        for (GatewayRequest request : List.copyOf(requests.values())) {
            if (request.whereabouts instanceof Whereabouts.Forwarded forwarded) {
                leaderChanged(request, forwarded);
            }
        }
        retry();
    }

    private void leaderChanged(GatewayRequest request, Whereabouts.Forwarded forwarded) {
        Optional<PartitionRoute> route = route(request);
        if (route.isEmpty() || route.get().term() <= forwarded.term()) {
            return;
        }
        if (request.request.isRepeatable()) {
            repeat(request, 0);
        } else if (route.get().establishedTerm() > forwarded.term()) {
            awaitDeposed(request, forwarded);
        }
    }

    private Optional<PartitionRoute> route(GatewayRequest request) {
        return partitionOf(request.request).flatMap(map::route);
    }

    /** A deposed leader that can be reached soon says what became of the write; otherwise nobody can. */
    private void awaitDeposed(GatewayRequest request, Whereabouts.Forwarded forwarded) {
        if (!linked.contains(forwarded.worker())) {
            unknown(request);
        } else if (request.giveUpAtNanos == Long.MAX_VALUE) {
            request.giveUpAtNanos = context.nanos() + DEPOSED_ANSWER_NANOS;
            deposed.add(new Deposed(request, request.giveUpAtNanos));
            context.wakeBy(request.giveUpAtNanos);
        }
    }

    private void giveUpDeposed() {
        while (!deposed.isEmpty()) {
            Deposed first = deposed.getFirst();
            boolean waits = first.giveUpAtNanos() == first.request().giveUpAtNanos
                    && requests.containsKey(first.request().ticket);
            if (waits && first.giveUpAtNanos() > context.nanos()) {
                context.wakeBy(first.giveUpAtNanos());
                return;
            }
            deposed.removeFirst();
            if (waits) {
                unknown(first.request());
            }
        }
    }

    /** Its leader is lost: it is handed to the next one. */
    private void repeat(GatewayRequest request, long atNanos) {
        request.mayBeInLog |= request.isWrite();
        keep(request, atNanos);
    }

    private void unknown(GatewayRequest request) {
        finish(
                request,
                new Outcome.Unknown("the leader was lost after it was given the write; "
                        + "read the key to see whether it was applied"));
    }

    void linkUp(String worker) {
        linked.add(worker);
        retry();
    }

    void linkDown(String worker) {
        linked.remove(worker);
        for (GatewayRequest request : List.copyOf(requests.values())) {
            boolean lost = request.whereabouts instanceof Whereabouts.Forwarded forwarded
                    && forwarded.worker().equals(worker);
            if (lost && request.giveUpAtNanos != Long.MAX_VALUE) {
                unknown(request);
            } else if (lost && request.request.isRepeatable()) {
                repeat(request, context.nanos() + RETRY_NANOS);
            }
        }
    }

    void take(long ticket, ClientRequest asked, long deadlineNanos) {
        context.noteRequest();
        GatewayRequest request = new GatewayRequest(ticket, asked, context.nanos(), deadlineNanos);
        if (requests.size() >= MAX_REQUESTS) {
            context.emit(
                    request.refused(Problem.OVERLOADED, "this worker has " + MAX_REQUESTS + " requests under way"));
            return;
        }
        requests.put(ticket, request);
        deadlines.add(request);
        context.wakeBy(deadlineNanos);
        dispatch(request);
    }

    private void dispatch(GatewayRequest request) {
        Optional<PartitionRoute> route = route(request);
        if (route.isEmpty() && tooFewWorkers() && !request.mayBeInLog) {
            refuse(request, Problem.NOT_READY, tooFewWorkersDetail());
            return;
        }
        if (partitioning != null && !request.isOfOnePartition(partitioning)) {
            refuse(request, Problem.BAD_REQUEST, "all keys of an atomic write belong to one partition");
            return;
        }
        Optional<Member> leader = route.flatMap(PartitionRoute::leader);
        if (leader.isEmpty()) {
            keep(request, Long.MAX_VALUE);
        } else if (leader.get().equals(context.self)) {
            handToOwnLeader(request);
        } else if (linked.contains(leader.get().worker())) {
            forward(request, leader.get().worker(), route.get());
        } else {
            keep(request, Long.MAX_VALUE);
        }
    }

    private boolean tooFewWorkers() {
        return map.version() > 0 && map.workers().size() < map.writeQuorum();
    }

    private String tooFewWorkersDetail() {
        int registered = map.workers().size();
        return "%d worker%s registered, WRITE_QUORUM is %d: start another worker, or create the cluster with WRITE_QUORUM=%d"
                .formatted(registered, registered == 1 ? " is" : "s are", map.writeQuorum(), Math.max(1, registered));
    }

    private void handToOwnLeader(GatewayRequest request) {
        Optional<Leader> leader =
                partitionOf(request.request).flatMap(replicas::find).flatMap(Replica::leader);
        if (leader.isEmpty()) {
            keep(request, context.nanos() + RETRY_NANOS);
            return;
        }
        waiting.remove(request.ticket);
        request.whereabouts = new Whereabouts.Local();
        leader.get().take(new Origin.Local(request.ticket), request.request, request.deadlineNanos);
    }

    private void forward(GatewayRequest request, String worker, PartitionRoute route) {
        waiting.remove(request.ticket);
        request.whereabouts = new Whereabouts.Forwarded(worker, route.term());
        request.handedNanos = context.nanos();
        long remaining = Math.max(0, (request.deadlineNanos - context.nanos()) / Now.NANOS_PER_MILLI);
        long margin = Math.min(50, remaining / 8);
        context.emit(new Effect.SendForward(
                worker, request.forwarded(route.partition(), remaining - margin, map.version())));
    }

    /** The request came back, or could not even be queued for the other worker: it is in no log. */
    void bounced(long ticket) {
        GatewayRequest request = requests.get(ticket);
        if (request != null) {
            request.giveUpAtNanos = Long.MAX_VALUE;
            keep(request, context.nanos() + (request.isPatient() ? PATIENT_RETRY_NANOS : RETRY_NANOS));
        }
    }

    private void keep(GatewayRequest request, long retryAtNanos) {
        request.whereabouts = new Whereabouts.Waiting(retryAtNanos);
        nextRetryNanos = Math.min(nextRetryNanos, retryAtNanos);
        waiting.put(request.ticket, request);
        context.wakeBy(retryAtNanos);
    }

    void answered(ForwardedReply reply) {
        GatewayRequest request = requests.get(reply.ticket());
        if (request == null || !(request.whereabouts instanceof Whereabouts.Forwarded)) {
            return;
        }
        switch (reply) {
            case ForwardedReply.Written written -> {
                held(request).ifPresent(partition -> freshness.shownBy(request, partition, written.outcome()));
                decided(request, request.seenFromHere(written.outcome(), context.now(), context.self.worker()));
            }
            case ForwardedReply.Answered answered -> {
                held(request).ifPresent(partition -> freshness.shownBy(request, partition, answered.outcome()));
                finishRead(request, answered.outcome());
            }
            case ForwardedReply.Scanned scanned ->
                finish(request, new Effect.ScanDone(request.ticket, scanned.outcome()));
            case ForwardedReply.Watched watched ->
                finish(request, new Effect.WatchDone(request.ticket, watched.outcome()));
            case ForwardedReply.NotLeader _ -> bounced(reply.ticket());
        }
    }

    private Optional<Integer> held(GatewayRequest request) {
        return partitionOf(request.request)
                .filter(partition -> replicas.find(partition).isPresent());
    }

    private void finishRead(GatewayRequest request, ReadOutcome outcome) {
        ReadOutcome checked = request.request instanceof ClientRequest.Read read ? read.checked(outcome) : outcome;
        finish(request, new Effect.ReadDone(request.ticket, checked));
    }

    void written(long ticket, Outcome outcome) {
        GatewayRequest request = requests.get(ticket);
        if (request != null) {
            decided(request, outcome);
        }
    }

    /** A leader has answered a write; what it does not know of a repeatable one, the next leader does. */
    private void decided(GatewayRequest request, Outcome outcome) {
        if (request.request.isRepeatable() && request.isLeftOpenBy(outcome)) {
            repeat(request, context.nanos() + RETRY_NANOS);
        } else {
            finish(request, request.known(outcome));
        }
    }

    /** A read has its answer from the leader on this worker. */
    void read(long ticket, ReadOutcome outcome) {
        GatewayRequest request = requests.get(ticket);
        if (request != null) {
            finishRead(request, outcome);
        }
    }

    /** A request that is neither a write nor a read has its answer. */
    void done(long ticket, Effect done) {
        GatewayRequest request = requests.get(ticket);
        if (request != null) {
            finish(request, done);
        }
    }

    /** Tries everything again that waits here. */
    void retry() {
        List.copyOf(waiting.values()).forEach(this::dispatch);
    }

    void tick() {
        long now = context.nanos();
        giveUpDeposed();
        while (!deadlines.isEmpty() && deadlines.first().deadlineNanos <= now) {
            expire(deadlines.first());
        }
        if (nextRetryNanos <= now) {
            retryDue(now);
        }
        context.wakeBy(nextRetryNanos);
        if (!deadlines.isEmpty()) {
            context.wakeBy(deadlines.first().deadlineNanos);
        }
    }

    private void retryDue(long now) {
        nextRetryNanos = Long.MAX_VALUE;
        for (GatewayRequest request : List.copyOf(waiting.values())) {
            if (request.whereabouts instanceof Whereabouts.Waiting(long retryAt)) {
                if (retryAt <= now) {
                    dispatch(request);
                } else {
                    nextRetryNanos = Math.min(nextRetryNanos, retryAt);
                }
            }
        }
    }

    private void expire(GatewayRequest request) {
        if (request.whereabouts instanceof Whereabouts.Waiting && !request.mayBeInLog) {
            String where = partitionOf(request.request)
                    .map(partition -> " of partition " + partition)
                    .orElse("");
            refuse(request, Problem.NO_LEADER, "no leader" + where + " could be reached in time");
        } else if (request.isWrite()) {
            finish(request, new Outcome.Unknown("the write quorum did not confirm the write in time"));
        } else {
            refuse(request, Problem.DEADLINE, "the leader did not answer in time");
        }
    }

    private void refuse(GatewayRequest request, Problem problem, String detail) {
        finish(request, request.refused(problem, detail));
    }

    private void finish(GatewayRequest request, Outcome outcome) {
        finish(request, new Effect.WriteDone(request.ticket, outcome));
    }

    private void finish(GatewayRequest request, Effect done) {
        forget(request);
        context.emit(done);
    }

    private void forget(GatewayRequest request) {
        requests.remove(request.ticket);
        waiting.remove(request.ticket);
        deadlines.remove(request);
    }
}
