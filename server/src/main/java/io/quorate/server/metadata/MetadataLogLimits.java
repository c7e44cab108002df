package io.quorate.server.metadata;

/** The bounds of the metadata log. */
public final class MetadataLogLimits {
    /** The largest command; one for each of 16,384 partitions in one entry stays below it. */
    public static final int MAX_COMMAND_BYTES = 4 << 20;

    /** How many proposed commands may wait to be decided. */
    public static final int MAX_OPEN_PROPOSALS = 1_024;

    /** How many bytes of proposed commands may wait to be decided. */
    public static final int MAX_OPEN_PROPOSAL_BYTES = 16 << 20;

    /** The largest state that a snapshot holds. */
    public static final int MAX_SNAPSHOT_BYTES = 256 << 20;

    /** The usual number of entries after which a snapshot is taken. */
    public static final long SNAPSHOT_EVERY_ENTRIES = 4_096;

    /** How many snapshots are kept. */
    static final int SNAPSHOTS_KEPT = 2;

    /** A log entry: a command and what Ratis writes around it. */
    static final int MAX_ENTRY_BYTES = MAX_COMMAND_BYTES + (64 << 10);

    /** A segment of the log; whole segments are dropped after a snapshot, and the last one is read at a start. */
    static final int SEGMENT_BYTES = 1 << 20;

    /** How far a segment's file grows ahead of what is written. */
    static final int PREALLOCATED_BYTES = 256 << 10;

    /** One message of a snapshot on its way to another controller. */
    static final int SNAPSHOT_CHUNK_BYTES = 1 << 20;

    /** The usual election timeout; a controller that starts never waits longer for a leader to show up. */
    public static final int ELECTION_TIMEOUT_MILLIS = 300;

    /** How long a controller that is alone waits before it elects itself. */
    static final int ALONE_ELECTION_TIMEOUT_MILLIS = 10;

    /** How long a leader that lost the others leaves the election to them. */
    static final int STEP_DOWN_WAIT_MILLIS = 1_000;

    /** How long an answer of another controller may take. */
    static final int REQUEST_TIMEOUT_MILLIS = 2_000;

    /** How long a leader pauses before it calls a controller again that could not be reached. */
    static final int RETRY_PAUSE_MILLIS = 100;

    /** How long {@link RatisMetadataLog#stepDown} waits. */
    static final int STEP_DOWN_TIMEOUT_MILLIS = 2_000;

    /** How long {@link RatisMetadataLog#close} waits for each of its parts. */
    static final int CLOSE_TIMEOUT_MILLIS = 5_000;

    private MetadataLogLimits() {}
}
