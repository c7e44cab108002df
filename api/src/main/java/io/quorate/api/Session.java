package io.quorate.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client's numbering of its writes to one partition: the cluster keeps what became of those that the client has no
 * answer to yet, and forgets the others. It ends when it has not been written in for a while.
 *
 * @param partition that it belongs to, from 0
 * @param opened where the log of the partition has its beginning
 */
public record Session(int partition, Revision opened) {
    /** A session ends when it was not written in for so long, in milliseconds by the time of the log. */
    public static final long IDLE_MILLIS = 60_000;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})-(\\d{1,18}-\\d{1,18})");

    public Session {
        if (partition < 0 || partition >= Limits.MAX_PARTITIONS) {
            throw new IllegalArgumentException("a session of partition " + partition);
        }
    }

    /** Reads {@code <partition>-<term>-<index>}; empty when the text has another form. */
    public static Optional<Session> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(1)) >= Limits.MAX_PARTITIONS) {
            return Optional.empty();
        }
        int partition = Integer.parseInt(parts.group(1));
        return Revision.parse(parts.group(2)).map(opened -> new Session(partition, opened));
    }

    /** The form that clients are given and send: {@code <partition>-<term>-<index>}. */
    @Override
    public String toString() {
        return partition + "-" + opened;
    }
}
