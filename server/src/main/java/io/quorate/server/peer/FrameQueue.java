package io.quorate.server.peer;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Iterator;

/** The frames that wait to be written to one connection, bounded in bytes; payloads are shared, not copied. */
final class FrameQueue {
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private long queuedBytes;

    /** Adds a frame behind the others, unless the queue would then hold more than {@code maxBytes}. */
    boolean offer(Frame frame, long maxBytes) {
        long after = queuedBytes + countedBytes(frame);
        if (after > maxBytes) {
            return false;
        }
        frames.add(frame);
        queuedBytes = after;
        return true;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    long queuedBytes() {
        return queuedBytes;
    }

    /** The encoded size of the next chunk: at least one frame, more as long as they fit. 0 when there is none. */
    int nextChunkBytes() {
        int sizeBytes = 0;
        for (Iterator<Frame> next = frames.iterator(); next.hasNext(); ) {
            int frameBytes = FrameCodec.sizeBytes(next.next());
            if (sizeBytes > 0 && sizeBytes + frameBytes > PeerLimits.CHUNK_BYTES) {
                break;
            }
            sizeBytes += frameBytes;
        }
        return sizeBytes;
    }

    /** Moves the frames that make up {@code chunkBytes} into the buffer and says how many they were. */
    int moveTo(ByteBuf out, int chunkBytes, int version) {
        int count = 0;
        for (int moved = 0; moved < chunkBytes; count++) {
            Frame frame = frames.remove();
            queuedBytes -= countedBytes(frame);
            moved += FrameCodec.sizeBytes(frame);
            FrameCodec.encode(frame, version, out);
        }
        return count;
    }

    /** Empties the queue and says how many frames were lost by it. */
    int clear() {
        int lost = frames.size();
        frames.clear();
        queuedBytes = 0;
        return lost;
    }

    private static long countedBytes(Frame frame) {
        return FrameCodec.sizeBytes(frame) + (long) PeerLimits.QUEUED_FRAME_OVERHEAD_BYTES;
    }
}
