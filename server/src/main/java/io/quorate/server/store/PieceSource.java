package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.core.port.SnapshotSource;
import io.quorate.core.wire.KeyRecordsV1;
import io.quorate.core.wire.KeyRecordsV1.KeyRecord;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Packs a partition's keys, which come in ascending order, into the pieces of a snapshot. */
final class PieceSource implements SnapshotSource {
    private final Iterator<KeyRecord> pairs;
    private final long estimatedBytes;
    private final Runnable whenClosed;
    private final KeyRecordsV1.Packer packer = new KeyRecordsV1.Packer();
    private @Nullable KeyRecord left;

    PieceSource(Iterator<KeyRecord> pairs, long estimatedBytes, Runnable whenClosed) {
        this.pairs = pairs;
        this.estimatedBytes = estimatedBytes;
        this.whenClosed = whenClosed;
    }

    /** The snapshot of a replica that is not there. */
    static PieceSource empty() {
        return new PieceSource(Collections.emptyIterator(), 0, () -> {});
    }

    @Override
    public Optional<Bytes> next(int maxBytes) {
        KeyRecord pair = left != null ? left : following();
        while (pair != null && packer.add(pair.space(), pair.key(), pair.record(), maxBytes)) {
            pair = following();
        }
        left = pair;
        return packer.isEmpty() ? Optional.empty() : Optional.of(packer.take());
    }

    @Override
    public long estimatedBytes() {
        return estimatedBytes;
    }

    @Override
    public void close() {
        whenClosed.run();
    }

    private @Nullable KeyRecord following() {
        return pairs.hasNext() ? pairs.next() : null;
    }
}
