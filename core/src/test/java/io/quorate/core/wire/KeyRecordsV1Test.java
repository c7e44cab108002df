package io.quorate.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.core.log.Space;
import io.quorate.core.wire.KeyRecordsV1.KeyRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRecordsV1Test {
    private static final int FIRST_SPACE_AT = 5;

    @Test
    void aSnapshotInPiecesGivesAllPairsInTheirOrder() {
        List<KeyRecord> pairs = pairs(1_000);
        List<Bytes> pieces = pieces(pairs, 2_000);
        List<KeyRecord> read = new ArrayList<>();
        pieces.forEach(piece -> KeyRecordsV1.read(piece).forEachRemaining(read::add));
        assertThat(read).isEqualTo(pairs);
        assertThat(pieces).hasSizeGreaterThan(10).allMatch(piece -> piece.length() <= 2_000);
    }

    @Test
    void aPairLargerThanAPieceHasAPieceOfItsOwn() {
        List<KeyRecord> pairs = List.of(pair("small", 10), pair("large", 5_000), pair("other", 10));
        assertThat(pieces(pairs, 1_000)).hasSize(3);
    }

    @Test
    void aPairThatIsLeftOutLeavesNoTrace() {
        KeyRecordsV1.Packer packer = new KeyRecordsV1.Packer();
        KeyRecord first = pair("first", 10);
        assertThat(packer.add(first.space(), first.key(), first.record(), 61)).isTrue();
        KeyRecord close = pair("close", 10);
        assertThat(packer.add(close.space(), close.key(), close.record(), 54)).isFalse();
        assertThat(KeyRecordsV1.read(packer.take())).toIterable().containsExactly(first);
    }

    @Test
    void theSameKeyInTwoSpacesIsTwoPairs() {
        KeyRecord ofClient = pair("key", 10);
        KeyRecord remembered = new KeyRecord(Space.REMEMBERED, ofClient.key(), ofClient.record());
        Bytes piece = pieces(List.of(ofClient, remembered), 1_000).getFirst();
        assertThat(KeyRecordsV1.read(piece)).toIterable().containsExactly(ofClient, remembered);
    }

    @Test
    void anUnknownSpaceIsMalformed() {
        byte[] piece = pieces(List.of(pair("key", 10)), 1_000).getFirst().toArray();
        assertThat(piece[FIRST_SPACE_AT]).isEqualTo((byte) Space.KEYS.code());
        piece[FIRST_SPACE_AT] = 3;
        Iterator<KeyRecord> pairs = KeyRecordsV1.read(Bytes.wrap(piece));
        assertThatThrownBy(pairs::next).isInstanceOf(MalformedException.class);
    }

    @Test
    void anEmptyPieceHasNoPairs() {
        KeyRecordsV1.Packer packer = new KeyRecordsV1.Packer();
        assertThat(packer.isEmpty()).isTrue();
        assertThat(KeyRecordsV1.read(packer.take())).isExhausted();
    }

    @Test
    void aCountBeyondTheBytesIsMalformed() {
        Bytes piece = Bytes.copyOf(new byte[] {1, 0x7F, -1, -1, -1, 0, 0});
        assertThatThrownBy(() -> KeyRecordsV1.read(piece)).isInstanceOf(MalformedException.class);
    }

    private static List<Bytes> pieces(List<KeyRecord> pairs, int maxBytes) {
        KeyRecordsV1.Packer packer = new KeyRecordsV1.Packer();
        List<Bytes> pieces = new ArrayList<>();
        for (KeyRecord pair : pairs) {
            if (!packer.add(pair.space(), pair.key(), pair.record(), maxBytes)) {
                pieces.add(packer.take());
                assertThat(packer.add(pair.space(), pair.key(), pair.record(), maxBytes))
                        .isTrue();
            }
        }
        pieces.add(packer.take());
        return pieces;
    }

    private static List<KeyRecord> pairs(int count) {
        List<KeyRecord> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pairs.add(pair("key" + i, i % 100));
        }
        return pairs;
    }

    private static KeyRecord pair(String key, int sizeBytes) {
        Value value = Value.raw(Bytes.wrap(new byte[sizeBytes]), Value.OCTET_STREAM);
        return new KeyRecord(
                Space.KEYS,
                Bytes.utf8(key),
                new Record(value, new Revision(3, key.length()), 1_000_000, Record.NEVER, ""));
    }
}
