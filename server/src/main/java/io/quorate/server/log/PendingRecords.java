package io.quorate.server.log;

import io.quorate.api.Bytes;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The records that wait for the disk, as blocks to be: the owner fills one buffer while the writer writes another.
 *
 * <p>Thread-safe. The lock is held for one copy of a record at most.
 */
final class PendingRecords {
    private static final int SPARE_BUFFERS = 2;

    private final LogSettings settings;
    private final Runnable arrived;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<BlockBuffer> full = new ArrayDeque<>();
    private final ArrayDeque<BlockBuffer> spare = new ArrayDeque<>();
    private final AtomicLong pendingBytes = new AtomicLong();
    private BlockBuffer filling;
    private long nextSequence;
    private boolean writerWaits;
    private @Nullable String refusal;

    /** The first record gets the given sequence number; {@code arrived} is called when the writer has to be woken. */
    PendingRecords(LogSettings settings, long nextSequence, Runnable arrived) {
        this.settings = settings;
        this.nextSequence = nextSequence;
        this.arrived = arrived;
        filling = new BlockBuffer(settings.blockBytes());
        filling.reset(nextSequence);
    }

    /** Takes a record and returns its sequence number. */
    long append(Bytes record) {
        if (record.isEmpty() || record.length() > settings.maxRecordBytes()) {
            throw new IllegalArgumentException(
                    "a record of " + record.length() + " bytes: must be 1 to " + settings.maxRecordBytes());
        }
        boolean wake;
        long sequence;
        lock.lock();
        try {
            if (refusal != null) {
                throw new IllegalStateException(refusal);
            }
            if (!filling.fits(record.length())) {
                turnOver(record.length());
            }
            filling.add(record);
            sequence = nextSequence++;
            pendingBytes.addAndGet(BlockFormatV1.FRAME_BYTES + record.length());
            wake = writerWaits;
            writerWaits = false;
        } finally {
            lock.unlock();
        }
        if (wake) {
            arrived.run();
        }
        return sequence;
    }

    /** The next block to write, or null: then {@code arrived} is called once there is one. */
    @Nullable BlockBuffer poll() {
        lock.lock();
        try {
            BlockBuffer next = full.poll();
            if (next == null && !filling.isEmpty()) {
                next = filling;
                filling = emptyBuffer(settings.blockBytes());
            }
            writerWaits = next == null;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a buffer back whose block is on disk. */
    void written(BlockBuffer buffer) {
        lock.lock();
        try {
            pendingBytes.addAndGet(-buffer.payloadBytes());
            keep(buffer);
        } finally {
            lock.unlock();
        }
    }

    /** From here on appends are refused with this sentence; the first one given stays. */
    void refuse(String sentence) {
        lock.lock();
        try {
            refusal = refusal == null ? sentence : refusal;
        } finally {
            lock.unlock();
        }
    }

    boolean hasRoom() {
        return pendingBytes.get() <= settings.maxPendingBytes();
    }

    long pendingBytes() {
        return pendingBytes.get();
    }

    private void turnOver(int recordBytes) {
        if (filling.isEmpty()) {
            keep(filling);
        } else {
            full.add(filling);
        }
        filling = emptyBuffer(Math.max(settings.blockBytes(), BlockFormatV1.blockBytesFor(recordBytes)));
    }

    private BlockBuffer emptyBuffer(int capacityBytes) {
        BlockBuffer kept = capacityBytes == settings.blockBytes() ? spare.poll() : null;
        BlockBuffer buffer = kept == null ? new BlockBuffer(capacityBytes) : kept;
        buffer.reset(nextSequence);
        return buffer;
    }

    private void keep(BlockBuffer buffer) {
        if (buffer.capacityBytes() == settings.blockBytes() && spare.size() < SPARE_BUFFERS) {
            spare.add(buffer);
        }
    }
}
