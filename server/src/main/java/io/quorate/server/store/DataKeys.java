package io.quorate.server.store;

import io.quorate.api.Bytes;
import java.nio.ByteBuffer;

/** Version 1 of the keys of the families of records: partition (4 bytes), key generation (4), the record's key. */
final class DataKeys {
    static final int PREFIX_BYTES = 2 * Integer.BYTES;

    private DataKeys() {}

    static byte[] of(int partition, int keyGeneration, Bytes key) {
        byte[] whole = new byte[PREFIX_BYTES + key.length()];
        ByteBuffer.wrap(whole).putInt(partition).putInt(keyGeneration);
        key.copyTo(whole, PREFIX_BYTES);
        return whole;
    }

    /** Not greater than any key of the generation. */
    static byte[] begin(int partition, int keyGeneration) {
        return of(partition, keyGeneration, Bytes.EMPTY);
    }

    /** Greater than every key of the generation, and not greater than any of the next. */
    static byte[] end(int partition, int keyGeneration) {
        return begin(partition, Math.addExact(keyGeneration, 1));
    }

    /** The record's key. */
    static Bytes recordKey(byte[] whole) {
        return Bytes.copyOf(whole, PREFIX_BYTES, whole.length - PREFIX_BYTES);
    }
}
