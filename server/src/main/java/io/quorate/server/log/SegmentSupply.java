package io.quorate.server.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the next segment ready, made of a file out of use or filled with zeros, so that the writer never waits for it.
 *
 * <p>{@link #take} is for the writer; everything else is for one thread at a time beside it. An {@link IOException} of
 * these methods leaves the log as sound as before and may be tried again; an {@link UncheckedIOException} does not.
 *
 * <p>A file gets a use number greater than all before each time that it becomes a segment, so that blocks which it
 * already holds are never taken for blocks of this use.
 */
final class SegmentSupply {
    private static final int FILL_BYTES_AT_ONCE = 1 << 20;

    private final LogFiles files;
    private final LogSettings settings;
    private final LogCounters counters;
    private final ArrayDeque<Long> spares;
    private final AtomicReference<@Nullable OpenSegment> ready = new AtomicReference<>();
    private long nextUse;
    private long nextFilling; // never the same name twice: a crash may bring an older file of that name back

    SegmentSupply(LogFiles files, LogSettings settings, LogCounters counters, long nextUse, Collection<Long> spares) {
        this.files = files;
        this.settings = settings;
        this.counters = counters;
        this.nextUse = nextUse;
        nextFilling = nextUse;
        this.spares = new ArrayDeque<>(spares);
    }

    /** The segment that is ready, if any: it is the caller's now. */
    @Nullable OpenSegment take() {
        return ready.getAndSet(null);
    }

    boolean isEmpty() {
        return ready.get() == null;
    }

    /** Makes a segment ready; there must be none. */
    void prepare() throws IOException {
        OpenSegment segment = reuse();
        ready.set(segment == null ? fill() : segment);
    }

    /** Takes the file of a segment whose records are not needed any more. */
    void recycle(long use) throws IOException {
        String name = SegmentNames.segment(use);
        if (spares.size() < settings.spareSegments()) {
            files.rename(name, SegmentNames.spare(use));
            syncNames();
            spares.add(use);
            counters.segmentsRecycled.incrementAndGet();
        } else {
            files.delete(name);
            syncNames();
        }
    }

    private @Nullable OpenSegment reuse() throws IOException {
        while (!spares.isEmpty()) {
            long spare = spares.element();
            String name = SegmentNames.spare(spare);
            SegmentFile file = files.open(name);
            if (file.sizeBytes() == settings.segmentBytes()) {
                OpenSegment segment = named(name, file);
                spares.remove();
                return segment;
            }
            file.close();
            files.delete(name);
            spares.remove();
        }
        return null;
    }

    private OpenSegment fill() throws IOException {
        requireRoom();
        String name = SegmentNames.filling(nextFilling++);
        try {
            fill(name);
            OpenSegment segment = named(name, files.open(name));
            counters.segmentsFilled.incrementAndGet();
            return segment;
        } catch (IOException cannot) {
            discard(name, cannot);
            throw cannot;
        }
    }

    /** A disk that is nearly full is not filled up in vain: others need what is left of it. */
    private void requireRoom() throws IOException {
        long free = files.freeBytes();
        if (free >= 0 && free < settings.segmentBytes()) {
            throw new IOException("no room for a log segment: the disk has " + free + " bytes left, a segment takes "
                    + settings.segmentBytes());
        }
    }

    private void fill(String name) throws IOException {
        ByteBuffer zeros = BlockBuffer.aligned(Math.min(FILL_BYTES_AT_ONCE, settings.segmentBytes()));
        try (SegmentFile file = files.create(name)) {
            for (long offset = 0; offset < settings.segmentBytes(); offset += zeros.limit()) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), settings.segmentBytes() - offset));
                file.write(zeros, offset);
            }
            file.sync();
        }
    }

    /**
     * The file becomes a segment. The number counts as used only when all went well, so a failure in between is repaired
     * by the next attempt: an unused segment older than a used one would look like damage.
     */
    private OpenSegment named(String name, SegmentFile file) throws IOException {
        try {
            files.rename(name, SegmentNames.segment(nextUse));
        } catch (IOException cannot) {
            file.close();
            throw cannot;
        }
        syncNames();
        return new OpenSegment(nextUse++, file, settings.segmentBytes());
    }

    private void syncNames() {
        try {
            files.sync();
        } catch (IOException unknown) {
            throw new UncheckedIOException("the names of the log's files could not be made durable", unknown);
        }
    }

    private void discard(String name, IOException reason) {
        try {
            files.delete(name);
        } catch (IOException cannot) {
            reason.addSuppressed(cannot);
        }
    }
}
