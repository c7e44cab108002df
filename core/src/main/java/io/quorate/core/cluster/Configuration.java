package io.quorate.core.cluster;

import java.util.List;
import java.util.Optional;

/**
 * The replicas of a partition in one term and how many of them a write needs.
 *
 * @param members the replicas, the preferred primary first
 * @param writeQuorum W: 1 to the number of members
 */
public record Configuration(List<Member> members, int writeQuorum) {
    public Configuration {
        members = List.copyOf(members);
        if (writeQuorum < 1 || writeQuorum > members.size()) {
            throw new IllegalArgumentException("write quorum " + writeQuorum + " of " + members.size() + " replicas");
        }
        if (members.stream().distinct().count() != members.size()) {
            throw new IllegalArgumentException("a member twice: " + members);
        }
    }

    /** F = N − W + 1: so many members meet every set of W. */
    public int fenceQuorum() {
        return members.size() - writeQuorum + 1;
    }

    /** Whether the member, on this very disk, belongs to it. */
    public boolean contains(Member member) {
        return members.contains(member);
    }

    /** The member of that worker, whichever its disk. */
    public Optional<Member> memberOf(String worker) {
        return members.stream().filter(member -> member.worker().equals(worker)).findFirst();
    }
}
