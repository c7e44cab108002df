package io.quorate.core.replica;

import io.quorate.core.cluster.LogPosition;

/** When a replica is as fresh as its leader was when it answered. */
public interface FreshnessRule {
    /**
     * Whether a state contains what a leader's answer showed to be there.
     *
     * @param applied up to where the state goes
     * @param shown up to where the leader's went
     */
    boolean reaches(LogPosition applied, LogPosition shown);

    /** The rule of the product. */
    FreshnessRule STANDARD = (applied, shown) -> applied.compareTo(shown) >= 0;
}
