package io.quorate.core.replica;

import io.quorate.api.Partitioning;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadRequest;
import io.quorate.api.Revision;
import io.quorate.api.ScanRequest;
import io.quorate.api.WatchRequest;
import io.quorate.api.WriteRequest;
import java.util.Optional;

/** What a client asks of a partition's leader. */
sealed interface ClientRequest {
    /** The partition that it is about. */
    int partition(Partitioning partitioning);

    /** Whether all of its keys belong to {@link #partition}. */
    default boolean isOfOnePartition(Partitioning partitioning) {
        return true;
    }

    /** Whether handing it to another leader does no harm when the first may have taken it. */
    default boolean isRepeatable() {
        return true;
    }

    /** A write. */
    record Write(WriteRequest request) implements ClientRequest {
        @Override
        public int partition(Partitioning partitioning) {
            return partitioning.of(request.key());
        }

        @Override
        public boolean isOfOnePartition(Partitioning partitioning) {
            return !request.isAtomic()
                    || request.commands().stream()
                                    .mapToInt(each -> partitioning.of(each.key()))
                                    .distinct()
                                    .count()
                            == 1;
        }

        @Override
        public boolean isRepeatable() {
            return request.isRepeatable();
        }
    }

    /** A read of a key, which a leader answers as a linearizable one whatever less is asked for. */
    record Read(ReadRequest request) implements ClientRequest {
        @Override
        public int partition(Partitioning partitioning) {
            return partitioning.of(request.key());
        }

        /** The answer, unless the revision that it was to see is not one of this partition. */
        ReadOutcome checked(ReadOutcome outcome) {
            Optional<Revision> applied = outcome.answeredBy()
                    .map(ReadOutcome.Served::applied)
                    .filter(at -> at.compareTo(request.minRevision()) < 0);
            return applied.<ReadOutcome>map(at -> new ReadOutcome.NotServed(
                            Problem.BAD_REQUEST,
                            "the partition of this key has no revision %s yet, it is at %s: minRevision is what an answer gave for a key of the same partition"
                                    .formatted(request.minRevision(), at)))
                    .orElse(outcome);
        }
    }

    /** A linearizable scan of some of a partition's keys. */
    record Scan(ScanRequest request) implements ClientRequest {
        @Override
        public int partition(Partitioning partitioning) {
            return request.partition();
        }
    }

    /** A wait for changes of some of a partition's keys. */
    record Watch(WatchRequest request) implements ClientRequest {
        @Override
        public int partition(Partitioning partitioning) {
            return request.partition();
        }
    }
}
