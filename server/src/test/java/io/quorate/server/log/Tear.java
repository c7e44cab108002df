package io.quorate.server.log;

import java.util.random.RandomGenerator;

/** Which bytes of a write that was not synced are on the disk after a crash. */
@FunctionalInterface
interface Tear {
    int SECTOR_BYTES = 512;

    /** Whether byte {@code index} of a write of {@code length} bytes survived. Asked in ascending order. */
    boolean survives(int index, int length);

    static Tear nothing() {
        return (index, length) -> false;
    }

    static Tear everything() {
        return (index, length) -> true;
    }

    /** The first bytes survived. */
    static Tear prefix(int bytes) {
        return (index, length) -> index < bytes;
    }

    /** All but the first bytes survived. */
    static Tear suffix(int bytes) {
        return (index, length) -> index >= bytes;
    }

    /** All but one sector survived. */
    static Tear hole(int sector) {
        return (index, length) -> index / SECTOR_BYTES != sector;
    }

    /** Every sector for itself. */
    static Tear sectors(RandomGenerator random) {
        boolean[] survived = new boolean[1];
        return (index, length) -> {
            if (index % SECTOR_BYTES == 0) {
                survived[0] = random.nextBoolean();
            }
            return survived[0];
        };
    }
}
