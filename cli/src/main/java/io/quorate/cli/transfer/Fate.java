package io.quorate.cli.transfer;

/** What became of a record that was to be written. */
sealed interface Fate {
    /** It is written. */
    record Written() implements Fate {}

    /** The key exists, and only keys that do not were to be written. */
    record Existing() implements Fate {}

    /** The key exists, and that it was this import that wrote it is possible: an earlier answer was lost. */
    record WrittenOrExisting() implements Fate {}

    /** It cannot be written, now or later. */
    record Refused(int exitCode, String detail) implements Fate {}

    /**
     * It is not known to be written, for a reason that has nothing to do with the record.
     *
     * @param unknown whether it may be written nevertheless
     */
    record Undone(int exitCode, boolean unknown, String detail) implements Fate {}
}
