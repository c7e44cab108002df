package io.quorate.core.cluster;

import java.util.List;
import java.util.Optional;

/**
 * What the map says of one partition.
 *
 * @param partition its number
 * @param term the term that was started last
 * @param leader who was elected in {@code term}, as far as somebody was
 * @param establishedTerm the greatest term whose leader is known to have committed its barrier; 0 for none
 * @param configuration the replicas of {@code term}
 * @param learners who is being prepared as a replica
 */
public record PartitionRoute(
        int partition,
        long term,
        Optional<Member> leader,
        long establishedTerm,
        Configuration configuration,
        List<Member> learners) {
    public PartitionRoute {
        learners = List.copyOf(learners);
    }
}
