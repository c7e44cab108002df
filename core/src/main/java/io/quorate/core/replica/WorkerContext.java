package io.quorate.core.replica;

import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.log.LogRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the replicas of one worker share: who it is, the time of the input being handled, and the effects so far. */
final class WorkerContext {
    /** Replicas at once for which more is kept in memory than usual: a snapshot is on its way to them, or they lag. */
    private static final int MAX_TRANSFERS = 4;

    /** How a comparison ended. */
    record Compared(int partition, long comparison, Comparison.Result result, long bytes) {}

    private record Mark(long sequence, long bytes, Replica replica) {}

    final Member self;
    final long incarnation;
    final WorkerSettings settings;
    final Rules rules;
    /** Partitions of which the controller should hear with the next heartbeat. */
    final TreeSet<Integer> changed = new TreeSet<>();
    /** Whether a replica was deleted since everything was reported. */
    boolean fullReportDue;

    private List<Effect> effects = new ArrayList<>();
    private final TreeMap<Integer, Replica> touched = new TreeMap<>();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long lastSequence;
    private long durableSequence;
    private long writtenBytes;
    private long backlogBytes;
    private Now now = new Now(0, 0);
    private long lastLoad;
    private long lastTransfer;
    private long transferBytes;
    private boolean diskLow;
    private boolean logFull;
    private long installs;
    private final List<Compared> comparisons = new ArrayList<>();
    private long requestsTaken;
    private long wakeAtNanos = Long.MAX_VALUE;

    WorkerContext(Member self, long incarnation, WorkerSettings settings, Rules rules, long lastSequence) {
        this.self = self;
        this.incarnation = incarnation;
        this.settings = settings;
        this.rules = rules;
        this.lastSequence = lastSequence;
        this.durableSequence = lastSequence;
    }

    /** The replica leads and has something to send at the end of the turn. */
    void touch(Replica replica) {
        touched.put(replica.partition, replica);
    }

    List<Replica> takeTouched() {
        List<Replica> taken = List.copyOf(touched.values());
        touched.clear();
        return taken;
    }

    void at(Now time) {
        now = time;
    }

    Now now() {
        return now;
    }

    long nanos() {
        return now.monotonicNanos();
    }

    void emit(Effect effect) {
        effects.add(effect);
    }

    List<Effect> drain() {
        List<Effect> drained = effects;
        effects = new ArrayList<>();
        return drained;
    }

    /** Writes the record and has the replica told when it is durable. */
    long persist(LogRecord record, Replica replica) {
        long writtenBefore = writtenBytes;
        long sequence = persist(record);
        long bytes = writtenBytes - writtenBefore;
        marks.addLast(new Mark(sequence, bytes, replica));
        backlogBytes += bytes;
        return sequence;
    }

    long persist(LogRecord record) {
        lastSequence++;
        writtenBytes += EntrySizes.of(record);
        emit(new Effect.Persist(lastSequence, record));
        return lastSequence;
    }

    /** Estimate of the bytes of all records since the start. */
    long writtenBytes() {
        return writtenBytes;
    }

    long lastSequence() {
        return lastSequence;
    }

    long durableSequence() {
        return durableSequence;
    }

    void durable(long sequence) {
        durableSequence = Math.max(durableSequence, sequence);
        List<Replica> told = new ArrayList<>();
        while (!marks.isEmpty() && marks.getFirst().sequence() <= sequence) {
            Mark mark = marks.removeFirst();
            backlogBytes -= mark.bytes();
            if (mark.replica().noteDurable(sequence)) {
                told.add(mark.replica());
            }
        }
        told.forEach(Replica::onDurable);
    }

    long nextLoad() {
        return ++lastLoad;
    }

    long nextTransfer() {
        return ++lastTransfer;
    }

    void disk(boolean low, boolean full) {
        diskLow = low;
        logFull = full;
    }

    /** Little is free on the disk: nothing that grows is taken from clients. */
    boolean diskIsLow() {
        return diskLow;
    }

    /** The shared log is too long, or has so much waiting for the disk that no client write should be added. */
    boolean logIsFull() {
        return logFull || backlogBytes > 2 * settings.maxBacklogBytes();
    }

    /** So much waits for the disk that only what cannot be sent again should be added. */
    boolean diskIsBehind() {
        return backlogBytes > settings.maxBacklogBytes();
    }

    /** Counts snapshots that began to be installed. */
    long installs() {
        return installs;
    }

    void noteInstall() {
        installs++;
    }

    /** A comparison that this worker asked for ended. */
    void compared(int partition, long comparison, Comparison.Result result, long bytes) {
        comparisons.add(new Compared(partition, comparison, result, bytes));
    }

    List<Compared> takeComparisons() {
        List<Compared> taken = List.copyOf(comparisons);
        comparisons.clear();
        return taken;
    }

    /**
     * Takes what is kept in memory for a replica that is sent a snapshot or lags: the wanted bytes, less when others
     * have them, but at least an equal share; 0 when there is no share left.
     */
    long startTransfer(long wantedBytes) {
        long share = settings.transferBytes() / MAX_TRANSFERS;
        long left = settings.transferBytes() - transferBytes;
        long granted = left < share ? 0 : Math.min(left, Math.max(share, wantedBytes));
        transferBytes += granted;
        return granted;
    }

    void endTransfer(long grantedBytes) {
        transferBytes -= grantedBytes;
    }

    /** Counts a client's request. */
    void noteRequest() {
        requestsTaken++;
    }

    long requestsTaken() {
        return requestsTaken;
    }

    /** A tick is wanted at that time at the latest. */
    void wakeBy(long nanos) {
        wakeAtNanos = Math.min(wakeAtNanos, nanos);
    }

    long wakeAtNanos() {
        return wakeAtNanos;
    }

    void forgetWake() {
        wakeAtNanos = Long.MAX_VALUE;
    }
}
