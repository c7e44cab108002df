package io.quorate.server.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The part of a file that was read last, shared by those who read a log's files one after another. */
final class ReadWindow {
    private static final int READ_AHEAD_BYTES = 1 << 20;

    private ByteBuffer bytes = BlockBuffer.aligned(BlockPrefix.ALIGNMENT_BYTES);
    private long start;
    private int length;

    /** The bytes of which {@link #load} gave an index; until the next one. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** From here on another file is read. */
    void forget() {
        length = 0;
    }

    /** Sees to it that a part of a file is in the window, and returns the index of its first byte there. */
    int load(SegmentFile file, long sizeBytes, long offset, int wantedBytes) throws IOException {
        if (offset < start || offset + wantedBytes > start + length) {
            forget();
            int loading = (int) Math.min(Math.max(wantedBytes, READ_AHEAD_BYTES), sizeBytes - offset);
            if (loading > bytes.capacity()) {
                bytes = BlockBuffer.aligned(loading);
            }
            bytes.clear().limit(loading);
            file.read(bytes, offset);
            bytes.clear();
            start = offset;
            length = loading;
        }
        return (int) (offset - start);
    }
}
