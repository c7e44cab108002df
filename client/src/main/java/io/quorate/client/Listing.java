package io.quorate.client;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The keys that begin with a prefix, ascending by their bytes, fetched page after page while somebody goes through them.
 *
 * <pre>{@code
 * for (ListedKey each : client.list(ListOptions.of(Bytes.utf8("user/")))) {
 *     show(each.key());
 * }
 * long old = client.list(ListOptions.of(Bytes.EMPTY).withValues()).stream().filter(this::isOld).count();
 * }</pre>
 *
 * <p>One page is kept at a time, and the next one is fetched when all of it was taken; between two pages nothing is open,
 * so a listing need not be closed and may take as long as it likes. A page is a call of its own with its attempts and its
 * deadline. The end without an exception means that all keys were given out; {@link ListingEndedException} says that a
 * page was not served, and where to go on. An interrupt of the thread has this effect, too, and stays set.
 *
 * <p>It is no snapshot: each partition shows the moment at which a page was read of it. A key that is there all the time
 * comes exactly once; one that comes or goes meanwhile may be left out.
 *
 * <p>Thread-safe; each loop and each stream begins anew, and is for one thread.
 */
public final class Listing implements Iterable<ListedKey> {
    private final ListOptions options;
    private final Function<ListOptions, PageResult> pages;

    /** @param pages fetches a page, and blocks for it */
    Listing(ListOptions options, Function<ListOptions, PageResult> pages) {
        this.options = options;
        this.pages = pages;
    }

    /** Begins to go through the keys; its methods throw {@link ListingEndedException}. */
    @Override
    public Iterator<ListedKey> iterator() {
        return new ListingRun(options, pages);
    }

    /** The keys as a stream, which need not be closed; made parallel, one thread still fetches all pages. */
    public Stream<ListedKey> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /** Never splits: whoever would take a part to keep it for another thread would keep more than a page. */
    @Override
    public Spliterator<ListedKey> spliterator() {
        return new InOrder(iterator());
    }

    private record InOrder(Iterator<ListedKey> keys) implements Spliterator<ListedKey> {
        @Override
        public boolean tryAdvance(Consumer<? super ListedKey> action) {
            boolean there = keys.hasNext();
            if (there) {
                action.accept(keys.next());
            }
            return there;
        }

        @Override
        public @Nullable Spliterator<ListedKey> trySplit() {
            return null;
        }

        @Override
        public long estimateSize() {
            return Long.MAX_VALUE;
        }

        @Override
        public int characteristics() {
            return ORDERED | DISTINCT | NONNULL;
        }
    }
}
