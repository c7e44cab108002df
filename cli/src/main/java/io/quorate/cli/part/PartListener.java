package io.quorate.cli.part;

/** Hears that a part ended by itself; called on any thread. */
@FunctionalInterface
public interface PartListener {
    /**
     * The part does not run any more, although nobody stopped it.
     *
     * @param line what happened and what to do
     */
    void ended(Part part, String line);
}
