package io.quorate.api;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Names a write, so that a repetition of it gets the outcome of the first and does nothing more.
 *
 * @param id 16 bytes made of what the client sent and of the key that is written
 * @param fingerprint of the whole write: the same id with another one is a mistake of the client
 */
public record IdempotencyKey(Bytes id, long fingerprint) {
    /** The longest text that a client may send, in characters. */
    public static final int MAX_CHARS = 255;

    /** The bytes of an id. */
    public static final int ID_BYTES = 16;

    public IdempotencyKey {
        if (id.length() != ID_BYTES) {
            throw new IllegalArgumentException("an id of " + id.length() + " bytes");
        }
    }

    /**
     * The name of a write.
     *
     * @param key the key that is written: a text names another write on another key
     * @param text what the client sent, 1 to {@link #MAX_CHARS} characters
     * @param content everything that the write is made of
     */
    public static IdempotencyKey of(Bytes key, String text, Bytes content) {
        if (text.isEmpty() || text.length() > MAX_CHARS) {
            throw new IllegalArgumentException("an idempotency key has 1 to " + MAX_CHARS + " characters");
        }
        MessageDigest sha256 = Sha256.digest();
        sha256.update(Bytes.utf8(text).asBuffer());
        sha256.update((byte) 0);
        sha256.update(key.asBuffer());
        Bytes id = Bytes.wrap(sha256.digest()).slice(0, ID_BYTES);
        return new IdempotencyKey(
                id, ByteBuffer.wrap(sha256.digest(content.toArray())).getLong());
    }
}
