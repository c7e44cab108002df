package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.core.wire.ByteWriter;
import io.quorate.core.wire.MalformedException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The record that tells the format of a whole store: version (1 byte) and CRC32C (4). */
final class StoreFormat {
    /** The format that this release writes, and the newest that it reads. */
    static final int CURRENT = 1;

    private static final int SIZE_BYTES = 5;

    private StoreFormat() {}

    static Bytes encode(int version) {
        ByteWriter writer = new ByteWriter(SIZE_BYTES, SIZE_BYTES);
        writer.u8(version);
        return Checksum.append(writer);
    }

    /** Lets formats up to {@link #CURRENT} pass; refuses newer ones first, whose record may look different. */
    static void check(Bytes encoded, Path folder) throws StoreRefusedException {
        if (!encoded.isEmpty() && Byte.toUnsignedInt(encoded.at(0)) > CURRENT) {
            throw newer(folder, "format " + Byte.toUnsignedInt(encoded.at(0)));
        }
        try {
            Checksum.check(encoded);
        } catch (MalformedException e) {
            throw damaged(folder, "its format record", e);
        }
        if (encoded.length() != SIZE_BYTES || encoded.at(0) == 0) {
            throw damaged(folder, "its format record", null);
        }
    }

    static StoreRefusedException newer(Path folder, String what) {
        return new StoreRefusedException(
                "the store in " + folder + " has " + what + ", this release reads up to format " + CURRENT
                        + "; nothing was changed: start a release that knows it, or choose another DATA_DIR");
    }

    static StoreRefusedException damaged(Path folder, String what, @Nullable Exception cause) {
        String message = "the store in " + folder + " is damaged: " + what
                + (cause == null ? "" : " (" + cause.getMessage() + ")")
                + "; nothing was changed: move DATA_DIR away and start again, the worker then gets its replicas anew";
        return cause == null ? new StoreRefusedException(message) : new StoreRefusedException(message, cause);
    }
}
