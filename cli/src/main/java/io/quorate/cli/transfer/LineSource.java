package io.quorate.cli.transfer;

import io.quorate.api.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A file, or what flows in, with one JSON object per line. Not thread-safe. */
public final class LineSource implements RecordSource {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final Bytes BYTE_ORDER_MARK = Bytes.copyOf(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});

    private final InputStream in;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int from;
    private int to;
    private long number;
    private long bytes;

    /** Begins at the place, for which it passes over what is before. */
    public LineSource(InputStream in, Place begin) throws IOException {
        this.in = in;
        this.number = begin.number();
        this.bytes = begin.bytes();
        in.skipNBytes(begin.bytes());
    }

    @Override
    public Optional<Read> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long length = 0;
        boolean ended = false;
        while (!ended && fill()) {
            int end = from;
            while (end < to && chunk[end] != '\n') {
                end++;
            }
            ended = end < to;
            // Of a line that is too long only its length matters.
            if (length <= RecordLine.MAX_BYTES) {
                line.write(chunk, from, end - from);
            }
            length += end - from;
            from = ended ? end + 1 : end;
        }
        if (length == 0 && !ended) {
            return Optional.empty();
        }
        number++;
        bytes += length + (ended ? 1 : 0);
        return Optional.of(new Read("line " + number, reading(line, length), new Place(number, bytes, "")));
    }

    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, in.read(chunk));
        }
        return from < to;
    }

    private Reading reading(ByteArrayOutputStream line, long length) {
        if (length > RecordLine.MAX_BYTES) {
            return new Reading.Malformed("it is longer than " + RecordLine.MAX_BYTES + " bytes");
        }
        Bytes content = Bytes.wrap(line.toByteArray());
        boolean marked = number == 1 && content.startsWith(BYTE_ORDER_MARK);
        return RecordLine.read(marked ? content.slice(BYTE_ORDER_MARK.length(), content.length()) : content);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
