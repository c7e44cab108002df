package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import java.util.Map;
import java.util.TreeMap;

/** Names for the pieces of snapshots, so that messages can carry them without an encoding. */
final class SnapshotPieces {
    private final Map<Bytes, Map<Place, Record>> byName = new TreeMap<>();

    Bytes put(Map<Place, Record> piece) {
        Bytes name = Bytes.utf8("piece-" + byName.size());
        byName.put(name, piece);
        return name;
    }

    Map<Place, Record> get(Bytes name) {
        return byName.getOrDefault(name, Map.of());
    }
}
