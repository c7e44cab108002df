package io.quorate.core.watch;

import io.quorate.api.Bytes;
import io.quorate.api.Revision;
import io.quorate.core.wire.ByteReader;
import io.quorate.core.wire.ByteWriter;
import io.quorate.core.wire.MalformedException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * How far a watch has got: for each of its partitions the last entry of which something was given out, and how many of
 * its changes if not all. It does not change.
 *
 * <p>As text: Base64 (for URLs) of version, form, cluster, partitions, the entries' indices and then their terms, each
 * as its difference to the one before, the places within entries, and a CRC32C. A long one is deflated.
 */
public final class WatchPosition {
    /** The longest text that is read. */
    public static final int MAX_TEXT_CHARS = 14_000;

    private static final int VERSION = 1;
    private static final int PLAIN = 0;
    private static final int DEFLATED = 1;
    private static final int DEFLATE_FROM_BYTES = 512;
    private static final int MAX_BODY_BYTES = 64 << 10;
    private static final int CHECKSUM_BYTES = 4;

    private static final long UNKNOWN = -1;

    private final WatchScope scope;
    private final long[] indices;
    private final long[] terms;
    private final int[] items;

    private WatchPosition(WatchScope scope, long[] indices, long[] terms, int[] items) {
        this.scope = scope;
        this.indices = indices;
        this.terms = terms;
        this.items = items;
    }

    /** Before the first place of every partition is known. */
    static WatchPosition unknown(WatchScope scope) {
        long[] indices = new long[scope.count()];
        Arrays.fill(indices, UNKNOWN);
        return new WatchPosition(scope, indices, new long[scope.count()], new int[scope.count()]);
    }

    /** Which partitions it is of. */
    public WatchScope scope() {
        return scope;
    }

    /** The last entry of the partition of which something was seen; empty when that is not known. */
    public Optional<Revision> after(int partition) {
        int at = partition - scope.first();
        return indices[at] == UNKNOWN ? Optional.empty() : Optional.of(new Revision(terms[at], indices[at]));
    }

    /** How many changes of that entry were seen; 0 for all. */
    int items(int partition) {
        return items[partition - scope.first()];
    }

    /** The same with a partition seen up to that entry, or so many of its changes; 0 for all. */
    WatchPosition with(int partition, Revision entry, int changesOfIt) {
        int at = partition - scope.first();
        long[] newIndices = indices.clone();
        long[] newTerms = terms.clone();
        int[] newItems = items.clone();
        newIndices[at] = entry.index();
        newTerms[at] = entry.term();
        newItems[at] = changesOfIt;
        return new WatchPosition(scope, newIndices, newTerms, newItems);
    }

    /** What a client gives back to go on from here. */
    public String text() {
        byte[] body = body();
        boolean isLong = body.length >= DEFLATE_FROM_BYTES;
        ByteWriter writer = new ByteWriter();
        writer.u8(VERSION);
        writer.u8(isLong ? DEFLATED : PLAIN);
        writer.raw(Bytes.wrap(isLong ? deflated(body) : body));
        writer.fixed32(checksum(writer.toArray()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(writer.toArray());
    }

    private byte[] body() {
        ByteWriter writer = new ByteWriter();
        writer.uuid(scope.cluster());
        writer.nonNegative(scope.partitions());
        writer.nonNegative(scope.first());
        writer.nonNegative(scope.count());
        writeDifferences(writer, indices);
        writeDifferences(writer, terms);
        writer.nonNegative(Arrays.stream(items).filter(number -> number > 0).count());
        for (int i = 0; i < items.length; i++) {
            if (items[i] > 0) {
                writer.nonNegative(i);
                writer.nonNegative(items[i]);
            }
        }
        return writer.toArray();
    }

    private static void writeDifferences(ByteWriter writer, long[] numbers) {
        long before = 0;
        for (long number : numbers) {
            writer.zigzag(number - before);
            before = number;
        }
    }

    private static long[] readDifferences(ByteReader reader, int count) {
        long[] numbers = new long[count];
        long before = 0;
        for (int i = 0; i < count; i++) {
            before += reader.zigzag();
            if (before < 0) {
                throw reader.malformed("a place before the first entry");
            }
            numbers[i] = before;
        }
        return numbers;
    }

    /** The position with that text; empty when it is none. */
    public static Optional<WatchPosition> parse(String text) {
        if (text.length() > MAX_TEXT_CHARS) {
            return Optional.empty();
        }
        try {
            byte[] whole = Base64.getUrlDecoder().decode(text);
            int end = whole.length - CHECKSUM_BYTES;
            if (end < 2 || whole[0] != VERSION) {
                return Optional.empty();
            }
            int checksum = new ByteReader(Bytes.copyOf(whole, end, CHECKSUM_BYTES)).fixed32();
            if (checksum != checksum(Arrays.copyOf(whole, end))) {
                return Optional.empty();
            }
            byte[] body = Arrays.copyOfRange(whole, 2, end);
            return Optional.of(read(new ByteReader(Bytes.wrap(whole[1] == DEFLATED ? inflated(body) : body))));
        } catch (IllegalArgumentException | MalformedException | DataFormatException malformed) {
            return Optional.empty();
        }
    }

    private static WatchPosition read(ByteReader reader) {
        UUID cluster = reader.uuid();
        int partitions = reader.nonNegativeInt();
        int first = reader.nonNegativeInt();
        int count = reader.count(partitions, 1);
        WatchScope scope = new WatchScope(cluster, partitions, first, count);
        long[] indices = readDifferences(reader, count);
        long[] terms = readDifferences(reader, count);
        int[] items = new int[count];
        for (int left = reader.count(count, 2); left > 0; left--) {
            int place = reader.nonNegativeInt();
            if (place >= count) {
                throw reader.malformed("a place in a partition that is not watched");
            }
            items[place] = reader.nonNegativeInt();
            if (indices[place] == 0) {
                throw reader.malformed("a place within no entry");
            }
        }
        reader.end();
        return new WatchPosition(scope, indices, terms, items);
    }

    private static byte[] deflated(byte[] body) {
        try (Deflater deflater = new Deflater(Deflater.BEST_SPEED, true)) {
            deflater.setInput(body);
            deflater.finish();
            byte[] target = new byte[body.length + body.length / 8 + 64];
            int length = deflater.deflate(target);
            return Arrays.copyOf(target, length);
        }
    }

    private static byte[] inflated(byte[] deflated) throws DataFormatException {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(deflated);
            byte[] target = new byte[MAX_BODY_BYTES];
            int length = inflater.inflate(target);
            if (!inflater.finished()) {
                throw new DataFormatException("longer than any position");
            }
            return Arrays.copyOf(target, length);
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
