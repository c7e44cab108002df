package io.quorate.core.log;

import io.quorate.api.Bytes;
import io.quorate.api.Revision;
import java.util.Optional;

/**
 * What became of a write that its client may repeat.
 *
 * @param fingerprint of the write: a repetition has the same
 * @param applied whether its condition held
 * @param revision the one that it wrote, or, if its condition failed, the one that the key had
 * @param existed whether the key was there before
 * @param result what the command answered beside that
 */
public record Remembered(
        long fingerprint, boolean applied, Revision revision, boolean existed, Optional<Bytes> result) {}
