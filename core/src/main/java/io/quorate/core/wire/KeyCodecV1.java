package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.api.Limits;

/** The form of a key: its length and its bytes. */
final class KeyCodecV1 {
    /** The fewest bytes of an encoded key. */
    static final int MIN_BYTES = 2;

    private KeyCodecV1() {}

    static void write(ByteWriter writer, Bytes key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("an empty key");
        }
        writer.bytes(key, Limits.MAX_KEY_BYTES);
    }

    static Bytes read(ByteReader reader) {
        Bytes key = reader.bytes(Limits.MAX_KEY_BYTES);
        if (key.isEmpty()) {
            throw reader.malformed("an empty key");
        }
        return key;
    }
}
