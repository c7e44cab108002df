package io.quorate.acceptance.torture;

import java.util.Map;

/**
 * What a fault did.
 *
 * @param kind the fault's, or {@link #TWO_AT_ONCE}
 * @param what whom it struck and how
 * @param lastedMillis from its beginning until it was healed
 * @param wholeAfterMillis from then until every partition had all its replicas
 * @param unavailableMillis for each partition that it affected, the longest time without a write that succeeded, from
 *     the beginning until the cluster was whole and written to again
 */
record StrikeReport(
        String kind, String what, long lastedMillis, long wholeAfterMillis, Map<Integer, Long> unavailableMillis) {
    static final String TWO_AT_ONCE = "two at once";

    StrikeReport {
        unavailableMillis = Map.copyOf(unavailableMillis);
    }
}
