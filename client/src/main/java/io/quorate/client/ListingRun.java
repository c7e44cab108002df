package io.quorate.client;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** Goes through a listing once; keeps one page. Used by one thread at a time. */
final class ListingRun implements Iterator<ListedKey> {
    private final Function<ListOptions, PageResult> pages;
    private ListOptions next;
    private Iterator<ListedKey> page = Collections.emptyIterator();
    private boolean last;

    /** @param pages fetches a page, and blocks for it */
    ListingRun(ListOptions options, Function<ListOptions, PageResult> pages) {
        this.next = options;
        this.pages = pages;
    }

    /** @throws ListingEndedException when the next page is not served */
    @Override
    public boolean hasNext() {
        while (!page.hasNext() && !last) {
            fetch();
        }
        return page.hasNext();
    }

    private void fetch() {
        page = Collections.emptyIterator();
        switch (pages.apply(next)) {
            case PageResult.Page(List<ListedKey> items, Optional<String> cursor) -> {
                page = items.iterator();
                last = cursor.isEmpty();
                next = cursor.map(next::from).orElse(next);
            }
            case PageResult.NotServed(Refusal why) -> throw new ListingEndedException(why, next.from());
        }
    }

    @Override
    public ListedKey next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all keys were given out");
        }
        return page.next();
    }

    /** Whether it is known, without asking anybody, that nothing follows. */
    boolean isOver() {
        return last && !page.hasNext();
    }
}
