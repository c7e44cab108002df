package io.quorate.server.store;

import io.quorate.api.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A digest of keys with their records: the first 64 bits of SHA-256 over each pair in order, key and record each after
 * its length in four bytes.
 *
 * <p>The record is in the form of {@link io.quorate.core.wire.RecordCodecV1}, whatever the store; workers of different
 * releases compare digests, so this never changes. Not thread-safe.
 */
final class ContentDigest {
    private final MessageDigest sha256;
    private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);

    ContentDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Adds a pair; keys come in ascending order. */
    void add(Bytes key, Bytes encodedRecord) {
        add(key.asBuffer());
        add(encodedRecord.asBuffer());
    }

    /** Adds a pair. */
    void add(ByteBuffer key, ByteBuffer encodedRecord) {
        add(key);
        add(encodedRecord);
    }

    /** The digest of what was added; afterwards nothing is. */
    long value() {
        return ByteBuffer.wrap(sha256.digest()).getLong();
    }

    private void add(ByteBuffer bytes) {
        sha256.update(length.clear().putInt(bytes.remaining()).flip());
        sha256.update(bytes);
    }
}
