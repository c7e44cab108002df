package io.quorate.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A watch that cannot go on.
 *
 * <p>{@code position-gone}: the changes after its position are not kept any more, so the keys are to be read anew. {@code
 * bad-request}: the position is none, or one of another cluster or of other partitions. {@code value-too-large}: a
 * change is longer than this client takes. {@code overloaded}: this client has as many watches as it may. {@code
 * unreached} and what else may be {@linkplain Refusal#retryable() tried again}: nobody let it begin within the deadline
 * of a call.
 */
public final class WatchEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final boolean retryable;
    private final String detail;
    private final @Nullable String position;

    WatchEndedException(Refusal why, Optional<String> position) {
        super(why.type() + ": " + why.detail());
        this.type = why.type();
        this.retryable = why.retryable();
        this.detail = why.detail();
        this.position = position.orElse(null);
    }

    /** The reason. */
    public Refusal why() {
        return new Refusal(type, retryable, detail);
    }

    /** The position of the last event, or the one to begin at when there was none yet. */
    public Optional<String> position() {
        return Optional.ofNullable(position);
    }
}
