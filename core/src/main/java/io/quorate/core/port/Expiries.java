package io.quorate.core.port;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import java.util.List;

/**
 * What a store knows of the records that expire.
 *
 * @param due have expired, in the order in which they did
 * @param nextMillis when the first that is not among {@code due} expires, {@link Record#NEVER} if none does
 */
public record Expiries(List<Due> due, long nextMillis) {
    public Expiries {
        due = List.copyOf(due);
    }

    /** A record that has expired. */
    public record Due(Space space, Bytes key, long expiresMillis) {}
}
