package io.quorate.api;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * How an applied write went, by one clock: microseconds after the worker that took it got it.
 *
 * <p>Each process timed what it did by its own monotonic clock. Between two processes a message is taken to have been
 * under way for half of what the way there and back took, so times of different processes may be off by as much.
 *
 * @param takenBy the worker that the client asked
 * @param leader the worker that led the partition
 * @param partition of the keys that were written
 * @param revision the entry's place in the log
 * @param quorum how many replicas had to have it on disk
 * @param arrivedMicros when the leader got it
 * @param appendedMicros when it was evaluated and in the leader's log
 * @param committedMicros when the write quorum had it on disk, as the leader heard it
 * @param answeredMicros when it was applied and the leader could answer
 * @param explainedMicros when the leader had heard of the other replicas, or no longer waited, and sent this
 * @param replicas the leader first
 */
public record Explanation(
        String takenBy,
        String leader,
        int partition,
        Revision revision,
        int quorum,
        long arrivedMicros,
        long appendedMicros,
        long committedMicros,
        long answeredMicros,
        long explainedMicros,
        List<ReplicaTimes> replicas) {
    public Explanation {
        replicas = List.copyOf(replicas);
    }

    /**
     * What a replica did when; what it had not said when the answer was due is empty.
     *
     * @param receivedMicros when it got the entry
     * @param onDiskMicros when the entry was on its disk
     * @param acknowledgedMicros when the leader heard that
     * @param appliedMicros when it had applied the entry
     */
    public record ReplicaTimes(
            String worker,
            OptionalLong receivedMicros,
            OptionalLong onDiskMicros,
            OptionalLong acknowledgedMicros,
            OptionalLong appliedMicros) {
        private ReplicaTimes later(long micros) {
            return new ReplicaTimes(
                    worker,
                    later(receivedMicros, micros),
                    later(onDiskMicros, micros),
                    later(acknowledgedMicros, micros),
                    later(appliedMicros, micros));
        }

        private static OptionalLong later(OptionalLong time, long micros) {
            return time.isPresent() ? OptionalLong.of(time.getAsLong() + micros) : time;
        }
    }

    /** The same, by the clock of a worker that took the write and handed it on so that it arrived so much later. */
    public Explanation takenBy(String worker, long micros) {
        return new Explanation(
                worker,
                leader,
                partition,
                revision,
                quorum,
                arrivedMicros + micros,
                appendedMicros + micros,
                committedMicros + micros,
                answeredMicros + micros,
                explainedMicros + micros,
                replicas.stream().map(replica -> replica.later(micros)).toList());
    }

    /**
     * When the write quorum would have had it without one of the replicas, as far as the others had acknowledged it by the
     * time of the answer; empty when it would not, and for the leader, without which another one would have been elected
     * first.
     */
    public OptionalLong committedWithout(String worker) {
        if (worker.equals(leader)) {
            return OptionalLong.empty();
        }
        LongStream acknowledged = replicas.stream()
                .filter(replica -> !replica.worker().equals(worker))
                .filter(replica -> !replica.worker().equals(leader))
                .flatMapToLong(replica -> replica.acknowledgedMicros().stream());
        OptionalLong own = replicas.stream()
                .filter(replica -> replica.worker().equals(leader))
                .flatMapToLong(replica -> replica.acknowledgedMicros().stream())
                .findFirst();
        long[] others = acknowledged.sorted().toArray();
        if (own.isEmpty() || others.length < quorum - 1) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(quorum == 1 ? own.getAsLong() : Math.max(own.getAsLong(), others[quorum - 2]));
    }
}
