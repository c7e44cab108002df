package io.quorate.core.port;

import io.quorate.api.Bytes;
import java.util.Optional;

/** A partition's state at one moment, read in pieces; used by one thread at a time. */
public interface SnapshotSource extends AutoCloseable {
    /** The next piece, at most {@code maxBytes} unless a single record is larger; empty at the end. */
    Optional<Bytes> next(int maxBytes);

    /** Estimate of the bytes of all pieces. */
    long estimatedBytes();

    @Override
    void close();
}
