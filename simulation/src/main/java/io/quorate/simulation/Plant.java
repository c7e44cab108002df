package io.quorate.simulation;

import io.quorate.core.replica.AckRule;
import io.quorate.core.replica.CommitRule;
import io.quorate.core.replica.LeaseRule;
import io.quorate.core.replica.Rules;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A rule made wrong on purpose: a simulation that does not find it proves nothing. */
public enum Plant {
    COMMIT_WITHOUT_QUORUM("the leader commits what is on its own disk"),
    ACKNOWLEDGE_OLD_SUFFIX("a follower acknowledges its log's end, not what the present term confirmed"),
    ACKNOWLEDGE_BEFORE_SYNC("a follower acknowledges what is not on its disk yet"),
    READ_WITHOUT_LEASE("a leader reads without asking whether it still leads");

    private final String words;

    Plant(String words) {
        this.words = words;
    }

    /** What is wrong. */
    public String words() {
        return words;
    }

    /** As it is written on a command line. */
    public String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Rules rules() {
        CommitRule commit = CommitRule.STANDARD;
        LeaseRule lease = LeaseRule.STANDARD;
        AckRule acknowledge = AckRule.STANDARD;
        switch (this) {
            case COMMIT_WITHOUT_QUORUM ->
                commit = (configuration, self, ownDurable, acknowledged, barrier) ->
                        ownDurable >= barrier ? ownDurable : 0;
            case ACKNOWLEDGE_OLD_SUFFIX -> acknowledge = (confirmed, durable, last) -> durable;
            case ACKNOWLEDGE_BEFORE_SYNC -> acknowledge = (confirmed, durable, last) -> confirmed;
            case READ_WITHOUT_LEASE -> lease = (configuration, self, nowNanos, grants) -> nowNanos;
        }
        return new Rules(commit, lease, acknowledge);
    }

    /** The one that is written so. */
    public static Optional<Plant> named(String written) {
        return Arrays.stream(values())
                .filter(plant -> plant.written().equals(written))
                .findFirst();
    }
}
