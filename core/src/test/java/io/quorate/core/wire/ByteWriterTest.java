package io.quorate.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteWriterTest {
    private final ByteWriter writer = new ByteWriter(2, 20);

    @Test
    void itGrowsUpToItsBoundAndNoFurther() {
        writer.raw(Bytes.wrap(new byte[20]));
        assertThat(writer.size()).isEqualTo(20);
        assertThatThrownBy(() -> writer.u8(1)).isInstanceOf(IllegalStateException.class);
        assertThat(writer.size()).isEqualTo(20);
    }

    @Test
    void aShortNumberFitsIntoTheLastByte() {
        writer.raw(Bytes.wrap(new byte[18]));
        writer.varint(300);
        assertThat(writer.toArray()).hasSize(20).endsWith(0xAC, 0x02);
    }

    @Test
    void whatIsTooLongIsRefusedAsABug() {
        assertThatThrownBy(() -> writer.bytes(Bytes.utf8("abc"), 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.text("abc", 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.text("éé", 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.list(List.of(1, 2), 1, ByteWriter::u8))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.nonNegative(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.below(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHeaderIsFilledInAfterwards() {
        writer.fixed32(0);
        writer.u8(7);
        writer.fixed32At(0, 0x01020304);
        assertThat(writer.toArray()).containsExactly(1, 2, 3, 4, 7);
        assertThatThrownBy(() -> writer.fixed32At(2, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itCanBeCutAndUsedAgain() {
        writer.raw(Bytes.utf8("abc"));
        writer.truncate(1);
        writer.raw(Bytes.utf8("z"));
        assertThat(writer.toBytes()).isEqualTo(Bytes.utf8("az"));
        writer.clear();
        assertThat(writer.toBytes()).isEqualTo(Bytes.EMPTY);
        writer.u8(5);
        assertThat(writer.asBuffer()).isEqualTo(ByteBuffer.wrap(new byte[] {5}));
        ByteBuffer target = ByteBuffer.allocate(3);
        writer.putTo(target);
        assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {5}));
    }
}
