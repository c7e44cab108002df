package io.quorate.core.replica;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Since when a leader is known to have been the only one. {@code HasLease} of the protocol.
 *
 * <p>After Gray and Cheriton, "Leases" (1989): a grant counts from the sending of its request, a promise from receipt.
 */
public interface LeaseRule {
    /** No moment at all. */
    long NEVER = Long.MIN_VALUE;

    /**
     * The latest moment, on the leader's monotonic clock, at or after which W members, the leader among them, had not
     * promised themselves to a later term.
     *
     * @param grants when the requests that the other members granted were sent
     */
    long confirmedAt(Configuration configuration, Member self, long nowNanos, Map<Member, Long> grants);

    /** Whether a lease confirmed at a moment still holds. */
    default boolean holds(long confirmedAt, long nowNanos, long leaseNanos) {
        return confirmedAt != NEVER && nowNanos - confirmedAt < leaseNanos;
    }

    /** Whether a worker that starts takes it that it promised itself to a leader the moment before. */
    default boolean promisedBeforeStart() {
        return true;
    }

    /** The rule of the product. */
    LeaseRule STANDARD = (configuration, self, nowNanos, grants) -> {
        if (configuration.writeQuorum() == 1) {
            return nowNanos;
        }
        List<Long> others = new ArrayList<>();
        for (Member member : configuration.members()) {
            if (!member.equals(self) && grants.containsKey(member)) {
                others.add(grants.get(member));
            }
        }
        others.sort(Comparator.reverseOrder());
        int needed = configuration.writeQuorum() - 1;
        return others.size() < needed ? NEVER : others.get(needed - 1);
    };
}
