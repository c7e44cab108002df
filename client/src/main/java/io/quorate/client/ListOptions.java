package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.ScanRequest;
import java.util.Optional;

/**
 * Which keys are listed, and how.
 *
 * <pre>{@code
 * ListOptions users = ListOptions.of(Bytes.utf8("user/")).withValues().pageSize(100);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param prefix of the keys; empty for all of them
 * @param pageSize the most keys of one page, 1 to {@value io.quorate.api.ScanRequest#MAX_LIMIT}
 * @param from the cursor of an earlier page of a listing with this prefix; empty to begin with the first key
 * @param values whether keys come with their values
 */
public record ListOptions(Bytes prefix, int pageSize, Optional<String> from, boolean values) {
    /** The most keys of one page unless {@link #pageSize(int)} says otherwise. */
    public static final int PAGE_SIZE = 1_000;

    /** @throws IllegalArgumentException for a page size that is out of range */
    public ListOptions {
        if (pageSize < 1 || pageSize > ScanRequest.MAX_LIMIT) {
            throw new IllegalArgumentException("a page has 1 to " + ScanRequest.MAX_LIMIT + " keys, not " + pageSize);
        }
    }

    /** The keys that begin with the prefix, from the first one on, without their values. */
    public static ListOptions of(Bytes prefix) {
        return new ListOptions(prefix, PAGE_SIZE, Optional.empty(), false);
    }

    /** The same, with the values. */
    public ListOptions withValues() {
        return new ListOptions(prefix, pageSize, from, true);
    }

    /**
     * The same, in pages of at most so many keys.
     *
     * @throws IllegalArgumentException for a number that is not from 1 to {@value io.quorate.api.ScanRequest#MAX_LIMIT}
     */
    public ListOptions pageSize(int keys) {
        return new ListOptions(prefix, keys, from, values);
    }

    /** The same, from the cursor of an earlier page on. */
    public ListOptions from(String cursor) {
        return new ListOptions(prefix, pageSize, Optional.of(cursor), values);
    }
}
