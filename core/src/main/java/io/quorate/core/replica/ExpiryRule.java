package io.quorate.core.replica;

/** By which time it is judged whether a record has expired. Action {@code Read} of the protocol. */
public interface ExpiryRule {
    /**
     * Whether a leader that finds a record expired by its clock, but not by log time, has log time catch up before it
     * answers: else the next leader, whose clock may be behind, would find the record again.
     */
    boolean waitsForLogTime();

    /** The rule of the product. */
    ExpiryRule STANDARD = () -> true;
}
