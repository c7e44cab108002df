package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Partitioning;
import io.quorate.api.ScanRequest;
import io.quorate.api.WatchRequest;
import io.quorate.api.WriteRequest;

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

    /** A linearizable read of a key. */
    record Read(Bytes key) implements ClientRequest {
        @Override
        public int partition(Partitioning partitioning) {
            return partitioning.of(key);
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
