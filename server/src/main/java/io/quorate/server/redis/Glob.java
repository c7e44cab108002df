package io.quorate.server.redis;

import io.quorate.api.Bytes;

/**
 * A pattern for keys: {@code *} for any bytes, {@code ?} for one, {@code [abc]}, {@code [a-z]} and {@code [^a]} for one
 * of some, a backslash before a byte that stands for itself.
 *
 * <p>Takes time in proportion to pattern times key: it goes back to the last {@code *} alone.
 */
record Glob(Bytes pattern) {
    private static final int NONE = -1;

    /** What every key that fits begins with. */
    Bytes prefix() {
        int length = 0;
        while (length < pattern.length() && "*?[\\".indexOf(pattern.at(length)) < 0) {
            length++;
        }
        return pattern.slice(0, length);
    }

    /** Whether the key fits. */
    boolean fits(Bytes key) {
        int at = 0;
        int in = 0;
        int star = NONE;
        int starAt = 0;
        while (at < key.length()) {
            int after = in < pattern.length() ? step(key.at(at), in) : NONE;
            if (in < pattern.length() && pattern.at(in) == '*') {
                star = in++;
                starAt = at;
            } else if (after != NONE) {
                in = after;
                at++;
            } else if (star != NONE) {
                in = star + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.at(in) == '*') {
            in++;
        }
        return in == pattern.length();
    }

    /** Where the pattern goes on when the byte fits what it has there. */
    private int step(byte found, int in) {
        return switch (pattern.at(in)) {
            case '?' -> in + 1;
            case '[' -> oneOf(found, in + 1);
            case '\\' -> {
                int meant = Math.min(in + 1, pattern.length() - 1);
                yield pattern.at(meant) == found ? meant + 1 : NONE;
            }
            default -> pattern.at(in) == found ? in + 1 : NONE;
        };
    }

    private int oneOf(byte found, int from) {
        int in = from;
        boolean inverted = in < pattern.length() && pattern.at(in) == '^';
        in += inverted ? 1 : 0;
        boolean fits = false;
        while (in < pattern.length() && pattern.at(in) != ']') {
            if (pattern.at(in) == '\\' && in + 1 < pattern.length()) {
                in++;
                fits |= pattern.at(in) == found;
            } else if (in + 2 < pattern.length() && pattern.at(in + 1) == '-') {
                fits |= isBetween(found, pattern.at(in), pattern.at(in + 2));
                in += 2;
            } else {
                fits |= pattern.at(in) == found;
            }
            in++;
        }
        return fits != inverted ? Math.min(in + 1, pattern.length()) : NONE;
    }

    private static boolean isBetween(byte found, byte one, byte other) {
        int value = Byte.toUnsignedInt(found);
        int least = Math.min(Byte.toUnsignedInt(one), Byte.toUnsignedInt(other));
        int most = Math.max(Byte.toUnsignedInt(one), Byte.toUnsignedInt(other));
        return value >= least && value <= most;
    }
}
