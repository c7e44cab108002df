package io.quorate.core.message;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import java.util.List;

/** What the controller orders a worker to do with one partition; every order may be repeated. */
public sealed interface Order {
    /** The partition it is about. */
    int partition();

    /**
     * Make an empty replica unless there is one.
     *
     * @param term the current term, persisted as the replica's floor
     * @param disk the disk that is meant; any other refuses
     */
    record Create(int partition, long term, Member disk) implements Order {}

    /** Delete the replica, unless its term is greater than {@code term}; its term is kept. */
    record Drop(int partition, long term) implements Order {}

    /**
     * Persist the term, stop leading, acknowledging, granting and serving in older ones, wait out the lease granted,
     * then answer with the end of the log on disk.
     *
     * @param releasedTerm leases of leaders up to this term have been given up and need not be waited for; 0 for none
     */
    record Fence(int partition, long term, long releasedTerm) implements Order {}

    /**
     * Lead the partition; accepted once, by the incarnation named, while the replica's term is exactly {@code term}.
     *
     * @param learners who is fed beside the members
     */
    record Lead(int partition, long term, Configuration configuration, List<Member> learners, long incarnation)
            implements Order {
        public Lead {
            learners = List.copyOf(learners);
        }
    }

    /** Feed exactly these learners, if the worker leads the partition in this very term. */
    record Feed(int partition, long term, List<Member> learners) implements Order {
        public Feed {
            learners = List.copyOf(learners);
        }
    }
}
