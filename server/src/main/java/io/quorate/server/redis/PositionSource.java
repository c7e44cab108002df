package io.quorate.server.redis;

import io.quorate.api.Bytes;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks another worker for what one of its cursors of SCAN stands for. */
public interface PositionSource {
    /**
     * Asks it; answers once, on the event loop.
     *
     * @param httpAddress of the worker that keeps it
     * @param cursor as it came from the client, more than 0
     */
    void ask(String httpAddress, long cursor, Consumer<Answer> whenAnswered);

    /** What became of the question. */
    sealed interface Answer {
        /** The position as {@link WorkerRedis#position} has it; empty when it is not kept any more. */
        record Known(Optional<Bytes> position) implements Answer {}

        /** Nobody answered. */
        record NotReached() implements Answer {}
    }
}
