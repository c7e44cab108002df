package io.quorate.server.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A segment that blocks can be written to, one after another. */
final class OpenSegment {
    private final long use;
    private final SegmentFile file;
    private final long sizeBytes;
    private long nextOffset;

    OpenSegment(long use, SegmentFile file, long sizeBytes) {
        this.use = use;
        this.file = file;
        this.sizeBytes = sizeBytes;
    }

    long use() {
        return use;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    boolean hasRoomFor(int blockBytes) {
        return nextOffset + blockBytes <= sizeBytes;
    }

    /** Makes a block durable behind the last one. */
    void write(ByteBuffer block) throws IOException {
        int length = block.remaining();
        file.write(block, nextOffset);
        file.sync();
        nextOffset += length;
    }

    void close() throws IOException {
        file.close();
    }

    /** Closes the file when nothing depends on how that goes. */
    void abandon() {
        try {
            file.close();
        } catch (IOException nothingWasWritten) {
            // Every block was synced when it was written: there is nothing that closing could lose.
        }
    }
}
