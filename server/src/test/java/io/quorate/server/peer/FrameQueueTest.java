package io.quorate.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.quorate.api.Bytes;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
    private static final long NO_LIMIT = Long.MAX_VALUE;
    private static final int COUNTED_BEYOND_PAYLOAD = FrameCodec.HEADER_BYTES + PeerLimits.QUEUED_FRAME_OVERHEAD_BYTES;

    private final FrameQueue queue = new FrameQueue();

    private static Frame ofSize(int sizeBytes) {
        return new Frame(FrameKind.REQUEST, Bytes.wrap(new byte[sizeBytes - FrameCodec.HEADER_BYTES]));
    }

    @Test
    void aFrameThatWouldExceedTheBoundIsNotTaken() {
        Frame frame = new Frame(FrameKind.REQUEST, Bytes.wrap(new byte[100]));
        long bound = 2L * (100 + COUNTED_BEYOND_PAYLOAD);
        assertThat(queue.offer(frame, bound)).isTrue();
        assertThat(queue.offer(frame, bound)).isTrue();
        assertThat(queue.offer(frame, bound)).isFalse();
        assertThat(queue.queuedBytes()).isEqualTo(bound);
    }

    @Test
    void emptyMessagesCountTowardsTheBoundToo() {
        Frame empty = new Frame(FrameKind.REQUEST, Bytes.EMPTY);
        assertThat(queue.offer(empty, COUNTED_BEYOND_PAYLOAD - 1)).isFalse();
        assertThat(queue.offer(empty, COUNTED_BEYOND_PAYLOAD)).isTrue();
    }

    @Test
    void aChunkHoldsAsManyFramesAsFit() {
        int third = PeerLimits.CHUNK_BYTES / 3;
        for (int i = 0; i < 4; i++) {
            queue.offer(ofSize(third), NO_LIMIT);
        }
        assertThat(queue.nextChunkBytes()).isEqualTo(3 * third);
        ByteBuf out = Unpooled.buffer();
        assertThat(queue.moveTo(out, 3 * third, 1)).isEqualTo(3);
        assertThat(out.readableBytes()).isEqualTo(3 * third);
        assertThat(queue.nextChunkBytes()).isEqualTo(third);
    }

    @Test
    void aFrameLargerThanAChunkIsAChunkOfItsOwn() {
        queue.offer(ofSize(100), NO_LIMIT);
        queue.offer(ofSize(PeerLimits.CHUNK_BYTES * 2), NO_LIMIT);
        queue.offer(ofSize(100), NO_LIMIT);
        assertThat(queue.nextChunkBytes()).isEqualTo(100);
        queue.moveTo(Unpooled.buffer(), 100, 1);
        assertThat(queue.nextChunkBytes()).isEqualTo(PeerLimits.CHUNK_BYTES * 2);
    }

    @Test
    void whatHasLeftMakesRoomAndAnEmptyQueueCountsNothing() {
        queue.offer(ofSize(1_000), NO_LIMIT);
        queue.offer(ofSize(1_000), NO_LIMIT);
        queue.moveTo(Unpooled.buffer(), 2_000, 1);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.queuedBytes()).isZero();
        assertThat(queue.nextChunkBytes()).isZero();
    }

    @Test
    void clearingSaysHowManyWereLost() {
        queue.offer(ofSize(1_000), NO_LIMIT);
        queue.offer(ofSize(1_000), NO_LIMIT);
        assertThat(queue.clear()).isEqualTo(2);
        assertThat(queue.queuedBytes()).isZero();
    }
}
