package io.quorate.core.replica;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Up to which index a leader's log is committed. Action {@code Commit} of the protocol. */
public interface CommitRule {
    /**
     * The index up to which W members, the leader's own disk among them, have the log.
     *
     * @param ownDurable what is on the leader's own disk
     * @param acknowledged what the other members acknowledged in this term; absent members acknowledged nothing
     * @param barrier the first index of this term: nothing is committed before it is
     * @return 0 when nothing can be said to be committed by this term
     */
    long committed(
            Configuration configuration, Member self, long ownDurable, Map<Member, Long> acknowledged, long barrier);

    /** Whether a leader whose log is committed up to an index serves clients. */
    default boolean serves(long commitIndex, long barrier) {
        return commitIndex >= barrier;
    }

    /** The rule of the product. */
    CommitRule STANDARD = (configuration, self, ownDurable, acknowledged, barrier) -> {
        long candidate = ownDurable;
        if (configuration.writeQuorum() > 1) {
            List<Long> others = new ArrayList<>();
            for (Member member : configuration.members()) {
                if (!member.equals(self)) {
                    others.add(acknowledged.getOrDefault(member, -1L));
                }
            }
            others.sort(Comparator.reverseOrder());
            candidate = Math.min(candidate, others.get(configuration.writeQuorum() - 2));
        }
        return candidate >= barrier ? candidate : 0;
    };
}
