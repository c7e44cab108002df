package io.quorate.server.log;

/** What opening a log came to. */
public sealed interface RecoveredLog {
    /**
     * The log is whole and takes appends.
     *
     * @param log the open log
     * @param firstSequence the oldest record that was read, {@code lastSequence + 1} when there was none
     * @param lastSequence the newest, 0 when there never was one; the next append gets the number after it
     * @param tornBytesCut bytes of a last block that was never reported durable and did not survive whole, as far as
     *     its length is known
     */
    record Clean(SharedLog log, long firstSequence, long lastSequence, long tornBytesCut) implements RecoveredLog {}

    /**
     * Something that was durable does not read back. Nothing was changed on disk, no log is open, and what the visitor
     * was told is void: whose records are missing cannot be known. See {@link LogFolder#setAside}.
     *
     * @param segment the file in which reading ended
     * @param offsetBytes where in it
     * @param lastSequence the last record that reads back, 0 when none does
     * @param knownSequence the greatest record that surely existed, as far as what is left tells
     * @param reason one line for the operator
     */
    record Corrupt(String segment, long offsetBytes, long lastSequence, long knownSequence, String reason)
            implements RecoveredLog {}

    /**
     * The log was written by another version of the format. Nothing was changed and no log is open.
     *
     * @param segment the file that says so
     * @param version the format version found
     * @param reason one line for the operator
     */
    record Refused(String segment, int version, String reason) implements RecoveredLog {}
}
