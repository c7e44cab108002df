package io.quorate.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A listing that cannot go on: its next page was not served within the deadline of a call. All keys before that page were
 * given out.
 *
 * <p>{@code bad-request}: the cursor to begin at is none. {@code value-too-large}: a key with its value is longer than
 * this client takes. {@code unreached}, {@code overloaded}, {@code no-leader} and what else may be {@linkplain
 * Refusal#retryable() tried again}: the same listing from {@link #cursor} goes on where this one ended.
 *
 * <pre>{@code
 * try {
 *     client.list(options).forEach(this::take);
 * } catch (ListingEndedException ended) {
 *     ended.cursor().ifPresent(this::goOnLaterFrom);
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class ListingEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final boolean retryable;
    private final String detail;
    private final @Nullable String cursor;

    ListingEndedException(Refusal why, Optional<String> cursor) {
        super(why.type() + ": " + why.detail());
        this.type = why.type();
        this.retryable = why.retryable();
        this.detail = why.detail();
        this.cursor = cursor.orElse(null);
    }

    /** The reason. */
    public Refusal why() {
        return new Refusal(type, retryable, detail);
    }

    /** Where to go on, with {@link ListOptions#from(String)}; empty when it did not come beyond its beginning. */
    public Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }
}
