package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Version 1 of the form of a piece of a snapshot: keys with their records.
 *
 * <p>Version, number of pairs (four bytes), then of each pair the space's code, the key, and the record as
 * {@link RecordCodecV1} writes it.
 */
public final class KeyRecordsV1 {
    static final int VERSION = 1;

    private static final int COUNT_AT = 1;
    private static final int MIN_PAIR_BYTES = 1 + KeyCodecV1.MIN_BYTES + 3 + RecordCodecV1.MIN_BODY_BYTES;

    private KeyRecordsV1() {}

    /** A key with its record. */
    public record KeyRecord(Space space, Bytes key, Record record) {}

    /** Fills one piece after the other; not thread-safe. */
    public static final class Packer {
        private final ByteWriter writer = new ByteWriter();
        private int count;

        /** A packer whose piece is empty. */
        public Packer() {
            clear();
        }

        /**
         * Adds the pair if the piece then has at most {@code maxBytes}, or if it is the first of the piece.
         *
         * @return whether it was added; if not, {@link #take} the piece and add it to the next one
         */
        public boolean add(Space space, Bytes key, Record record, int maxBytes) {
            int before = writer.size();
            long atLeast = (long) before + key.length() + record.value().bytes().length();
            if (count > 0 && atLeast > maxBytes) {
                return false;
            }
            SpaceCodecV1.write(writer, space);
            KeyCodecV1.write(writer, key);
            RecordCodecV1.write(writer, record);
            if (count > 0 && writer.size() > maxBytes) {
                writer.truncate(before);
                return false;
            }
            count++;
            return true;
        }

        /** Whether the piece has no pair. */
        public boolean isEmpty() {
            return count == 0;
        }

        /** The piece; the next one begins empty. */
        public Bytes take() {
            writer.fixed32At(COUNT_AT, count);
            Bytes piece = writer.toBytes();
            clear();
            return piece;
        }

        private void clear() {
            count = 0;
            writer.clear();
            writer.u8(VERSION);
            writer.fixed32(0);
        }
    }

    /**
     * The pairs of a piece in the order in which they were added, each decoded when it is asked for. This method and
     * {@code next} throw {@link MalformedException}, for bytes after the last pair together with that pair.
     */
    public static Iterator<KeyRecord> read(Bytes piece) {
        return new Pairs(piece);
    }

    private static final class Pairs implements Iterator<KeyRecord> {
        private final ByteReader reader;
        private int left;

        Pairs(Bytes piece) {
            reader = new ByteReader(piece);
            reader.version("a piece of a snapshot", VERSION);
            left = reader.fixed32();
            if (left < 0 || (long) left * MIN_PAIR_BYTES > reader.remaining()) {
                throw reader.malformed("a count of " + left + " with " + reader.remaining() + " bytes left");
            }
            endIfLast();
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public KeyRecord next() {
            if (left == 0) {
                throw new NoSuchElementException("the piece has no further pair");
            }
            KeyRecord pair =
                    new KeyRecord(SpaceCodecV1.read(reader), KeyCodecV1.read(reader), RecordCodecV1.read(reader));
            left--;
            endIfLast();
            return pair;
        }

        private void endIfLast() {
            if (left == 0) {
                reader.end();
            }
        }
    }
}
