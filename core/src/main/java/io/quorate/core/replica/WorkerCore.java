package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.ReadRequest;
import io.quorate.api.Record;
import io.quorate.api.ScanRequest;
import io.quorate.api.WatchRequest;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.message.Message;
import io.quorate.core.message.PartitionReport;
import io.quorate.core.port.Expiries;
import io.quorate.core.port.ReplicaMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A worker without its surroundings: every method takes an input and the time, changes state and leaves effects, which
 * {@link #endTurn} hands out.
 *
 * <p>Not thread-safe: one thread calls it. After any number of inputs, {@code endTurn} must be called; then, at
 * {@link #wakeAtNanos} at the latest, {@link #tick}.
 */
public final class WorkerCore {
    private final WorkerContext context;
    private final Replicas replicas = new Replicas();
    private final Gateway gateway;
    private final Requests requests;
    private final OwnReads ownReads;
    private final OrderDesk orders;
    private final ReplicationDesk replication;
    private final Checkpoint checkpoint;
    private final Map<Long, Pull> pulls = new TreeMap<>();

    /**
     * @param self this worker on this disk
     * @param incarnation of this start
     * @param lastSequence of the last record that the shared log holds
     * @param recovery what store and log contain
     */
    public WorkerCore(
            Member self,
            long incarnation,
            WorkerSettings settings,
            Rules rules,
            long lastSequence,
            Recovery recovery,
            Now now) {
        this.context = new WorkerContext(self, incarnation, settings, rules, lastSequence);
        context.at(now);
        this.gateway = new Gateway(context, replicas);
        this.requests = new Requests(context, replicas, gateway);
        this.ownReads = new OwnReads(context, replicas, gateway);
        this.checkpoint = new Checkpoint(context, replicas);
        this.orders = new OrderDesk(context, replicas, requests, checkpoint);
        this.replication = new ReplicationDesk(context, replicas);
        for (RecoveredReplica recovered : recovery.held()) {
            Replica replica = new Replica(recovered, context, requests);
            replicas.add(replica);
            replica.fencing().assumePromise();
            FrozenTable first = replica.flush();
            if (recovered.applied().equals(LogPosition.START)) {
                replica.table().startsOver(first);
            }
        }
        recovery.dropped().forEach(orders::rememberDropped);
    }

    /** A newer map; an older one is ignored. */
    public void map(ClusterMap map, Now now) {
        context.at(now);
        gateway.map(map);
    }

    /** A controller has heard this start of the worker, and registered it: no other start of its disk was later. */
    public void registered(Now now) {
        context.at(now);
        replication.registered();
    }

    /** A message of another process arrived. */
    public void received(String from, Message message, Now now) {
        context.at(now);
        switch (message) {
            case Message.Orders batch -> batch.orders().forEach(order -> orders.carryOut(from, order));
            case Message.MapChanged changed -> gateway.map(changed.map());
            case Message.ReplicationRequests batch ->
                batch.requests().forEach(request -> replication.request(from, request));
            case Message.ReplicationReplies batch -> batch.replies().forEach(replication::reply);
            case Message.Forward forward -> requests.forwarded(from, forward.request());
            case Message.ForwardReply reply -> gateway.answered(reply.reply());
            case Message.OrderAnswers _ -> {}
        }
    }

    /** The link that this worker dials to another one came up. */
    public void linkUp(String worker, Now now) {
        context.at(now);
        gateway.linkUp(worker);
        replicas.all()
                .forEach(replica ->
                        replica.leader().ifPresent(leader -> leader.replicator().linkUp(worker)));
    }

    /** The link that this worker dials to another one broke: what was on its way may be lost. */
    public void linkDown(String worker, Now now) {
        context.at(now);
        gateway.linkDown(worker);
    }

    /** Everything up to the sequence number is on disk. */
    public void durable(long sequence, Now now) {
        context.at(now);
        context.durable(sequence);
        checkpoint.logSynced();
    }

    /** A client's write; answered by {@link Effect.WriteDone} with the same ticket. */
    public void write(long ticket, WriteRequest request, long deadlineNanos, Now now) {
        context.at(now);
        gateway.take(ticket, new ClientRequest.Write(request), deadlineNanos);
    }

    /** A client's read; answered by {@link Effect.ReadDone} with the same ticket. */
    public void read(long ticket, ReadRequest request, long deadlineNanos, Now now) {
        context.at(now);
        ownReads.read(ticket, request, deadlineNanos);
    }

    /** A client's linearizable scan of a partition; answered by {@link Effect.ScanDone} with the same ticket. */
    public void scan(long ticket, ScanRequest request, long deadlineNanos, Now now) {
        context.at(now);
        gateway.take(ticket, new ClientRequest.Scan(request), deadlineNanos);
    }

    /** A client's wait for changes of a partition; answered by {@link Effect.WatchDone} with the same ticket. */
    public void watch(long ticket, WatchRequest request, long deadlineNanos, Now now) {
        context.at(now);
        gateway.take(ticket, new ClientRequest.Watch(request), deadlineNanos);
    }

    /** The forwarded request was not sent: the link is down or full. */
    public void forwardDropped(long ticket, Now now) {
        context.at(now);
        gateway.bounced(ticket);
    }

    /** Compares all replicas that follow with their leaders; answered by {@link Effect.PullDone}. */
    public void pull(long ticket, Now now) {
        context.at(now);
        Pull pull = new Pull(context, replicas, ticket);
        pulls.put(ticket, pull);
        pull.begin();
    }

    /** A load ended. */
    public void loaded(int partition, long load, Optional<Record> record, Now now) {
        context.at(now);
        replicas.find(partition).ifPresent(replica -> replica.loaded(load, record));
    }

    /** A scan of the store ended. */
    public void scanned(int partition, long load, ScannedPage page, Now now) {
        context.at(now);
        replicas.find(partition).ifPresent(replica -> replica.scanned(load, page));
    }

    /** A flush ended. */
    public void flushed(int partition, FrozenTable table, Now now) {
        context.at(now);
        replicas.find(partition).ifPresent(replica -> replica.table().flushed(table));
        checkpoint.flushed(partition, table);
    }

    /** A piece of a snapshot was read; {@code last} with the piece after which there is none. */
    public void pieceRead(int partition, long transfer, Bytes piece, boolean last, long estimatedBytes, Now now) {
        context.at(now);
        replicas.find(partition)
                .flatMap(Replica::leader)
                .ifPresent(leader -> leader.replicator().pieceRead(transfer, piece, last, estimatedBytes));
    }

    /** A piece of a snapshot was staged. */
    public void pieceStaged(int partition, long transfer, int sequence, Now now) {
        context.at(now);
        replicas.find(partition).ifPresent(replica -> replica.receiver().staged(transfer, sequence));
    }

    /** A snapshot is the stored state now. */
    public void snapshotInstalled(int partition, long transfer, Now now) {
        context.at(now);
        replicas.find(partition).ifPresent(replica -> replica.receiver().installed(transfer));
    }

    /** A digest of the stored state was computed. */
    public void digested(int partition, long comparison, long index, long digest, Now now) {
        context.at(now);
        replicas.find(partition).ifPresent(replica -> replica.comparison().digested(comparison, index, digest));
    }

    /** A search for what had expired by {@code logTimeMillis} ended. */
    public void expired(int partition, long logTimeMillis, Expiries expiries, Now now) {
        context.at(now);
        replicas.find(partition).flatMap(Replica::leader).ifPresent(leader -> leader.expired(logTimeMillis, expiries));
    }

    /** Begins a checkpoint unless one is under way. */
    public void checkpoint(Now now) {
        context.at(now);
        checkpoint.begin();
    }

    /** Whether a checkpoint is under way. */
    public boolean checkpointRuns() {
        return checkpoint.isRunning();
    }

    /** The store was synced for a checkpoint. */
    public void storeSynced(long number, Now now) {
        context.at(now);
        checkpoint.synced(number);
    }

    /**
     * How the disk stands.
     *
     * @param low little is free: client writes that grow are refused
     * @param logFull the shared log is behind: client writes are refused until it is not
     */
    public void disk(boolean low, boolean logFull) {
        context.disk(low, logFull);
    }

    /** Whether so much waits for the disk that entries of other leaders are not taken. */
    public boolean diskIsBehind() {
        return context.diskIsBehind();
    }

    /** Does what is due. */
    public void tick(Now now) {
        context.at(now);
        context.forgetWake();
        for (Replica replica : replicas.all()) {
            replica.leader().ifPresent(Leader::tick);
            replica.fencing().poll();
        }
        gateway.tick();
    }

    /** When {@link #tick} is wanted at the latest, on the monotonic clock; {@link Long#MAX_VALUE} for not at all. */
    public long wakeAtNanos() {
        return context.wakeAtNanos();
    }

    /** Sends what was gathered, and hands out the effects since the last call, in order. */
    public List<Effect> endTurn(Now now) {
        context.at(now);
        for (WorkerContext.Compared compared : context.takeComparisons()) {
            Optional.ofNullable(pulls.get(compared.comparison()))
                    .ifPresent(pull -> pull.ended(compared.partition(), compared.result(), compared.bytes()));
        }
        pulls.values().removeIf(Pull::poll);
        for (Replica replica : context.takeTouched()) {
            replica.leader().ifPresent(Leader::flush);
        }
        return context.drain();
    }

    /** What this worker knows of the cluster. */
    public ClusterMap map() {
        return gateway.map();
    }

    /** Reports of at most {@code limit} partitions that changed since they were last taken. */
    public List<PartitionReport> takeReports(int limit) {
        List<PartitionReport> reports = new ArrayList<>();
        while (!context.changed.isEmpty() && reports.size() < limit) {
            int partition = context.changed.removeFirst();
            replicas.find(partition).ifPresent(replica -> reports.add(replica.report()));
        }
        return reports;
    }

    /** Whether there is something to report. */
    public boolean hasReports() {
        return context.fullReportDue || !context.changed.isEmpty();
    }

    /**
     * Whether all replicas are to be reported next: only that shows that one is gone. An order to delete is on its way
     * beside the heartbeats, so no one but this worker knows which of its reports came after it.
     */
    public boolean fullReportDue() {
        return context.fullReportDue;
    }

    /** Requests of clients that came to this worker, from them or from other workers. */
    public long requestsTaken() {
        return context.requestsTaken();
    }

    /** Reports of all replicas held. */
    public List<PartitionReport> fullReport() {
        context.changed.clear();
        context.fullReportDue = false;
        return replicas.all().stream().map(Replica::report).toList();
    }

    /** The roles of all replicas held. */
    public List<PartitionReport.Role> roles() {
        return replicas.all().stream().map(Replica::role).toList();
    }

    /** Partitions led here whose quorum does not answer. */
    public List<Integer> stalled(Now now) {
        context.at(now);
        return replicas.all().stream()
                .filter(replica -> replica.leader().filter(Leader::isStalled).isPresent())
                .map(replica -> replica.partition)
                .toList();
    }

    /** What memory knows of keys held here that begin with the prefix, by partition. */
    public Map<Integer, MemoryRange> ranges(Bytes prefix) {
        Map<Integer, MemoryRange> known = new TreeMap<>();
        replicas.all()
                .forEach(replica -> known.put(replica.partition, replica.table().range(prefix)));
        return known;
    }

    /** Bytes of all memory tables. */
    public long tableBytes() {
        return replicas.all().stream()
                .mapToLong(replica -> replica.table().bytes())
                .sum();
    }

    /** Idempotency keys and sessions that the replicas remember. */
    public long remembered() {
        return replicas.all().stream()
                .mapToLong(replica -> replica.table().remembered())
                .sum();
    }

    /** Drops read caches, the oldest first, until about {@code wantedBytes} are free or there are none. */
    public void evict(long wantedBytes) {
        long freed = 0;
        boolean more = true;
        while (more && freed < wantedBytes) {
            long round = 0;
            for (Replica replica : replicas.all()) {
                round += replica.table().evictOldest();
            }
            freed += round;
            more = round > 0;
        }
    }

    /** A look at every replica held. */
    public List<Inspection> inspect() {
        List<Inspection> all = new ArrayList<>();
        replicas.all().forEach(replica -> all.add(replica.inspection()));
        return all;
    }

    /** The deleted replicas whose terms are kept. */
    public List<ReplicaMeta> dropped() {
        return orders.dropped();
    }
}
