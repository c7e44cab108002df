package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.core.log.Space;
import io.quorate.core.wire.KeyRecordsV1;
import io.quorate.core.wire.KeyRecordsV1.KeyRecord;
import java.util.ArrayList;
import java.util.List;

/** Takes the pieces of a snapshot apart again and sees that no key comes twice or out of order. */
final class OrderedPieces {
    private SpaceKey last = new SpaceKey(Space.KEYS, Bytes.EMPTY);

    /** The pairs of the next piece; throws {@link io.quorate.core.wire.MalformedException} when it is damaged. */
    List<KeyRecord> pairs(Bytes piece) {
        List<KeyRecord> pairs = new ArrayList<>();
        KeyRecordsV1.read(piece).forEachRemaining(pair -> {
            SpaceKey next = new SpaceKey(pair.space(), pair.key());
            if (next.compareTo(last) <= 0) {
                throw new IllegalArgumentException(next + " came after " + last);
            }
            last = next;
            pairs.add(pair);
        });
        return pairs;
    }
}
