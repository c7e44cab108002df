package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.api.ScanRequest;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.LogRecord;
import io.quorate.core.log.Space;
import io.quorate.core.message.Order;
import io.quorate.core.message.PartitionReport;
import io.quorate.core.message.Replication;
import io.quorate.core.port.ReplicaMeta;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One partition on one worker: its term, its log, its applied state and the role that it plays.
 *
 * <p>It leads (a {@link Leader} is present), follows (its {@link Follower} has a leader) or is fenced (neither). Every
 * transition goes through {@link #raiseTerm} or {@link #lead}.
 */
final class Replica {
    /** A scan goes through the active table once; one with more keys is first put aside for the pool. */
    private static final int MAX_ACTIVE_KEYS = 4_096;

    private record Load(Consumer<Optional<Record>> whenLoaded, Runnable whenDropped) {}

    private record Scan(Consumer<ScannedPage> whenScanned, Runnable whenDropped) {}

    final int partition;
    private final WorkerContext context;
    private final Answers answers;
    private final ReplicaLog log;
    private final KeyTable table;
    private final StoreQueue store;
    private final Fencing fencing;
    private final Follower follower;
    private final SnapshotReceiver receiver;
    private final Comparison comparison;
    private final Orphans orphans;
    private final Inspection inspection = new Inspection(this);
    private final Map<Long, Load> loads = new HashMap<>();
    private final Map<Long, Scan> scans = new HashMap<>();
    private int generation;
    private long term;
    private long termSequence;
    private long flushedTerm;
    private LogPosition flushedPosition = LogPosition.START;
    private long notedSequence;
    private long commitIndex;
    private @Nullable Leader leader;

    Replica(RecoveredReplica recovered, WorkerContext context, Answers answers) {
        this.partition = recovered.partition();
        this.context = context;
        this.answers = answers;
        this.generation = recovered.generation();
        this.term = recovered.term();
        this.log = recovered.log();
        this.table = new KeyTable(recovered.applied(), recovered.logTimeMillis(), recovered.remembered());
        this.commitIndex = recovered.applied().index();
        this.store = new StoreQueue(context);
        this.fencing = new Fencing(this, context);
        this.follower = new Follower(this, context);
        this.receiver = new SnapshotReceiver(this, context);
        this.comparison = new Comparison(this, context);
        this.orphans = new Orphans(answers);
        committed(context.rules
                .recovery()
                .committed(recovered.commitIndex(), log.last().index()));
    }

    ReplicaLog log() {
        return log;
    }

    KeyTable table() {
        return table;
    }

    StoreQueue store() {
        return store;
    }

    Fencing fencing() {
        return fencing;
    }

    Follower follower() {
        return follower;
    }

    SnapshotReceiver receiver() {
        return receiver;
    }

    Comparison comparison() {
        return comparison;
    }

    Inspection inspection() {
        return inspection;
    }

    Orphans orphans() {
        return orphans;
    }

    Answers answers() {
        return answers;
    }

    Optional<Leader> leader() {
        return Optional.ofNullable(leader);
    }

    boolean leads() {
        return leader != null;
    }

    long term() {
        return term;
    }

    int generation() {
        return generation;
    }

    /** The greatest generation that the store may hold once all its work is done. */
    int lastGeneration() {
        return isInstalling() ? generation + 1 : generation;
    }

    long commitIndex() {
        return commitIndex;
    }

    boolean isInstalling() {
        return receiver.isInstalling();
    }

    boolean termIsDurable() {
        return termSequence <= context.durableSequence();
    }

    PartitionReport.Role role() {
        if (leader != null) {
            return PartitionReport.Role.LEADER;
        }
        return follower.leader().isPresent() ? PartitionReport.Role.FOLLOWER : PartitionReport.Role.FENCED;
    }

    /** Persists a greater term and ends every role of older ones. Action {@code RaiseTerm}. */
    void raiseTerm(long newTerm) {
        Invariants.check(newTerm > term, "a term that does not grow");
        if (leader != null) {
            Leader deposed = leader;
            leader = null;
            deposed.stepDown();
        }
        term = newTerm;
        termSequence = context.persist(new LogRecord.TermRaised(partition, newTerm), this);
        follower.termRaised();
        fencing.termRaised();
        receiver.end();
        context.changed.add(partition);
    }

    /** Leads, if the order is for this incarnation and exactly the replica's term. Action {@code Lead}. */
    void lead(Order.Lead order) {
        boolean accepted = context.rules.lead().obeys(order, term, context.incarnation)
                && order.configuration().contains(context.self)
                && leader == null
                && follower.leader().isEmpty()
                && !isInstalling();
        if (accepted) {
            leader = new Leader(this, context, order);
            leader.begin();
            context.changed.add(partition);
        }
    }

    /** The replica is deleted: its role, its requests and its work on the store end. */
    void retire() {
        if (leader != null) {
            Leader deposed = leader;
            leader = null;
            deposed.stepDown();
        }
        follower.termRaised();
        fencing.termRaised();
        receiver.end();
        orphans.passedOver(Long.MAX_VALUE);
        loads.values().forEach(load -> load.whenDropped().run());
        loads.clear();
        scans.values().forEach(scan -> scan.whenDropped().run());
        scans.clear();
        store.finish();
    }

    /** Lets a leader of the replica's term or a greater one speak; answers whether the request is to be taken. */
    boolean admits(String from, Replication.Request request) {
        if (request.term() < term) {
            context.emit(new Effect.SendReply(from, new Replication.Deposed(partition, term, context.self)));
            return false;
        }
        if (request.term() > term) {
            raiseTerm(request.term());
        }
        Invariants.check(leader == null, "two leaders in one term");
        return true;
    }

    /** Moves the durable index; answers true the first time that it hears of this sequence. Action {@code Sync}. */
    boolean noteDurable(long sequence) {
        boolean news = sequence > notedSequence;
        notedSequence = sequence;
        log.durableUpTo(sequence);
        return news;
    }

    void onDurable() {
        if (leader != null) {
            leader.advance();
        } else {
            follower.advance();
            follower.acknowledge();
        }
        fencing.poll();
    }

    /** Applies, in order, everything up to {@code index}. Action {@code Apply}. */
    void committed(long index) {
        trimLog();
        commitIndex = Math.max(commitIndex, index);
        while (table.applied().index() < Math.min(commitIndex, log.last().index()) && !isInstalling()) {
            apply(log.entryAt(table.applied().index() + 1));
        }
    }

    private void trimLog() {
        if (leader == null) {
            log.trim(table.applied().index(), context.settings.retainedBytes());
        } else {
            leader.replicator().trimLog();
        }
    }

    private void apply(Entry entry) {
        table.apply(entry);
        orphans.applied(entry);
        if (leader != null) {
            leader.applied(entry);
        }
        for (Change change : entry.changes()) {
            if (change instanceof Change.Checksum checksum) {
                comparison.reached(checksum.comparison(), entry.index());
            }
        }
        context.changed.add(partition);
    }

    /** Brings the store, behind what it has to do already, to the applied index. */
    FrozenTable flush() {
        flushedTerm = term;
        flushedPosition = table.applied();
        FrozenTable frozen = table.freeze();
        store.submit(new Effect.Flush(partition, meta(), frozen));
        return frozen;
    }

    /** The record of this sequence number is what makes the replica's term durable. */
    void termWrittenAt(long sequence) {
        termSequence = sequence;
    }

    /** The table after whose flush the store has everything applied by now; empty when it has that already. */
    Optional<FrozenTable> flushForCheckpoint() {
        boolean complete = table.applied().equals(flushedPosition) && flushedTerm >= term;
        return complete ? table.newestUnflushed() : Optional.of(flush());
    }

    /** The place in the shared log of the first entry that is not applied; {@link Long#MAX_VALUE} when all are. */
    long firstUnappliedSequence() {
        return log.sequenceAfter(table.applied().index());
    }

    /** Estimate of the bytes of the entries that are not applied. */
    long unappliedBytes() {
        return log.bytesAfter(table.applied().index());
    }

    /** Writes the entries that are not applied once more, in their order, at the shared log's end. */
    void writeUnappliedAgain() {
        for (long index = table.applied().index() + 1; index <= log.last().index(); index++) {
            LogRecord copy = new LogRecord.EntryWritten(partition, log.entryAt(index));
            log.writtenAgain(index, context.persist(copy, this));
        }
    }

    ReplicaMeta meta() {
        return new ReplicaMeta(
                partition, generation, true, term, table.applied(), table.logTimeMillis(), table.remembered());
    }

    /** The installed snapshot is the state now; entries that follow it directly are kept. */
    void installed(ReplicaMeta meta, boolean keepSuffix) {
        generation = meta.generation();
        flushedTerm = meta.term();
        flushedPosition = meta.applied();
        table.reset(meta);
        if (!keepSuffix) {
            context.persist(new LogRecord.BaseSet(partition, generation, meta.applied()), this);
            log.reset(meta.applied());
        }
        orphans.passedOver(meta.applied().index());
        committed(meta.applied().index());
        context.changed.add(partition);
    }

    /** Asks the store for a key that memory does not know; no answer comes when the replica is deleted before. */
    void load(Space space, Bytes key, Consumer<Optional<Record>> whenLoaded, Runnable whenDropped) {
        long load = context.nextLoad();
        loads.put(load, new Load(whenLoaded, whenDropped));
        store.loadIssued(load);
        context.emit(new Effect.Load(partition, load, space, key));
    }

    void loaded(long load, Optional<Record> record) {
        Load waiting = loads.remove(load);
        store.loadDone(load);
        if (waiting != null) {
            waiting.whenLoaded().accept(record);
        }
    }

    /** Goes through some keys as they are at {@link KeyTable#applied}; see {@link #load}. */
    void scan(ScanRequest request, Consumer<ScannedPage> whenScanned, Runnable whenDropped) {
        if (table.activeKeys() > MAX_ACTIVE_KEYS) {
            flush();
        }
        long load = context.nextLoad();
        scans.put(load, new Scan(whenScanned, whenDropped));
        store.loadIssued(load);
        context.emit(new Effect.Scan(partition, load, request, table.range(request.prefix())));
    }

    void scanned(long load, ScannedPage page) {
        Scan waiting = scans.remove(load);
        store.loadDone(load);
        if (waiting != null) {
            waiting.whenScanned().accept(page);
        }
    }

    int loadsInFlight() {
        return loads.size();
    }

    PartitionReport report() {
        return new PartitionReport(
                partition,
                term,
                role(),
                leader != null && leader.isEstablished(),
                log.last(),
                commitIndex,
                table.applied().index(),
                table.bytes(),
                leader == null ? java.util.List.of() : leader.peers());
    }
}
