package io.quorate.server.metadata;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The form of a snapshot in a file, version 1, big-endian: magic {@code QRMETA} (6 bytes), version (2), epoch (8),
 * index (8), length of the state (4), the state, CRC32C of all before (4).
 */
final class SnapshotFormatV1 {
    private static final byte[] MAGIC = "QRMETA".getBytes(StandardCharsets.US_ASCII);
    private static final short VERSION = 1;
    private static final int HEADER_BYTES = 6 + 2 + 8 + 8 + 4;
    private static final int CHECKSUM_BYTES = 4;

    private SnapshotFormatV1() {}

    /** A state as of an index, which was written in an epoch. */
    record Snapshot(long epoch, long index, Bytes state) {}

    static byte[] encode(Snapshot snapshot) {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + snapshot.state().length() + CHECKSUM_BYTES);
        out.put(MAGIC).putShort(VERSION).putLong(snapshot.epoch()).putLong(snapshot.index());
        out.putInt(snapshot.state().length());
        snapshot.state().putTo(out);
        return out.putInt(checksum(out.array(), out.position())).array();
    }

    /** Throws an exception that names the file when its content is not a whole snapshot. */
    static Snapshot decode(Path name, byte[] file) throws IOException {
        if (file.length < HEADER_BYTES + CHECKSUM_BYTES || !Arrays.equals(file, 0, 6, MAGIC, 0, 6)) {
            throw new IOException("Snapshot " + name + " is no snapshot of the metadata log or is cut short");
        }
        ByteBuffer in = ByteBuffer.wrap(file, 6, file.length - 6);
        short version = in.getShort();
        if (version != VERSION) {
            throw new IOException("Snapshot " + name + " has format version " + version
                    + ", this program reads version " + VERSION + ": start the version that wrote it");
        }
        int checked = file.length - CHECKSUM_BYTES;
        if (checksum(file, checked) != in.getInt(checked)) {
            throw new IOException("Snapshot " + name + " is damaged (wrong checksum)");
        }
        long epoch = in.getLong();
        long index = in.getLong();
        int length = in.getInt();
        if (length != checked - HEADER_BYTES) {
            throw new IOException("Snapshot " + name + " is damaged (wrong length)");
        }
        return new Snapshot(epoch, index, Bytes.copyOf(file, HEADER_BYTES, length));
    }

    private static int checksum(byte[] data, int length) {
        CRC32C crc = new CRC32C();
        crc.update(data, 0, length);
        return (int) crc.getValue();
    }
}
