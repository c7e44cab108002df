package io.quorate.core.message;

import io.quorate.api.Bytes;
import io.quorate.api.ScanRequest;
import io.quorate.api.WatchRequest;
import io.quorate.api.WriteRequest;

/** A client's request on its way from the worker that took it to the partition's leader. */
public sealed interface ForwardedRequest {
    /** Names the request at the worker that forwards. */
    long ticket();

    /** The key's partition. */
    int partition();

    /** How long the client still waits, milliseconds. */
    long remainingMillis();

    /** The version of the map by which it was sent here. */
    long mapVersion();

    /** A write. */
    record Write(long ticket, int partition, long remainingMillis, long mapVersion, WriteRequest request)
            implements ForwardedRequest {}

    /** A linearizable read. */
    record Read(long ticket, int partition, long remainingMillis, long mapVersion, Bytes key)
            implements ForwardedRequest {}

    /** A linearizable scan. */
    record Scan(long ticket, long remainingMillis, long mapVersion, ScanRequest request) implements ForwardedRequest {
        @Override
        public int partition() {
            return request.partition();
        }
    }

    /** A wait for changes. */
    record Watch(long ticket, long remainingMillis, long mapVersion, WatchRequest request) implements ForwardedRequest {
        @Override
        public int partition() {
            return request.partition();
        }
    }
}
