package io.quorate.server.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One open file of the log, used by one thread at a time.
 *
 * <p>Buffers, positions and lengths are multiples of 4 KiB, and buffers are aligned to it in memory.
 */
interface SegmentFile extends AutoCloseable {
    /** The length of the file, in bytes. */
    long sizeBytes() throws IOException;

    /** Fills what remains of the target from a position; a file that ends before that is an error. */
    void read(ByteBuffer target, long position) throws IOException;

    /** Writes all that remains of the source; until {@link #sync} a crash may keep any sectors of it and lose others. */
    void write(ByteBuffer source, long position) throws IOException;

    /** When it returns, all that was written and the file's length survive a crash. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;
}
