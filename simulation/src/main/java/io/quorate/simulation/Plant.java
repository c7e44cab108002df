package io.quorate.simulation;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.controller.FenceRule;
import io.quorate.core.controller.state.KeptConfiguration;
import io.quorate.core.controller.state.PartitionState;
import io.quorate.core.replica.Rules;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A rule made wrong on purpose: a simulation that does not find it proves nothing. */
public enum Plant {
    /** Of the rule of commits. */
    COMMIT_WITHOUT_QUORUM("the leader commits what is on its own disk"),
    /** Of the rule of commits. */
    COMMIT_WITHOUT_OWN_DISK("the leader commits what W - 1 others have, before its own disk has it"),
    /** Of the rule of commits. */
    COUNT_OLD_TERM_ENTRIES("the leader commits entries of older terms by counting, before its barrier"),
    /** Of the rule of commits. */
    SERVE_BEFORE_BARRIER("the leader serves before its barrier is committed"),
    /** Of the rule of acknowledgements. */
    ACKNOWLEDGE_OLD_SUFFIX("a follower acknowledges its log's end, not what the present term confirmed"),
    /** Of the rule of acknowledgements. */
    ACKNOWLEDGE_BEFORE_SYNC("a follower acknowledges what is not on its disk yet"),
    /** Of the rule of leases. */
    READ_WITHOUT_LEASE("a leader reads without asking whether it still leads"),
    /** Of the rule of leases. */
    LEASE_LONGER_THAN_PROMISED("a leader trusts its lease for longer than the others promised"),
    /** Of the rule of leases. */
    RESTART_FORGETS_LEASE("a worker that starts answers fences at once, although it may have promised itself"),
    /** Of what a start reads. */
    FORGET_TERM_AT_RESTART("a worker that starts does not know the terms that it was fenced with"),
    /** Of the rule of orders to lead. */
    LEAD_AGAIN_AFTER_RESTART("a worker that was restarted obeys the order to lead that was given to it before"),
    /** Of the rule of fences. */
    SKIP_THE_FENCE("one answer completes a fence"),
    /** Of the rule of fences. */
    FENCE_WITH_TOO_FEW("a fence is complete with one answer less than F"),
    /** Of the rule of fences. */
    FENCE_ONE_CONFIGURATION("only the latest of the kept configurations is fenced"),
    /** Of the rule of truncation. */
    TRUNCATE_TOO_MUCH("a follower cuts its log also where it agrees with its leader's"),
    /** Of the rule of truncation. */
    TRUNCATE_TOO_LITTLE("a follower keeps its own entry where its leader has another"),
    /** Of the rule of recovery. */
    APPLY_BEYOND_COMMIT_AT_RESTART("a worker that starts applies its log to the end"),
    /** Of the rule of conditions. */
    CONDITION_WITHOUT_TAIL("a condition is evaluated without the uncommitted entries before it"),
    /** Of the store. */
    SNAPSHOT_NOT_ATOMIC("a snapshot replaces the state in two steps"),
    /** Of the store. */
    SNAPSHOT_FORGETS_REPEATS("a snapshot leaves out what is remembered of writes that may be repeated"),
    /** Of the rule of expiry. */
    EXPIRY_BY_LOCAL_CLOCK("a leader calls a record expired by its own clock, before the log's time has got there"),
    /** Of how writes go into the log. */
    BATCH_HALF_APPLIED("the commands of one write go into the log one by one"),
    /** Of sessions. */
    SESSION_FORGETS_LOWEST("a session believes the lowest number of each write, also of an older one"),
    /** Of sessions. */
    ENDED_SESSION_WRITES("a session takes writes until it is removed, though it has ended"),
    /** Of watches. */
    WATCH_SKIPS_AT_LEADER_CHANGE("a new leader's watches begin with its own term"),
    /** Of watches. */
    WATCH_SHOWS_UNCOMMITTED("a watch is shown what is in the leader's log, committed or not"),
    /** Of watches. */
    WATCH_HIDES_THAT_IT_IS_GONE("a watch whose place is not kept any more goes on with what is kept"),
    /** Of the freshness of replicas. */
    FRESH_BY_TIME_ALONE("a replica counts as fresh when its leader answered lately, whatever it has applied"),
    /** Of a disk's identity. */
    OLD_DISK_VOTES("an old copy of a disk passes for the disk itself"),
    /** Of what a start reads. */
    HOLE_ANSWERS_FENCE("a worker whose log has a hole goes on with the rest"),
    /** Of the metadata log. */
    TWO_CONTROLLERS_DECIDE("a controller that was replaced goes on deciding, in the same terms");

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

    /** The rules of replicas with this one made wrong. */
    Rules rules() {
        return WrongRules.of(this);
    }

    /** The rule of fences, or what was made of it. */
    FenceRule fence() {
        return switch (this) {
            case SKIP_THE_FENCE -> (partition, answered, lost) -> !answered.isEmpty();
            case FENCE_WITH_TOO_FEW -> Plant::oneAnswerLess;
            case FENCE_ONE_CONFIGURATION -> Plant::oneConfigurationAnswered;
            default -> FenceRule.STANDARD;
        };
    }

    private static boolean oneAnswerLess(PartitionState partition, Set<Member> answered, Predicate<Member> lost) {
        boolean almost = partition.kept().stream()
                .map(KeptConfiguration::configuration)
                .allMatch(each -> FenceRule.count(each, answered) >= Math.max(1, each.fenceQuorum() - 1));
        return almost || FenceRule.STANDARD.complete(partition, answered, lost);
    }

    private static boolean oneConfigurationAnswered(
            PartitionState partition, Set<Member> answered, Predicate<Member> lost) {
        if (partition.kept().isEmpty()) {
            return FenceRule.STANDARD.complete(partition, answered, lost);
        }
        Configuration latest = partition.kept().getLast().configuration();
        return FenceRule.count(latest, answered) >= latest.fenceQuorum()
                || FenceRule.STANDARD.complete(partition, answered, lost);
    }

    /** The one that is written so. */
    public static Optional<Plant> named(String written) {
        return Arrays.stream(values())
                .filter(plant -> plant.written().equals(written))
                .findFirst();
    }
}
