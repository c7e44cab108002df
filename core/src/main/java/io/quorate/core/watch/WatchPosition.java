package io.quorate.core.watch;

import io.quorate.api.Bytes;
import io.quorate.api.WatchRequest;
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
 * How far a watch has got: for each of its partitions the last entry of whose changes all were given out, and how many
 * of the next entry's. It does not change.
 *
 * <p>As text: Base64 (for URLs) of version, form, cluster, partitions, the entries' indices each as its difference to
 * the one before, the places within entries, and a CRC32C. A long one is deflated.
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

    private final WatchScope scope;
    private final long[] seen;
    private final int[] items;

    private WatchPosition(WatchScope scope, long[] seen, int[] items) {
        this.scope = scope;
        this.seen = seen;
        this.items = items;
    }

    /** Before the first place of every partition is known. */
    static WatchPosition unknown(WatchScope scope) {
        long[] seen = new long[scope.count()];
        Arrays.fill(seen, WatchRequest.NOW);
        return new WatchPosition(scope, seen, new int[scope.count()]);
    }

    /** Which partitions it is of. */
    public WatchScope scope() {
        return scope;
    }

    /** The last entry of the partition that was seen whole; {@link WatchRequest#NOW} when that is not known. */
    public long upTo(int partition) {
        return seen[partition - scope.first()];
    }

    /** How many changes of the partition's next entry were seen too. */
    int items(int partition) {
        return items[partition - scope.first()];
    }

    /** The same with a partition seen up to that entry, and so many changes of the next one. */
    WatchPosition with(int partition, long index, int itemsOfNext) {
        long[] newSeen = seen.clone();
        int[] newItems = items.clone();
        newSeen[partition - scope.first()] = index;
        newItems[partition - scope.first()] = itemsOfNext;
        return new WatchPosition(scope, newSeen, newItems);
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
        long before = 0;
        for (long index : seen) {
            writer.zigzag(index - before);
            before = index;
        }
        writer.nonNegative(Arrays.stream(items).filter(number -> number > 0).count());
        for (int i = 0; i < items.length; i++) {
            if (items[i] > 0) {
                writer.nonNegative(i);
                writer.nonNegative(items[i]);
            }
        }
        return writer.toArray();
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
        long[] seen = new long[count];
        long before = 0;
        for (int i = 0; i < count; i++) {
            before += reader.zigzag();
            if (before < 0) {
                throw reader.malformed("a place before the first entry");
            }
            seen[i] = before;
        }
        int[] items = new int[count];
        for (int left = reader.count(count, 2); left > 0; left--) {
            int place = reader.nonNegativeInt();
            if (place >= count) {
                throw reader.malformed("a place in a partition that is not watched");
            }
            items[place] = reader.nonNegativeInt();
        }
        reader.end();
        return new WatchPosition(scope, seen, items);
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
