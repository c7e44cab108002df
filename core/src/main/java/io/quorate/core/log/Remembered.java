package io.quorate.core.log;

import io.quorate.api.Bytes;
import io.quorate.api.Revision;
import java.util.Optional;

/**
 * What became of a write that its client may repeat.
 *
 * @param fingerprint of the write: a repetition has the same
 * @param end how it ended
 * @param revision the one that it wrote, or, if its condition failed, the one that the key had
 * @param item which of several commands had the condition that failed, from 0
 * @param existed whether the key was there before
 * @param result what the command answered beside that
 */
public record Remembered(
        long fingerprint, End end, Revision revision, int item, boolean existed, Optional<Bytes> result) {
    /** Of a write of one command, or of one that was done. */
    public Remembered(long fingerprint, End end, Revision revision, boolean existed, Optional<Bytes> result) {
        this(fingerprint, end, revision, 0, existed, result);
    }

    /** How a write ended. */
    public enum End {
        /** It was done. */
        APPLIED,
        /** Its condition did not hold. */
        CONDITION_FAILED,
        /** It was to add to something that is not a whole number, or the sum would not be one. */
        NOT_AN_INTEGER
    }
}
