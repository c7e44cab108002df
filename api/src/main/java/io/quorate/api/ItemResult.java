package io.quorate.api;

import java.util.Optional;

/**
 * What one command of an atomic write came to.
 *
 * @param existed whether its key was there before it
 * @param result what it answers beside that: the new number for {@link Command.Add}
 */
public record ItemResult(boolean existed, Optional<Bytes> result) {}
