package io.quorate.server.store;

import java.nio.ByteBuffer;

/**
 * Version 1 of the keys of the meta family: a kind (1 byte), then what it is about.
 *
 * <p>Format of the store: nothing. A replica: partition (4 bytes). A generation of keys that is being staged or has been replaced: partition
 * (4), key generation (4); as long as this record is there those keys belong to no replica.
 */
final class MetaKeys {
    static final byte FORMAT = 0;
    static final byte REPLICA = 1;
    static final byte UNOWNED = 2;

    private MetaKeys() {}

    static byte[] format() {
        return new byte[] {FORMAT};
    }

    static byte[] replica(int partition) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put(REPLICA)
                .putInt(partition)
                .array();
    }

    static byte[] unowned(int partition, int keyGeneration) {
        return ByteBuffer.allocate(1 + 2 * Integer.BYTES)
                .put(UNOWNED)
                .putInt(partition)
                .putInt(keyGeneration)
                .array();
    }
}
