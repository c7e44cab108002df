package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.core.log.Space;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A digest of keys with their records: the first 64 bits of SHA-256 over each pair in order, key and record each after
 * its length in four bytes.
 *
 * <p>The first pair of a space other than that of clients' keys comes after a pair of an empty key and the space's
 * code, one byte. A record is in the form of {@link io.quorate.core.wire.RecordCodecV1}, whatever the store; workers of
 * different releases compare digests, so this never changes. Not thread-safe.
 */
final class ContentDigest {
    private final MessageDigest sha256;
    private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    private Space current = Space.KEYS;

    ContentDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Adds a pair; spaces, and keys in each of them, come in ascending order. */
    void add(Space space, Bytes key, Bytes encodedRecord) {
        add(space, key.asBuffer(), encodedRecord.asBuffer());
    }

    /** Adds a pair. */
    void add(Space space, ByteBuffer key, ByteBuffer encodedRecord) {
        if (space != current) {
            current = space;
            add(ByteBuffer.allocate(0));
            add(ByteBuffer.wrap(new byte[] {(byte) space.code()}));
        }
        add(key);
        add(encodedRecord);
    }

    /** The digest of what was added; afterwards nothing is. */
    long value() {
        current = Space.KEYS;
        return ByteBuffer.wrap(sha256.digest()).getLong();
    }

    private void add(ByteBuffer bytes) {
        sha256.update(length.clear().putInt(bytes.remaining()).flip());
        sha256.update(bytes);
    }
}
