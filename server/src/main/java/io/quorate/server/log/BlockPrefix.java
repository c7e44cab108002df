package io.quorate.server.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first 20 bytes of a block, the same in every version of the format: magic (4), version (1), zeros (3), use number
 * (8), CRC32C of these (4), big-endian. They tell a block of another version from damage.
 *
 * @param version the version of the format of the whole block
 * @param use the use of the segment in which it was written
 */
record BlockPrefix(int version, long use) {
    /** Blocks begin and end at multiples of this many bytes. */
    static final int ALIGNMENT_BYTES = 4_096;

    static final int BYTES = 20;

    private static final int MAGIC = 0x514C_4F47; // QLOG
    private static final int CHECKED_BYTES = 16;

    /** Writes it at an offset. */
    void write(ByteBuffer target, int offset) {
        target.putInt(offset, MAGIC);
        target.putInt(offset + 4, version << 24);
        target.putLong(offset + 8, use);
        target.putInt(offset + CHECKED_BYTES, checksum(target, offset, CHECKED_BYTES));
    }

    /** What stands at an offset, or null when it is not the start of a block. */
    static @Nullable BlockPrefix read(ByteBuffer source, int offset) {
        if (source.getInt(offset) != MAGIC
                || source.getInt(offset + CHECKED_BYTES) != checksum(source, offset, CHECKED_BYTES)) {
            return null;
        }
        return new BlockPrefix(source.get(offset + 4) & 0xFF, source.getLong(offset + 8));
    }

    /** The CRC32C of a part of a buffer, without moving its position. */
    static int checksum(ByteBuffer source, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(source.slice(offset, length));
        return (int) crc.getValue();
    }

    /** The least multiple of the alignment that is not smaller. */
    static int aligned(int bytes) {
        return (bytes + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
    }
}
