package io.quorate.api;

import java.util.List;
import java.util.Optional;

/**
 * A write as a client asks for it: one command, or several of one partition of which all are done or none.
 *
 * @param commands what it is to do, in this order, each on what the ones before it leave; 1 to {@link #MAX_COMMANDS}
 * @param idempotency names it, if it may be repeated safely
 */
public record WriteRequest(List<Command> commands, Optional<IdempotencyKey> idempotency) {
    /** The most commands of one write. */
    public static final int MAX_COMMANDS = 128;

    public WriteRequest {
        commands = List.copyOf(commands);
        if (commands.isEmpty() || commands.size() > MAX_COMMANDS) {
            throw new IllegalArgumentException("a write of " + commands.size() + " commands");
        }
    }

    /** A write of one command. */
    public WriteRequest(Command command, Optional<IdempotencyKey> idempotency) {
        this(List.of(command), idempotency);
    }

    /** A write of one command that is not to be repeated. */
    public static WriteRequest of(Command command) {
        return new WriteRequest(command, Optional.empty());
    }

    /** Its first command, which is the only one unless it {@link #isAtomic}. */
    public Command command() {
        return commands.getFirst();
    }

    /** Whether it has several commands, of which all are done or none. */
    public boolean isAtomic() {
        return commands.size() > 1;
    }

    /** The key of its first command; all of its keys belong to one partition. */
    public Bytes key() {
        return command().key();
    }

    /** Whether handing it to a second leader does no harm when the first may have taken it. */
    public boolean isRepeatable() {
        return idempotency.isPresent();
    }
}
