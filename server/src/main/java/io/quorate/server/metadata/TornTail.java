package io.quorate.server.metadata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts an entry that a killed process left half-written at the end of the open log segment.
 *
 * <p>Ratis refuses such a segment like a damaged one, because behind what was written there are the zeros the file was
 * filled with ahead. A write that a kill interrupts ends between two pages of memory. So an entry is half-written, was
 * never synced and thus never acknowledged, when its checksum is wrong, it crosses a page boundary, and from the last
 * such boundary on there are only zeros. Whatever else is wrong is damage, and left for Ratis to refuse.
 *
 * <p>An entry in Ratis's file: its length as a varint, its bytes, CRC32C of both (4 bytes).
 */
final class TornTail {
    private static final Logger LOG = LoggerFactory.getLogger(TornTail.class);
    private static final byte[] HEADER = "RaftLog1".getBytes(StandardCharsets.US_ASCII);
    private static final String OPEN_SEGMENT = "log_inprogress_";
    private static final int PAGE_BYTES = 4_096;
    private static final int MAX_VARINT_BYTES = 5;
    private static final int CHECKSUM_BYTES = 4;

    private TornTail() {}

    /** Looks through the open segments of all groups under {@code storage}, which need not exist yet. */
    static void cut(Path storage) throws IOException {
        if (!Files.isDirectory(storage)) {
            return;
        }
        for (Path segment : openSegments(storage)) {
            byte[] content = Files.readAllBytes(segment);
            int end = wholeUpTo(content);
            if (end < content.length) {
                LOG.warn("Cutting a half-written entry at {} of {}: it was never acknowledged", end, segment);
                try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                    file.truncate(end);
                    file.force(true);
                }
            }
        }
    }

    private static List<Path> openSegments(Path storage) throws IOException {
        try (Stream<Path> files = Files.walk(storage, 3)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().startsWith(OPEN_SEGMENT))
                    .toList();
        }
    }

    /** Where a half-written last entry begins; the file's length when there is none. */
    static int wholeUpTo(byte[] file) {
        if (file.length < HEADER.length || !Arrays.equals(file, 0, HEADER.length, HEADER, 0, HEADER.length)) {
            return file.length;
        }
        int offset = HEADER.length;
        while (offset < file.length && file[offset] != 0) {
            int end = endOfEntry(file, offset);
            if (end < 0 || end > file.length || !checksumHolds(file, offset, end)) {
                return isTorn(file, offset, end) ? offset : file.length;
            }
            offset = end;
        }
        return file.length;
    }

    /** The position after the entry, or -1 when its length cannot be one. */
    private static int endOfEntry(byte[] file, int offset) {
        long length = 0;
        for (int i = 0; i < MAX_VARINT_BYTES && offset + i < file.length; i++) {
            byte next = file[offset + i];
            length |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                return length > MetadataLogLimits.MAX_ENTRY_BYTES ? -1 : offset + i + 1 + (int) length + CHECKSUM_BYTES;
            }
        }
        return -1;
    }

    private static boolean checksumHolds(byte[] file, int offset, int end) {
        CRC32C crc = new CRC32C();
        crc.update(file, offset, end - CHECKSUM_BYTES - offset);
        return (int) crc.getValue() == ByteBuffer.wrap(file).getInt(end - CHECKSUM_BYTES);
    }

    /** A length that was itself cut is shorter than the true one, but was cut at a page boundary too. */
    private static boolean isTorn(byte[] file, int offset, int end) {
        int reach = Math.min(file.length, Math.max(end, offset + MAX_VARINT_BYTES));
        int boundary = (reach - 1) / PAGE_BYTES * PAGE_BYTES;
        return boundary > offset && isZero(file, boundary);
    }

    private static boolean isZero(byte[] file, int from) {
        for (int i = from; i < file.length; i++) {
            if (file[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
