package io.quorate.core.wire;

import io.quorate.api.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * A buffer that encodings are written into; it grows as needed up to a bound.
 *
 * <p>Numbers of fixed width are big-endian. A write beyond the bound throws {@link IllegalStateException}, an argument
 * beyond its limit {@link IllegalArgumentException}: both are bugs of the caller. Not thread-safe.
 */
public final class ByteWriter {
    /** A buffer that grew beyond this is given back by {@link #clear}. */
    static final int RETAINED_BYTES = 1 << 20;

    private static final int INITIAL_BYTES = 256;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final int maxBytes;
    private byte[] buffer;
    private int size;

    /** An empty writer that takes up to {@link WireLimits#MAX_ENCODED_BYTES}. */
    public ByteWriter() {
        this(INITIAL_BYTES, WireLimits.MAX_ENCODED_BYTES);
    }

    /**
     * @param initialBytes what is allocated at first
     * @param maxBytes the most that can be written
     */
    public ByteWriter(int initialBytes, int maxBytes) {
        if (initialBytes < 0 || maxBytes < 0) {
            throw new IllegalArgumentException("a negative size: " + initialBytes + ", " + maxBytes);
        }
        this.maxBytes = maxBytes;
        this.buffer = new byte[Math.min(initialBytes, maxBytes)];
    }

    /** The lowest eight bits. */
    public void u8(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
    }

    /** One byte, 1 for true. */
    public void flag(boolean value) {
        u8(value ? 1 : 0);
    }

    /** Four bytes. */
    public void fixed32(int value) {
        reserve(Integer.BYTES);
        INT.set(buffer, size, value);
        size += Integer.BYTES;
    }

    /** Eight bytes. */
    public void fixed64(long value) {
        reserve(Long.BYTES);
        LONG.set(buffer, size, value);
        size += Long.BYTES;
    }

    /** Overwrites four bytes that were written before at {@code position}. */
    public void fixed32At(int position, int value) {
        if (position < 0 || position > size - Integer.BYTES) {
            throw new IllegalArgumentException("four bytes at " + position + " of " + size);
        }
        INT.set(buffer, position, value);
    }

    /** Seven bits a byte, lowest first (unsigned LEB128): 1 to 10 bytes, few for small numbers. */
    public void varint(long value) {
        if ((value & ~0x7FL) == 0) {
            u8((int) value);
            return;
        }
        reserve(varintBytes(value));
        int at = size;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[at++] = (byte) rest;
        size = at;
    }

    /** A varint that is short for numbers near 0 on both sides. */
    public void zigzag(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    /** A varint of a number that is never negative. */
    public void nonNegative(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a negative number where none can be: " + value);
        }
        varint(value);
    }

    /** How far a number that is never negative is below another one: short when they are close. */
    public void below(long upper, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a negative number where none can be: " + value);
        }
        zigzag(upper - value);
    }

    /** The number of things that follow. */
    public void count(int count, int max) {
        if (count < 0 || count > max) {
            throw new IllegalArgumentException(count + " where at most " + max + " are allowed");
        }
        varint(count);
    }

    /** A count, then each element as {@code element} writes it. */
    public <T> void list(Collection<T> elements, int max, BiConsumer<ByteWriter, T> element) {
        count(elements.size(), max);
        for (T each : elements) {
            element.accept(this, each);
        }
    }

    /** The length, then the bytes. */
    public void bytes(Bytes bytes, int max) {
        count(bytes.length(), max);
        raw(bytes);
    }

    /** The bytes alone. */
    public void raw(Bytes bytes) {
        reserve(bytes.length());
        bytes.copyTo(buffer, size);
        size += bytes.length();
    }

    /** The length in bytes, then the text in UTF-8; what UTF-8 cannot hold becomes a question mark. */
    public void text(String text, int maxBytes) {
        int start = size;
        int length = text.length();
        count(length, maxBytes);
        reserve(length);
        for (int i = 0; i < length; i++) {
            char each = text.charAt(i);
            if (each >= 0x80) {
                size = start;
                bytes(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)), maxBytes);
                return;
            }
            buffer[size++] = (byte) each;
        }
    }

    /** Sixteen bytes. */
    public void uuid(UUID uuid) {
        fixed64(uuid.getMostSignificantBits());
        fixed64(uuid.getLeastSignificantBits());
    }

    /** The number of bytes written. */
    public int size() {
        return size;
    }

    /** Forgets what was written after the first {@code size} bytes. */
    public void truncate(int size) {
        if (size < 0 || size > this.size) {
            throw new IllegalArgumentException("cannot cut " + this.size + " bytes to " + size);
        }
        this.size = size;
    }

    /** Forgets everything, to be used again. */
    public void clear() {
        size = 0;
        if (buffer.length > RETAINED_BYTES) {
            buffer = new byte[INITIAL_BYTES];
        }
    }

    /** A copy of what was written. */
    public Bytes toBytes() {
        return Bytes.copyOf(buffer, 0, size);
    }

    /** A copy of what was written. */
    public byte[] toArray() {
        return Arrays.copyOf(buffer, size);
    }

    /** What was written, read-only and without a copy: it holds until the next call that writes or clears. */
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(buffer, 0, size).asReadOnlyBuffer();
    }

    /** Copies what was written to the buffer's position. */
    public void putTo(ByteBuffer target) {
        target.put(buffer, 0, size);
    }

    private static int varintBytes(long value) {
        return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
    }

    private void reserve(int bytes) {
        if (bytes > buffer.length - size) {
            grow(bytes);
        }
    }

    private void grow(int bytes) {
        if (bytes > maxBytes - size) {
            throw new IllegalStateException(
                    "an encoding of " + ((long) size + bytes) + " bytes, where " + maxBytes + " are allowed");
        }
        long doubled = Math.max(2L * buffer.length, INITIAL_BYTES);
        buffer = Arrays.copyOf(buffer, (int) Math.min(maxBytes, Math.max(doubled, (long) size + bytes)));
    }
}
