package io.quorate.core.wire;

/**
 * What an encoding may hold at most. A writer refuses more as a bug of the caller, a reader as damage, before anything
 * is allocated for it.
 */
public final class WireLimits {
    /** The longest encoding, in bytes; also the largest piece of a snapshot. */
    public static final int MAX_ENCODED_BYTES = 64 << 20;

    /** The longest value that any setting of MAX_VALUE_BYTES can allow; several fit into an encoding. */
    public static final int MAX_VALUE_BYTES = 16 << 20;

    /** The longest id, role, address or origin, in bytes of UTF-8. */
    public static final int MAX_NAME_BYTES = 1_024;

    /** The longest sentence for a person, in bytes of UTF-8. */
    public static final int MAX_SENTENCE_BYTES = 65_535;

    /** The most changes of an entry. */
    public static final int MAX_CHANGES = 1 << 20;

    /** The most entries of an append. */
    public static final int MAX_ENTRIES = 65_536;

    /** The most orders, answers, requests or replies of one message. */
    public static final int MAX_BATCH = 65_536;

    /** The most learners of a partition. */
    public static final int MAX_LEARNERS = 64;

    /** The most workers of a map. */
    public static final int MAX_WORKERS = 4_096;

    private WireLimits() {}
}
