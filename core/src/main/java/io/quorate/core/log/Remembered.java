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
 * @param existed whether the key was there before
 * @param result what the command answered beside that
 */
public record Remembered(long fingerprint, End end, Revision revision, boolean existed, Optional<Bytes> result) {
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
