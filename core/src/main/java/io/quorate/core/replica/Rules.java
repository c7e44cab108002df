package io.quorate.core.replica;

/**
 * The small rules of a replica on which safety rests, apart so that a simulation can show what each is for.
 *
 * @param commit up to where a leader's log is committed, and when it serves
 * @param lease when a leader may answer a read, and what a restart does to promises
 * @param acknowledge what a follower acknowledges, and what of that counts
 * @param lead who obeys an order to lead
 * @param truncation what a follower cuts off its log
 * @param recovery what a restarted replica applies at once
 * @param condition what a condition is evaluated against
 * @param expiry by which time it is judged whether a record has expired
 * @param atomic how the changes of one write go into the log
 * @param watch which entries a watch is shown
 * @param freshness when a replica is as fresh as its leader was
 * @param session what a session forgets, and when it ends
 */
public record Rules(
        CommitRule commit,
        LeaseRule lease,
        AckRule acknowledge,
        LeadRule lead,
        TruncationRule truncation,
        RecoveryRule recovery,
        ConditionRule condition,
        ExpiryRule expiry,
        AtomicRule atomic,
        WatchRule watch,
        FreshnessRule freshness,
        SessionRule session) {
    /** The rules of the product. */
    public static final Rules STANDARD = new Rules(
            CommitRule.STANDARD,
            LeaseRule.STANDARD,
            AckRule.STANDARD,
            LeadRule.STANDARD,
            TruncationRule.STANDARD,
            RecoveryRule.STANDARD,
            ConditionRule.STANDARD,
            ExpiryRule.STANDARD,
            AtomicRule.STANDARD,
            WatchRule.STANDARD,
            FreshnessRule.STANDARD,
            SessionRule.STANDARD);
}
