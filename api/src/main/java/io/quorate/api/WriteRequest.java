package io.quorate.api;

import java.util.Optional;

/**
 * A write as a client asks for it.
 *
 * @param command what it is to do
 * @param idempotency names it, if it may be repeated safely
 */
public record WriteRequest(Command command, Optional<IdempotencyKey> idempotency) {
    /** A write that is not to be repeated. */
    public static WriteRequest of(Command command) {
        return new WriteRequest(command, Optional.empty());
    }

    /** The key that it is about. */
    public Bytes key() {
        return command.key();
    }

    /** Whether handing it to a second leader does no harm when the first may have taken it. */
    public boolean isRepeatable() {
        return idempotency.isPresent();
    }
}
