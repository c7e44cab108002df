package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.core.wire.ByteWriter;
import io.quorate.core.wire.MalformedException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The CRC32C that ends a record of a store's own bookkeeping. */
final class Checksum {
    private static final int SIZE_BYTES = Integer.BYTES;

    private Checksum() {}

    /** What was written, followed by its checksum. */
    static Bytes append(ByteWriter writer) {
        writer.fixed32(of(writer.asBuffer()));
        return writer.toBytes();
    }

    /** Checks that the last four bytes are the checksum of those before; throws {@link MalformedException}. */
    static void check(Bytes encoded) {
        int end = encoded.length() - SIZE_BYTES;
        if (end < 0 || of(encoded.asBuffer().limit(end)) != encoded.asBuffer().getInt(end)) {
            throw new MalformedException("the checksum does not match");
        }
    }

    static int of(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
