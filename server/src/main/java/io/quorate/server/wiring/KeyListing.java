package io.quorate.server.wiring;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanRequest;
import io.quorate.core.port.KeyValueStore;
import io.quorate.core.port.WorkerService.KeyPage;
import io.quorate.core.port.WorkerService.KeyQuery;
import io.quorate.core.replica.MemoryRange;
import io.quorate.core.replica.ScannedPage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A page of the keys that a worker holds: what memory knows of them laid over what the store has. */
final class KeyListing {
    private final KeyValueStore store;
    private final KeyQuery query;
    private final TreeSet<Bytes> keys = new TreeSet<>();
    private boolean more;

    private KeyListing(KeyValueStore store, KeyQuery query) {
        this.store = store;
        this.query = query;
    }

    /** @param ranges by partition, what memory knows of keys with the prefix; taken before the store is read */
    static KeyPage page(KeyValueStore store, Map<Integer, MemoryRange> ranges, KeyQuery query) {
        KeyListing listing = new KeyListing(store, query);
        ranges.forEach(listing::add);
        return new KeyPage(listing.keys.stream().toList(), listing.more);
    }

    private void add(int partition, MemoryRange range) {
        Optional<Bytes> from = Optional.of(query.after().map(Bytes::successor).orElse(Bytes.EMPTY));
        int found = 0;
        while (from.isPresent() && found < query.limit()) {
            ScanRequest request = new ScanRequest(
                    partition,
                    query.prefix(),
                    from.get(),
                    query.limit() - found,
                    ScanRequest.MAX_BYTES,
                    ScanDetail.KEYS);
            ScannedPage page = range.page(request, (start, limit) -> store.recordsFrom(partition, start, limit));
            page.records().stream().map(KeyedRecord::key).forEach(keys::add);
            found += page.count();
            from = page.next();
        }
        more |= from.isPresent();
        while (keys.size() > query.limit()) {
            keys.pollLast();
            more = true;
        }
    }
}
