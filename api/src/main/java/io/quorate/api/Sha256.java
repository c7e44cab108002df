package io.quorate.api;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest of keys and of idempotency keys. */
final class Sha256 {
    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The first eight bytes of the digest. */
    static long fingerprint(Bytes content) {
        return ByteBuffer.wrap(digest().digest(content.toArray())).getLong();
    }
}
