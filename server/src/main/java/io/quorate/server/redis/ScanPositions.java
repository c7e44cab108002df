package io.quorate.server.redis;

import io.quorate.api.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;

/**
 * Where the SCANs go on that came to this worker: a bounded table whose places are the cursors that clients get.
 *
 * <p>A cursor is a number below 2^53, so that it survives in every language: which worker keeps the position, the place
 * in its table, and a mark by which a place that was used again is told from the one that was meant. Used on the event
 * loop alone.
 */
final class ScanPositions {
    /** Positions that are kept at once; then the oldest is given up. */
    static final int SLOTS = 8_192;

    /** For so long a position is kept. */
    static final long KEPT_MINUTES = 10;

    private static final int SLOT_BITS = 13;
    private static final int MARK_BITS = 16;
    private static final int WORKER_BITS = 24;
    private static final int WORKER_SHIFT = SLOT_BITS + MARK_BITS;

    private record Kept(int mark, ScanPosition position, long keptNanos) {}

    private final LongSupplier nanos;
    private final PositionSource source;
    private final List<Optional<Kept>> slots;
    private int next;

    /** @param nanos the monotonic clock */
    ScanPositions(LongSupplier nanos, PositionSource source) {
        this.nanos = nanos;
        this.source = source;
        this.slots = new ArrayList<>(Collections.nCopies(SLOTS, Optional.empty()));
    }

    PositionSource source() {
        return source;
    }

    /** Keeps a position; answers its cursor, more than 0. */
    long keep(String worker, ScanPosition position) {
        int slot = next;
        next = (next + 1) % SLOTS;
        int mark = 1 + ThreadLocalRandom.current().nextInt((1 << MARK_BITS) - 1);
        slots.set(slot, Optional.of(new Kept(mark, position, nanos.getAsLong())));
        return (long) hash(worker) << WORKER_SHIFT | (long) mark << SLOT_BITS | slot;
    }

    /** What a cursor of this worker stands for, if it is kept. */
    Optional<ScanPosition> find(long cursor) {
        int mark = (int) (cursor >>> SLOT_BITS) & ((1 << MARK_BITS) - 1);
        return slots.get((int) (cursor & (SLOTS - 1)))
                .filter(kept -> kept.mark() == mark)
                .filter(kept -> nanos.getAsLong() - kept.keptNanos() < TimeUnit.MINUTES.toNanos(KEPT_MINUTES))
                .map(Kept::position);
    }

    /** Whether the cursor may be one of that worker. */
    static boolean isOf(String worker, long cursor) {
        return hash(worker) == cursor >>> WORKER_SHIFT;
    }

    private static int hash(String worker) {
        CRC32C crc = new CRC32C();
        crc.update(Bytes.utf8(worker).asBuffer());
        return (int) (crc.getValue() & ((1 << WORKER_BITS) - 1));
    }
}
