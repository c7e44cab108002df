package io.quorate.core.port;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a store knows of the records that expire.
 *
 * @param due have expired, in the order in which they did
 * @param nextMillis when to look again: not later than the first that is not among {@code due} expires, {@link
 *     Record#NEVER} if none does
 */
public record Expiries(List<Due> due, long nextMillis) {
    public Expiries {
        due = List.copyOf(due);
    }

    /**
     * What a store answers that has looked at everything.
     *
     * @param records all that it has
     * @param limit at most so many are due, from 1
     */
    public static Expiries among(Stream<Due> records, long logTimeMillis, int limit) {
        List<Due> expiring = records.filter(each -> each.expiresMillis() != Record.NEVER)
                .sorted()
                .toList();
        List<Due> due = expiring.stream()
                .filter(each -> each.expiresMillis() <= logTimeMillis)
                .limit(limit)
                .toList();
        boolean all = due.size() == expiring.size();
        return new Expiries(due, all ? Record.NEVER : expiring.get(due.size()).expiresMillis());
    }

    /** A record and when it expires; in the order in which they do. */
    public record Due(Space space, Bytes key, long expiresMillis) implements Comparable<Due> {
        private static final Comparator<Due> ORDER = Comparator.comparingLong(Due::expiresMillis)
                .thenComparing(Due::space)
                .thenComparing(Due::key);

        @Override
        public int compareTo(Due other) {
            return ORDER.compare(this, other);
        }
    }
}
