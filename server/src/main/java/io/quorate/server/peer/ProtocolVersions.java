package io.quorate.server.peer;

import java.util.OptionalInt;

/**
 * The range of protocol versions that a process speaks; version N also speaks N − 1.
 *
 * @param min the oldest, 1 to 255
 * @param max the newest, {@code min} to 255
 */
public record ProtocolVersions(int min, int max) {
    /** What this build speaks. */
    public static final ProtocolVersions CURRENT = new ProtocolVersions(1, 1);

    private static final int LARGEST = 255;

    public ProtocolVersions {
        if (!isValid(min, max)) {
            throw new IllegalArgumentException("No version range: " + min + " to " + max);
        }
    }

    static boolean isValid(int min, int max) {
        return min >= 1 && min <= max && max <= LARGEST;
    }

    /** The newest version that both speak, or empty when there is none. */
    OptionalInt newestCommon(ProtocolVersions other) {
        int newest = Math.min(max, other.max);
        return newest >= Math.max(min, other.min) ? OptionalInt.of(newest) : OptionalInt.empty();
    }

    @Override
    public String toString() {
        return min == max ? "version " + min : "versions " + min + " to " + max;
    }
}
