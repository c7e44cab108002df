package io.quorate.core.port;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadRequest;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WatchRequest;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.ClusterMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a worker's front ends ask of it; called, and answered, on the worker's event loop. */
public interface WorkerService {
    /** Writes through the partition's leader, wherever it is; answered within the time-out. */
    void write(WriteRequest request, long timeoutMillis, Consumer<Outcome> whenDone);

    /**
     * Reads, from the replica here if that is enough, else from the partition's leader; a {@code LOCAL} read without a
     * minimum is answered {@code MISDIRECTED}, naming the replicas, when this worker keeps none.
     */
    void read(ReadRequest request, long timeoutMillis, Consumer<ReadOutcome> whenDone);

    /** Reads some of a partition's keys at one moment, from its leader, wherever it is. */
    void scan(ScanRequest request, long timeoutMillis, Consumer<ScanOutcome> whenDone);

    /** Waits for changes of some of a partition's keys at its leader, wherever it is; answered within the time-out. */
    void watch(WatchRequest request, long timeoutMillis, Consumer<WatchOutcome> whenDone);

    /** Keys held by this worker, ascending over all its partitions. */
    void keys(KeyQuery query, Consumer<KeyPage> whenDone);

    /** Compares every replica that follows with its leader's and repairs what differs. */
    void pull(Consumer<PullReport> whenDone);

    /** The map as this worker knows it. */
    ClusterMap map();

    /** How the worker stands. */
    WorkerStatus status();

    /**
     * Which keys to list.
     *
     * @param prefix keys begin with it; may be empty
     * @param after keys are greater than it; empty from the beginning
     * @param limit at most so many, 1 to 10,000
     */
    record KeyQuery(Bytes prefix, Optional<Bytes> after, int limit) {}

    /**
     * A page of keys.
     *
     * @param more whether keys follow the last one
     */
    record KeyPage(List<Bytes> keys, boolean more) {}

    /**
     * What {@link #pull} did.
     *
     * @param partitions compared
     * @param behind could not be compared in time
     * @param repaired differed and were replaced
     * @param snapshots taken in
     * @param bytes of them
     * @param millis that it took
     */
    record PullReport(int partitions, int behind, int repaired, int snapshots, long bytes, long millis) {}

    /**
     * How a worker stands.
     *
     * @param checks by name whether each holds; ready when all do
     */
    record WorkerStatus(
            String worker,
            Optional<java.util.UUID> cluster,
            long incarnation,
            int partitionsHeld,
            int partitionsLed,
            boolean draining,
            java.util.SequencedMap<String, Boolean> checks) {
        /** Whether every check holds. */
        public boolean ready() {
            return checks.values().stream().allMatch(holds -> holds);
        }
    }
}
