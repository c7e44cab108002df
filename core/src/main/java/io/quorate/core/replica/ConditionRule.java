package io.quorate.core.replica;

/** What a leader evaluates a condition against. Action {@code AppendWrite} of the protocol. */
public interface ConditionRule {
    /** Whether entries count that are in the leader's log and not committed yet: log order is evaluation order. */
    boolean countsUncommitted();

    /** The rule of the product. */
    ConditionRule STANDARD = () -> true;
}
