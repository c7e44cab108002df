package io.quorate.core.replica;

/** The small rules on which safety rests, apart so that a simulation can show what each is for. */
public record Rules(CommitRule commit, LeaseRule lease, AckRule acknowledge) {
    /** The rules of the product. */
    public static final Rules STANDARD = new Rules(CommitRule.STANDARD, LeaseRule.STANDARD, AckRule.STANDARD);
}
