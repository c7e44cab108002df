package io.quorate.server.redis;

import io.quorate.api.Bytes;
import java.nio.ByteBuffer;

/**
 * Where a SCAN goes on: at a key of a partition, and then in the partitions after it.
 *
 * @param from keys are not less than it
 */
record ScanPosition(int partition, Bytes from) {
    static final ScanPosition BEGIN = new ScanPosition(0, Bytes.EMPTY);

    /** For another worker: the partition in four bytes, then the key. */
    Bytes encoded() {
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + from.length());
        buffer.putInt(partition);
        from.putTo(buffer);
        return Bytes.wrap(buffer.array());
    }

    /** What {@link #encoded} has written. */
    static ScanPosition decoded(Bytes encoded) {
        return new ScanPosition(encoded.asBuffer().getInt(), encoded.slice(Integer.BYTES, encoded.length()));
    }
}
