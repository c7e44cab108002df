package io.quorate.server.store;

import io.quorate.api.Record;
import io.quorate.core.port.Expiries;
import io.quorate.core.port.Expiries.Due;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Which records of a replica expire when, in memory; not thread-safe. */
final class ExpiryIndex {
    private final Map<SpaceKey, Due> byKey = new HashMap<>();
    private final NavigableSet<Due> byTime = new TreeSet<>();

    /** The record stands there from now on, which may or may not expire. */
    void put(SpaceKey at, long expiresMillis) {
        remove(at);
        if (expiresMillis != Record.NEVER) {
            Due due = new Due(at.space(), at.key(), expiresMillis);
            byKey.put(at, due);
            byTime.add(due);
        }
    }

    /** No record stands there from now on. */
    void remove(SpaceKey at) {
        Due due = byKey.remove(at);
        if (due != null) {
            byTime.remove(due);
        }
    }

    /** As {@link io.quorate.core.port.KeyValueStore#expired}. */
    Expiries expired(long logTimeMillis, int limit) {
        List<Due> found = new ArrayList<>();
        for (Due due : byTime) {
            if (due.expiresMillis() > logTimeMillis || found.size() == limit) {
                return new Expiries(found, due.expiresMillis());
            }
            found.add(due);
        }
        return new Expiries(found, Record.NEVER);
    }
}
