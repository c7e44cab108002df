package io.quorate.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteReaderTest {
    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, 1L << 62, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void aNumberIsReadAsItWasWritten(long value) {
        ByteReader reader = written(writer -> {
            writer.varint(value);
            writer.zigzag(value);
            writer.fixed64(value);
            writer.fixed32((int) value);
        });
        assertThat(reader.varint()).isEqualTo(value);
        assertThat(reader.zigzag()).isEqualTo(value);
        assertThat(reader.fixed64()).isEqualTo(value);
        assertThat(reader.fixed32()).isEqualTo((int) value);
        reader.end();
    }

    @Test
    void textsFlagsAndUuidsAreReadAsTheyWereWritten() {
        UUID uuid = new UUID(-7, 9);
        ByteReader reader = written(writer -> {
            writer.text("ascii", 5);
            writer.text("ünï \uD83D\uDE00 \uFFFD", 30);
            writer.text("", 0);
            writer.flag(true);
            writer.uuid(uuid);
        });
        assertThat(reader.text(5)).isEqualTo("ascii");
        assertThat(reader.text(30)).isEqualTo("ünï \uD83D\uDE00 \uFFFD");
        assertThat(reader.text(0)).isEmpty();
        assertThat(reader.flag()).isTrue();
        assertThat(reader.uuid()).isEqualTo(uuid);
        reader.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80", "8000", "ffffffffffffffffff02", "ffffffffffffffffffff01"})
    void aNumberThatNoWriterWritesIsMalformed(String hex) {
        assertMalformed(hex, ByteReader::varint);
    }

    @Test
    void aLengthBeyondTheBytesOrTheLimitIsMalformed() {
        assertMalformed("ffffffff07", reader -> reader.bytes(Integer.MAX_VALUE));
        assertMalformed("ffffffffffffffffff01", reader -> reader.bytes(Integer.MAX_VALUE));
        assertMalformed("03aabbcc", reader -> reader.bytes(2));
        assertMalformed("03aabb", reader -> reader.bytes(3));
    }

    @Test
    void aCountBeyondTheBytesOrTheLimitIsMalformed() {
        assertMalformed("020000", reader -> reader.count(1, 1));
        assertMalformed("020000", reader -> reader.count(2, 2));
        assertMalformed("ffffffff07", reader -> reader.count(Integer.MAX_VALUE, 1_000_000));
    }

    @Test
    void aTextThatIsNotUtf8IsMalformed() {
        assertMalformed("02c328", reader -> reader.text(10));
        assertMalformed("03eda080", reader -> reader.text(10));
    }

    @Test
    void aNegativeNumberWhereNoneCanBeIsMalformed() {
        assertMalformed("ffffffffffffffffff01", ByteReader::nonNegative);
        assertMalformed("8080808008", ByteReader::nonNegativeInt);
        assertMalformed("8080808010", ByteReader::zigzagInt);
        assertMalformed("04", reader -> reader.below(1));
        assertMalformed("02", ByteReader::flag);
    }

    @Test
    void aPartOfABufferIsReadWithoutMovingTheBuffer() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4).put(new byte[] {9, 1, 2, 9});
        buffer.position(1).limit(3);
        ByteReader reader = new ByteReader(buffer);
        assertThat(reader.u8()).isEqualTo(1);
        assertThat(reader.u8()).isEqualTo(2);
        reader.end();
        assertThat(buffer.position()).isEqualTo(1);
    }

    private static ByteReader written(Consumer<ByteWriter> writing) {
        ByteWriter writer = new ByteWriter();
        writing.accept(writer);
        return new ByteReader(writer.toBytes());
    }

    private static void assertMalformed(String hex, Consumer<ByteReader> reading) {
        ByteReader reader = new ByteReader(Bytes.wrap(HexFormat.of().parseHex(hex)));
        assertThatThrownBy(() -> reading.accept(reader)).isInstanceOf(MalformedException.class);
    }
}
