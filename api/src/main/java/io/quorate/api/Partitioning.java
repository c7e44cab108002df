package io.quorate.api;

import java.security.MessageDigest;
import java.util.OptionalInt;

/**
 * Which partition a key belongs to: the first eight bytes of SHA-256, unsigned, modulo the number of partitions.
 *
 * <p>When the key has a tag, the non-empty text between its first <code>{</code> and the next <code>}</code>, only the
 * tag is hashed, so that related keys share a partition. Not thread-safe: one instance for each thread.
 */
public final class Partitioning {
    private final int partitions;
    private final MessageDigest sha256;

    /**
     * @param partitions a power of two from 1 to {@link Limits#MAX_PARTITIONS}
     */
    public Partitioning(int partitions) {
        if (!isValid(partitions)) {
            throw new IllegalArgumentException("PARTITIONS must be a power of two from 1 to " + Limits.MAX_PARTITIONS);
        }
        this.partitions = partitions;
        this.sha256 = Sha256.digest();
    }

    /** Whether a cluster can have that many partitions. */
    public static boolean isValid(int partitions) {
        return partitions >= 1 && partitions <= Limits.MAX_PARTITIONS && Integer.bitCount(partitions) == 1;
    }

    /** The partition of the key, from 0 to the number of partitions less one. */
    public int of(Bytes key) {
        sha256.update(hashed(key).asBuffer());
        long first = java.nio.ByteBuffer.wrap(sha256.digest()).getLong();
        return (int) Long.remainderUnsigned(first, partitions);
    }

    /** The partition of all keys that begin with the prefix, if it has a whole tag. */
    public OptionalInt ofAll(Bytes prefix) {
        return hashed(prefix).length() < prefix.length() ? OptionalInt.of(of(prefix)) : OptionalInt.empty();
    }

    private static Bytes hashed(Bytes key) {
        int open = indexOf(key, '{', 0);
        if (open < 0) {
            return key;
        }
        int close = indexOf(key, '}', open + 1);
        return close > open + 1 ? key.slice(open + 1, close) : key;
    }

    private static int indexOf(Bytes key, char wanted, int from) {
        for (int i = from; i < key.length(); i++) {
            if (key.at(i) == wanted) {
                return i;
            }
        }
        return -1;
    }
}
