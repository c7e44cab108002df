package io.quorate.api;

import java.util.Optional;

/**
 * What one command of an atomic write came to.
 *
 * @param existed whether its key was there before it
 * @param result what it answers beside that: the new number for {@link Command.Add}
 * @param found what the key has, for {@link Command.Get}; its revision is that of this write if it was written before
 */
public record ItemResult(boolean existed, Optional<Bytes> result, Optional<Record> found) {
    /** Of what is no {@link Command.Get}. */
    public ItemResult(boolean existed, Optional<Bytes> result) {
        this(existed, result, Optional.empty());
    }

    /** Of a {@link Command.Get}. */
    public static ItemResult of(Optional<Record> found) {
        return new ItemResult(found.isPresent(), Optional.empty(), found);
    }
}
