package io.quorate.core.replica;

/** How the changes of one write go into the log. Action {@code AppendWrite} of the protocol. */
public interface AtomicRule {
    /** Whether an entry may end between them: a leader that is lost there leaves some of them done. */
    boolean mayCloseBetween();

    /** The rule of the product. */
    AtomicRule STANDARD = () -> false;
}
