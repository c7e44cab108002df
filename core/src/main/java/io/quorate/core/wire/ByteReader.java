package io.quorate.core.wire;

import io.quorate.api.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads what a {@link ByteWriter} wrote.
 *
 * <p>It throws {@link MalformedException} and nothing else when the bytes are damaged, and it allocates nothing for a
 * length or a count before that many bytes were seen to be there. Not thread-safe.
 */
public final class ByteReader {
    private static final int UUID_BYTES = 16;
    private static final char REPLACEMENT = '\uFFFD';

    private final ByteBuffer buffer;

    /** Reads the bytes from the first to the last. */
    public ByteReader(Bytes bytes) {
        this.buffer = bytes.asBuffer();
    }

    /** Reads from the buffer's position to its limit; the buffer's own position stays. */
    public ByteReader(ByteBuffer buffer) {
        this.buffer = buffer.slice();
    }

    /** One byte, 0 to 255. */
    public int u8() {
        need(1);
        return buffer.get() & 0xFF;
    }

    /** One byte that is 0 or 1. */
    public boolean flag() {
        int value = u8();
        if (value > 1) {
            throw malformed("a flag of " + value);
        }
        return value == 1;
    }

    /** Four bytes. */
    public int fixed32() {
        need(Integer.BYTES);
        return buffer.getInt();
    }

    /** Eight bytes. */
    public long fixed64() {
        need(Long.BYTES);
        return buffer.getLong();
    }

    /** An unsigned LEB128 number of 64 bits in its shortest form. */
    public long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                if ((next == 0 && shift > 0) || (shift == 63 && next > 1)) {
                    break;
                }
                return value;
            }
        }
        throw malformed("a number in a form that is never written");
    }

    /** A number written with {@link ByteWriter#zigzag}. */
    public long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number of 32 bits written with {@link ByteWriter#zigzag}. */
    public int zigzagInt() {
        long value = zigzag();
        if (value != (int) value) {
            throw malformed("the number " + value + ", too large here");
        }
        return (int) value;
    }

    /** A number from 0 to {@link Long#MAX_VALUE}. */
    public long nonNegative() {
        return notNegative(varint());
    }

    /** A number from 0 to {@link Long#MAX_VALUE} that was written with {@link ByteWriter#below}. */
    public long below(long upper) {
        return notNegative(upper - zigzag());
    }

    /** A number from 0 to {@link Integer#MAX_VALUE}. */
    public int nonNegativeInt() {
        long value = varint();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw malformed("the number " + Long.toUnsignedString(value) + ", too large here");
        }
        return (int) value;
    }

    /** The number of things that follow, each of at least {@code minBytesEach}, which is at least 1. */
    public int count(int max, int minBytesEach) {
        long count = varint();
        if (count < 0 || count > max) {
            throw malformed("a count of " + Long.toUnsignedString(count) + ", at most " + max + " are allowed");
        }
        if (count * minBytesEach > buffer.remaining()) {
            throw malformed("a count of " + count + " with " + buffer.remaining() + " bytes left");
        }
        return (int) count;
    }

    /** A count, then as many elements as {@code element} reads; each has at least {@code minBytesEach}. */
    public <T> List<T> list(int max, int minBytesEach, Function<ByteReader, T> element) {
        int count = count(max, minBytesEach);
        List<T> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(element.apply(this));
        }
        return elements;
    }

    /** A length, then as many bytes. */
    public Bytes bytes(int max) {
        return Bytes.wrap(array(max));
    }

    /** A length, then as many bytes of well-formed UTF-8. */
    public String text(int maxBytes) {
        byte[] array = array(maxBytes);
        if (array.length == 0) {
            return "";
        }
        String text = new String(array, StandardCharsets.UTF_8);
        // Decoding replaces what is not well-formed; the strict decoder is slower and asked only when that shows.
        if (text.indexOf(REPLACEMENT) >= 0 && Bytes.wrap(array).asUtf8().isEmpty()) {
            throw malformed("a text that is not UTF-8");
        }
        return text;
    }

    /** Sixteen bytes. */
    public UUID uuid() {
        need(UUID_BYTES);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /**
     * The format version at the beginning of an encoding.
     *
     * @param what is encoded, for the message
     * @param known the one version that the caller reads
     */
    public void version(String what, int known) {
        int version = u8();
        if (version != known) {
            throw new MalformedException(
                    what + " has the unknown format version " + version + "; this release reads version " + known);
        }
    }

    /** The number of bytes that are left. */
    public int remaining() {
        return buffer.remaining();
    }

    /** Checks that nothing is left. */
    public void end() {
        if (buffer.hasRemaining()) {
            throw malformed(buffer.remaining() + " bytes too many");
        }
    }

    /** The exception for damage found here, to be thrown. */
    public MalformedException malformed(String what) {
        return new MalformedException("at byte " + buffer.position() + " of " + buffer.limit() + ": " + what);
    }

    /** The exception for a code that is not known, to be thrown. */
    public MalformedException unknown(String what, int code) {
        return malformed("the unknown " + what + " " + code);
    }

    private long notNegative(long value) {
        if (value < 0) {
            throw malformed("a negative number where none can be");
        }
        return value;
    }

    private byte[] array(int max) {
        int length = count(max, 1);
        byte[] array = new byte[length];
        buffer.get(array);
        return array;
    }

    private void need(int bytes) {
        if (buffer.remaining() < bytes) {
            throw malformed("cut off: " + bytes + " more bytes are needed");
        }
    }
}
