package io.quorate.api;

import java.security.MessageDigest;

/**
 * Names a write by a text of the client's; it is remembered for a while, whether it was answered or not.
 *
 * @param id 16 bytes made of what the client sent and of the key that is written
 * @param fingerprint of the whole write: the same id with another one is a mistake of the client
 */
public record IdempotencyKey(Bytes id, long fingerprint) implements WriteName {
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
        return new IdempotencyKey(id, Sha256.fingerprint(content));
    }
}
