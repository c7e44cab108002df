package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BlockFormatV1Test {
    private static final String GOLDEN = "514c4f47010000000000000000000007f42d66281122334455667788000000000000002a"
            + "000000000000002900000000000003e8000000020000000fc44146e19c8966be00000005"
            + "68656c6c6f000000022121";

    @Test
    void theBytesOfVersionOneNeverChange() {
        ByteBuffer block = sampleBlock();
        byte[] used = new byte[BlockFormatV1.HEADER_BYTES + 15];
        block.get(0, used);

        assertThat(HexFormat.of().formatHex(used)).isEqualTo(GOLDEN);
    }

    @Test
    void aBlockIsFilledUpWithZerosToFourKibibytes() {
        ByteBuffer block = sampleBlock();

        assertThat(block.remaining()).isEqualTo(4_096);
        for (int i = BlockFormatV1.HEADER_BYTES + 15; i < 4_096; i++) {
            assertThat(block.get(i)).isZero();
        }
    }

    @Test
    void theGoldenBytesReadBack() {
        ByteBuffer block = ByteBuffer.allocate(4_096).put(HexFormat.of().parseHex(GOLDEN));

        BlockHeader header = BlockFormatV1.readHeader(block, 0);

        assertThat(header).isNotNull();
        assertThat(header.use()).isEqualTo(7);
        assertThat(header.identity()).isEqualTo(0x1122334455667788L);
        assertThat(header.number()).isEqualTo(42);
        assertThat(header.durableNumber()).isEqualTo(41);
        assertThat(header.firstSequence()).isEqualTo(1_000);
        assertThat(header.lastSequence()).isEqualTo(1_001);
        assertThat(BlockFormatV1.payloadIntact(header, block, 0)).isTrue();
        TreeMap<Long, Bytes> records = new TreeMap<>();
        BlockFormatV1.readRecords(header, block, 0, records::put);
        assertThat(records)
                .containsExactly(Map.entry(1_000L, Bytes.utf8("hello")), Map.entry(1_001L, Bytes.utf8("!!")));
    }

    @Test
    void everyFlippedBitOfHeaderAndPayloadIsNoticed() {
        ByteBuffer block = sampleBlock();
        for (int bit = 0; bit < (BlockFormatV1.HEADER_BYTES + 15) * 8; bit++) {
            flip(block, bit);
            BlockHeader header = BlockFormatV1.readHeader(block, 0);
            boolean intact = header != null && BlockFormatV1.payloadIntact(header, block, 0);
            assertThat(intact).as("bit %d", bit).isFalse();
            flip(block, bit);
        }
    }

    @Test
    void aBufferThatIsUsedAgainLeavesNothingOfItsLastBlockBehind() {
        BlockBuffer buffer = new BlockBuffer(8_192);
        buffer.reset(1);
        buffer.add(LogRig.record(1, 8_000));
        ByteBuffer first = buffer.seal(1, 2, 3, 2);
        assertThat(first.remaining()).isEqualTo(8_192);
        buffer.reset(1_000);
        buffer.add(Bytes.utf8("hello"));
        buffer.add(Bytes.utf8("!!"));

        assertThat(buffer.seal(7, 0x1122334455667788L, 42, 41)).isEqualTo(sampleBlock());
    }

    private static ByteBuffer sampleBlock() {
        BlockBuffer buffer = new BlockBuffer(4_096);
        buffer.reset(1_000);
        buffer.add(Bytes.utf8("hello"));
        buffer.add(Bytes.utf8("!!"));
        return buffer.seal(7, 0x1122334455667788L, 42, 41);
    }

    private static void flip(ByteBuffer block, int bit) {
        block.put(bit / 8, (byte) (block.get(bit / 8) ^ (1 << bit % 8)));
    }
}
