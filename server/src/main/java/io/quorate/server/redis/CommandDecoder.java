package io.quorate.server.redis;

import io.quorate.api.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds commands in what a client sends, however it is cut into pieces: lists of arguments as clients send them, and
 * lines as people type them. After {@link Decoded.Bad} there is nothing more to be found. Not thread-safe.
 */
final class CommandDecoder {
    /** What there is. */
    sealed interface Decoded {
        /**
         * A command.
         *
         * @param words its name and its arguments, at least one
         * @param bytes of them together
         */
        record Complete(List<Bytes> words, int bytes) implements Decoded {}

        /** The rest of a command has not come. */
        record NeedsMore() implements Decoded {}

        /** This is not the protocol, or too long. */
        record Bad(String reason) implements Decoded {}
    }

    private static final Decoded NEEDS_MORE = new Decoded.NeedsMore();
    private static final int MIN_CAPACITY = 1 << 10;
    private static final int KEPT_CAPACITY = 64 << 10;
    private static final int NO_LINE = -1;

    private final int maxFrameBytes;
    private byte[] buffer = new byte[0];
    private int start;
    private int end;
    private int scanned;

    private List<Bytes> words = new ArrayList<>();
    private int frameBytes;
    private int argumentsLeft;
    private int bulkBytes = NO_LINE;
    private Optional<Decoded.Bad> bad = Optional.empty();

    CommandDecoder(int maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
    }

    /** Takes in the next piece. */
    void add(byte[] piece) {
        if (end + piece.length > buffer.length) {
            makeRoom(piece.length);
        }
        System.arraycopy(piece, 0, buffer, end, piece.length);
        end += piece.length;
    }

    private void makeRoom(int more) {
        int kept = end - start;
        int needed = kept + more;
        boolean fits = needed <= buffer.length;
        byte[] target = fits ? buffer : new byte[Math.max(MIN_CAPACITY, Math.max(needed, kept * 2))];
        System.arraycopy(buffer, start, target, 0, kept);
        buffer = target;
        scanned -= start;
        start = 0;
        end = kept;
    }

    /** Bytes that are kept for a command that is not complete. */
    int keptBytes() {
        return end - start + frameBytes;
    }

    /** Whether part of a command has come. */
    boolean isAmid() {
        return end > start || argumentsLeft > 0;
    }

    /** The next command, as far as it has come. */
    Decoded next() {
        if (bad.isPresent()) {
            return bad.get();
        }
        Decoded found = find();
        if (found instanceof Decoded.Bad reason) {
            bad = Optional.of(reason);
        }
        if (start == end) {
            start = 0;
            end = 0;
            scanned = 0;
            if (buffer.length > KEPT_CAPACITY) {
                buffer = new byte[0];
            }
        }
        return found;
    }

    private Decoded find() {
        while (true) {
            Optional<Decoded> found = argumentsLeft == 0 ? begin() : argument();
            if (found.isPresent()) {
                return found.get();
            }
        }
    }

    /** The first line of a command; empty when there is one more step to take. */
    private Optional<Decoded> begin() {
        if (start == end) {
            return Optional.of(NEEDS_MORE);
        }
        boolean isList = buffer[start] == '*';
        int lineEnd = lineEnd();
        if (lineEnd == NO_LINE) {
            return lineOpen(isList ? "too big mbulk count string" : "too big inline request");
        }
        int from = start;
        start = lineEnd + 1;
        scanned = start;
        int contentEnd = lineEnd > from && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        return isList ? list(from + 1, contentEnd) : inline(from, contentEnd);
    }

    private Optional<Decoded> lineOpen(String tooLong) {
        return Optional.of(end - start > RedisLimits.MAX_LINE_BYTES ? protocolError(tooLong) : NEEDS_MORE);
    }

    private Optional<Decoded> list(int from, int to) {
        Optional<Integer> count = number(from, to);
        if (count.isEmpty() || count.get() > RedisLimits.MAX_ARGUMENTS) {
            return Optional.of(protocolError("invalid multibulk length"));
        }
        argumentsLeft = Math.max(0, count.get());
        return Optional.empty();
    }

    private Optional<Decoded> inline(int from, int to) {
        if (to - from > RedisLimits.MAX_LINE_BYTES) {
            return Optional.of(protocolError("too big inline request"));
        }
        Optional<List<Bytes>> split = InlineWords.split(Bytes.copyOf(buffer, from, to - from));
        if (split.isEmpty()) {
            return Optional.of(protocolError("unbalanced quotes in request"));
        }
        return split.get().isEmpty()
                ? Optional.empty()
                : Optional.of(new Decoded.Complete(List.copyOf(split.get()), to - from));
    }

    /** The next argument of a list; empty when there is one more step to take. */
    private Optional<Decoded> argument() {
        if (bulkBytes == NO_LINE) {
            Optional<Decoded> notYet = argumentLength();
            if (notYet.isPresent()) {
                return notYet;
            }
        }
        if (end - start < bulkBytes + 2) {
            return Optional.of(NEEDS_MORE);
        }
        int contentEnd = start + bulkBytes;
        if (buffer[contentEnd] != '\r' || buffer[contentEnd + 1] != '\n') {
            return Optional.of(protocolError("an argument does not end where its length says"));
        }
        words.add(Bytes.copyOf(buffer, start, bulkBytes));
        frameBytes += bulkBytes;
        start = contentEnd + 2;
        scanned = start;
        bulkBytes = NO_LINE;
        argumentsLeft--;
        return argumentsLeft > 0 ? Optional.empty() : Optional.of(complete());
    }

    private Optional<Decoded> argumentLength() {
        if (start == end) {
            return Optional.of(NEEDS_MORE);
        }
        if (buffer[start] != '$') {
            return Optional.of(protocolError("expected '$', got '" + shown(buffer[start]) + "'"));
        }
        int lineEnd = lineEnd();
        if (lineEnd == NO_LINE) {
            return lineOpen("too big bulk count string");
        }
        int contentEnd = buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        Optional<Integer> length = number(start + 1, contentEnd);
        if (length.isEmpty() || length.get() < 0 || length.get() > maxFrameBytes - frameBytes) {
            return Optional.of(protocolError("invalid bulk length"));
        }
        bulkBytes = length.get();
        start = lineEnd + 1;
        scanned = start;
        return Optional.empty();
    }

    private Decoded complete() {
        Decoded complete = new Decoded.Complete(List.copyOf(words), frameBytes);
        words = new ArrayList<>();
        frameBytes = 0;
        return complete;
    }

    /** Where the line that begins at {@link #start} ends; no byte is looked at twice. */
    private int lineEnd() {
        for (int at = Math.max(scanned, start); at < end; at++) {
            if (buffer[at] == '\n') {
                return at;
            }
        }
        scanned = end;
        return NO_LINE;
    }

    private Optional<Integer> number(int from, int to) {
        int first = from < to && buffer[from] == '-' ? from + 1 : from;
        if (first >= to || to - first > 9) {
            return Optional.empty();
        }
        int number = 0;
        for (int at = first; at < to; at++) {
            if (buffer[at] < '0' || buffer[at] > '9') {
                return Optional.empty();
            }
            number = number * 10 + (buffer[at] - '0');
        }
        return Optional.of(first > from ? -number : number);
    }

    private static String shown(byte found) {
        return found > ' ' && found < 0x7F ? String.valueOf((char) found) : "?";
    }

    private Decoded protocolError(String reason) {
        buffer = Arrays.copyOf(buffer, 0);
        start = 0;
        end = 0;
        return new Decoded.Bad("Protocol error: " + reason);
    }
}
