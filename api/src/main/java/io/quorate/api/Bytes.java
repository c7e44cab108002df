package io.quorate.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An immutable sequence of bytes, ordered as unsigned bytes.
 *
 * <p>Thread-safe: nothing changes it after construction, provided that an array given to {@link #wrap} is not written
 * to any more.
 */
public final class Bytes implements Comparable<Bytes> {
    /** The sequence of length 0. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;
    private int hash;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /** A copy of the array. */
    public static Bytes copyOf(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array.clone());
    }

    /** A copy of {@code length} bytes of the array from {@code offset}. */
    public static Bytes copyOf(byte[] array, int offset, int length) {
        return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(array, offset, offset + length));
    }

    /** Takes the array over without a copy: the caller must not change it afterwards. */
    public static Bytes wrap(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array);
    }

    /** The UTF-8 form of the text. */
    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The number of bytes. */
    public int length() {
        return array.length;
    }

    /** Whether there are no bytes. */
    public boolean isEmpty() {
        return array.length == 0;
    }

    /** The byte at a position from 0 to {@code length() - 1}. */
    public byte at(int position) {
        return array[position];
    }

    /** A new array with these bytes. */
    public byte[] toArray() {
        return array.clone();
    }

    /** These bytes as a read-only buffer, without a copy. */
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(array).asReadOnlyBuffer();
    }

    /** Copies these bytes into {@code target} from {@code offset} on. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(array, 0, target, offset, array.length);
    }

    /** Writes these bytes at the buffer's position. */
    public void putTo(ByteBuffer target) {
        target.put(array);
    }

    /** The bytes from {@code from} (inclusive) to {@code to} (exclusive), copied. */
    public Bytes slice(int from, int to) {
        return wrap(Arrays.copyOfRange(array, from, to));
    }

    /** The least sequence that is greater than this one: with a zero byte at the end. */
    public Bytes successor() {
        return wrap(Arrays.copyOf(array, array.length + 1));
    }

    /** Whether these bytes begin with all of {@code prefix}. */
    public boolean startsWith(Bytes prefix) {
        return array.length >= prefix.array.length
                && Arrays.equals(array, 0, prefix.array.length, prefix.array, 0, prefix.array.length);
    }

    /** The text of which these bytes are the UTF-8 form, or empty when they are not well-formed UTF-8. */
    public Optional<String> asUtf8() {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(array))
                    .toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(array, other.array);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Bytes bytes && Arrays.equals(array, bytes.array));
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = Arrays.hashCode(array);
        }
        return hash;
    }

    /** The text when it is short, printable UTF-8, else hexadecimal digits, cut at 64 bytes. */
    @Override
    public String toString() {
        int shown = Math.min(array.length, 64);
        String tail = shown < array.length ? "…(" + array.length + " bytes)" : "";
        return asUtf8().filter(text -> array.length <= 64 && text.chars().noneMatch(Character::isISOControl))
                .orElseGet(() -> "0x" + HexFormat.of().formatHex(array, 0, shown) + tail);
    }
}
