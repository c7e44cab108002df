package io.quorate.api;

/** The sizes that a client has to know. */
public final class Limits {
    /** The longest key, in bytes. */
    public static final int MAX_KEY_BYTES = 4_096;

    /** The longest value unless MAX_VALUE_BYTES says otherwise, in bytes. */
    public static final int MAX_VALUE_BYTES = 1 << 20;

    /** The longest content type that is kept with a value, in bytes. */
    public static final int MAX_CONTENT_TYPE_BYTES = 256;

    /** The most partitions that a cluster can have. */
    public static final int MAX_PARTITIONS = 16_384;

    /** The most replicas of a partition. */
    public static final int MAX_REPLICAS = 7;

    private Limits() {}
}
