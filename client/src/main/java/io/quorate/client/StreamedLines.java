package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.client.StreamedBody.Piece;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The lines of a body as its bytes arrive; what no end of a line follows is none. */
final class StreamedLines implements LineStream {
    private final StreamedBody body;
    private final int maxLineBytes;
    private final Deque<ByteBuffer> arrived = new ArrayDeque<>();
    private ByteArrayOutputStream begun = new ByteArrayOutputStream();

    StreamedLines(StreamedBody body, int maxLineBytes) {
        this.body = body;
        this.maxLineBytes = maxLineBytes;
    }

    @Override
    public Line next(long silenceMillis) throws InterruptedException {
        while (true) {
            while (!arrived.isEmpty()) {
                Optional<Line> line = takenFrom(arrived.getFirst());
                if (line.isPresent()) {
                    return line.get();
                }
                arrived.removeFirst();
            }
            Optional<Piece> piece = body.next(silenceMillis);
            if (piece.isEmpty()) {
                return new Line.Ended("nothing came for " + silenceMillis + " ms");
            }
            switch (piece.get()) {
                case Piece.Some some -> arrived.addAll(some.buffers());
                case Piece.End(String detail) -> {
                    return new Line.Ended(detail);
                }
            }
        }
    }

    /** The line that ends in the buffer; empty when none does and all of it was taken. */
    private Optional<Line> takenFrom(ByteBuffer buffer) {
        int length = toLineEnd(buffer);
        boolean isWhole = length < buffer.remaining();
        if (length > maxLineBytes - begun.size()) {
            return Optional.of(new Line.TooLong(maxLineBytes));
        }
        byte[] part = new byte[length];
        buffer.get(part);
        begun.writeBytes(part);
        if (!isWhole) {
            return Optional.empty();
        }
        buffer.get();
        Bytes line = Bytes.wrap(begun.toByteArray());
        begun = new ByteArrayOutputStream();
        return Optional.of(new Line.Whole(line));
    }

    private static int toLineEnd(ByteBuffer buffer) {
        int length = 0;
        while (length < buffer.remaining() && buffer.get(buffer.position() + length) != '\n') {
            length++;
        }
        return length;
    }

    @Override
    public void close() {
        body.close();
    }
}
