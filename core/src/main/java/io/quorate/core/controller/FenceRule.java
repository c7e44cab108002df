package io.quorate.core.controller;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.controller.state.KeptConfiguration;
import io.quorate.core.controller.state.PartitionState;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** When a fence is complete. Action {@code Elect} of the protocol. */
public interface FenceRule {
    /**
     * Whether these members' answers together hold everything that was ever committed: F members of every kept
     * configuration, or the leader of the greatest term in which one was elected.
     *
     * <p>Before the first leader nothing was: any answer would do, and so many are waited for that the leader can work,
     * unless some of them are lost.
     */
    boolean complete(PartitionState partition, Set<Member> answered, Predicate<Member> lost);

    /** The rule of the product. */
    FenceRule STANDARD = (partition, answered, lost) -> {
        List<KeptConfiguration> kept = partition.kept();
        if (kept.isEmpty()) {
            Configuration first = partition.configuration();
            long gone = first.members().stream().filter(lost).count();
            return count(first, answered) >= Math.max(1, first.writeQuorum() - gone);
        }
        return answered.contains(kept.getLast().elected().leader())
                || kept.stream()
                        .map(KeptConfiguration::configuration)
                        .allMatch(each -> count(each, answered) >= each.fenceQuorum());
    };

    /** How many of the members belong to the configuration. */
    static long count(Configuration configuration, Set<Member> members) {
        return configuration.members().stream().filter(members::contains).count();
    }
}
