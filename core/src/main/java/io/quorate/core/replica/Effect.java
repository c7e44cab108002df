package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import io.quorate.api.WatchOutcome;
import io.quorate.core.log.LogRecord;
import io.quorate.core.log.Space;
import io.quorate.core.message.ForwardedReply;
import io.quorate.core.message.ForwardedRequest;
import io.quorate.core.message.OrderAnswer;
import io.quorate.core.message.Replication;
import io.quorate.core.port.ReplicaMeta;

/** What a worker's core wants done; carried out in the order in which it was given. */
public sealed interface Effect {
    /** Append the record to the shared log, where it gets this sequence number; tell when it is durable. */
    record Persist(long sequence, LogRecord record) implements Effect {}

    /** Everything below the sequence number may be forgotten by the shared log. */
    record ReleaseLog(long belowSequence) implements Effect {}

    /** Send on the link that this worker dials. */
    record SendRequest(String worker, Replication.Request request) implements Effect {}

    /** Send on the link that the other worker dialled. */
    record SendReply(String worker, Replication.Reply reply) implements Effect {}

    /** Answer an order on the link that the controller dialled. */
    record AnswerOrder(String controller, OrderAnswer answer) implements Effect {}

    /** Send a client's request to the worker that leads. */
    record SendForward(String worker, ForwardedRequest request) implements Effect {}

    /** Answer a forwarded request. */
    record SendForwardReply(String worker, ForwardedReply reply) implements Effect {}

    /** Answer a write taken by this worker. */
    record WriteDone(long ticket, Outcome outcome) implements Effect {}

    /** Answer a read taken by this worker. */
    record ReadDone(long ticket, ReadOutcome outcome) implements Effect {}

    /** Answer a scan taken by this worker. */
    record ScanDone(long ticket, ScanOutcome outcome) implements Effect {}

    /** Answer a watch taken by this worker. */
    record WatchDone(long ticket, WatchOutcome outcome) implements Effect {}

    /** Read the key from the store on the pool and call {@link WorkerCore#loaded}. */
    record Load(int partition, long load, Space space, Bytes key) implements Effect {}

    /** Lay what memory knows over the store on the pool and call {@link WorkerCore#scanned}. */
    record Scan(int partition, long load, ScanRequest request, MemoryRange memory) implements Effect {}

    /** The next heartbeat should go at once. */
    record ReportNow() implements Effect {}

    /** Work for the store, done in order for each partition, each followed by a call that says it is done. */
    sealed interface StoreWork extends Effect {
        /** The partition it is about. */
        int partition();
    }

    /** Write the table and the meta; then {@link WorkerCore#flushed}. */
    record Flush(int partition, ReplicaMeta meta, FrozenTable table) implements StoreWork {}

    /** Open a snapshot of the stored state; then {@link WorkerCore#pieceRead} with the first piece. */
    record OpenSnapshot(int partition, long transfer) implements StoreWork {}

    /** Read the next piece of an open snapshot; then {@link WorkerCore#pieceRead}. */
    record ReadPiece(int partition, long transfer) implements StoreWork {}

    /** Close an open snapshot; nothing follows. */
    record CloseSnapshot(int partition, long transfer) implements StoreWork {}

    /** Stage a piece, the first of which drops what was staged before; then {@link WorkerCore#pieceStaged}. */
    record StagePiece(int partition, long transfer, int sequence, Bytes piece) implements StoreWork {}

    /** Make what is staged the state; then {@link WorkerCore#snapshotInstalled}. */
    record InstallSnapshot(int partition, long transfer, ReplicaMeta meta) implements StoreWork {}

    /** Forget what is staged; nothing follows. */
    record AbandonSnapshot(int partition, long transfer) implements StoreWork {}

    /** Compute the digest of the stored state; then {@link WorkerCore#digested}. */
    record Digest(int partition, long comparison, long index) implements StoreWork {}

    /** Find at most {@code limit} records that have expired by then; then {@link WorkerCore#expired}. */
    record FindExpired(int partition, long logTimeMillis, int limit) implements StoreWork {}

    /** Sync all that was written to the store; then {@link WorkerCore#storeSynced}. */
    record SyncStore(long checkpoint) implements Effect {}

    /** Answer a pull. */
    record PullDone(long ticket, int partitions, int behind, int repaired, long bytes, long millis) implements Effect {}
}
