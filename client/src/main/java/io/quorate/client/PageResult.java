package io.quorate.client;

import java.util.List;
import java.util.Optional;

/**
 * What came of asking for one page of a listing.
 *
 * <pre>{@code
 * switch (client.page(ListOptions.of(prefix))) {
 *     case PageResult.Page(List<ListedKey> items, Optional<String> cursor) -> show(items, cursor);
 *     case PageResult.NotServed(Refusal why) -> complain(why.detail());
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface PageResult {
    /**
     * The keys that come next, ascending by their bytes.
     *
     * @param items at most as many as were asked for, and perhaps fewer although more follow
     * @param cursor where the next page begins, for {@link ListOptions#from(String)}, at any worker and however much later;
     *     empty when this page is the last
     */
    record Page(List<ListedKey> items, Optional<String> cursor) implements PageResult {
        public Page {
            items = List.copyOf(items);
        }
    }

    /**
     * It was not answered within the deadline; it may be asked for again.
     *
     * @param why the last reason that was given
     */
    record NotServed(Refusal why) implements PageResult {}
}
