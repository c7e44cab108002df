package io.quorate.server.store;

import io.quorate.core.log.Space;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The families of a store in RocksDB; their names never change. */
enum RocksFamily {
    /** RocksDB wants it; nothing is in it. */
    UNUSED("default"),
    /** Clients' keys under {@link DataKeys}. */
    DATA("data"),
    /** Idempotency keys under {@link DataKeys}. */
    REMEMBERED("remembered"),
    /** Which records of both expire when: {@link ExpiryKeys} without values. */
    EXPIRY("expiry"),
    /** What else the store has to know, under {@link MetaKeys}. */
    META("meta");

    /** Those whose keys begin with a partition and a key generation. */
    static final List<RocksFamily> GENERATIONS = List.of(DATA, REMEMBERED, EXPIRY);

    private final String familyName;

    RocksFamily(String familyName) {
        this.familyName = familyName;
    }

    /** Where the records of a space are. */
    static RocksFamily of(Space space) {
        return switch (space) {
            case KEYS -> DATA;
            case REMEMBERED -> REMEMBERED;
        };
    }

    /** Whether this release knows a family of the name. */
    static boolean isKnown(byte[] name) {
        String given = new String(name, StandardCharsets.UTF_8);
        return List.of(values()).stream().anyMatch(family -> family.familyName.equals(given));
    }

    /** Its name in RocksDB. */
    byte[] nameBytes() {
        return familyName.getBytes(StandardCharsets.UTF_8);
    }
}
