package io.quorate.api;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a committed write in its partition's log; it identifies one version of a key and is its ETag.
 *
 * @param term the leader's term, at least 0
 * @param index the entry's index in the partition's log, at least 0; (0, 0) is "before everything"
 */
public record Revision(long term, long index) implements Comparable<Revision> {
    /** Before everything. */
    public static final Revision NONE = new Revision(0, 0);

    private static final Comparator<Revision> ORDER =
            Comparator.comparingLong(Revision::term).thenComparingLong(Revision::index);
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    public Revision {
        if (term < 0 || index < 0) {
            throw new IllegalArgumentException("negative revision " + term + "-" + index);
        }
    }

    /** Reads {@code <term>-<index>}; empty when the text has another form. */
    public static Optional<Revision> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new Revision(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(Revision other) {
        return ORDER.compare(this, other);
    }

    /** The form used in JSON and, quoted, as ETag: {@code <term>-<index>}. */
    @Override
    public String toString() {
        return term + "-" + index;
    }
}
