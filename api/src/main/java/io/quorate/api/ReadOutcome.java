package io.quorate.api;

/** What became of a read. */
public sealed interface ReadOutcome {
    /** The key's record, and who answered. */
    record Found(Record record, Served served) implements ReadOutcome {}

    /** The key does not exist. */
    record Missing(Served served) implements ReadOutcome {}

    /** It was not answered; reads change nothing, so it may be asked again. */
    record NotServed(Problem problem, String detail) implements ReadOutcome {}

    /**
     * Who answered a read.
     *
     * @param worker the worker's id
     * @param role {@code leader}, {@code follower}, {@code learner} or {@code fenced}
     * @param consistency what was promised
     * @param applied the last entry applied to the replica that answered
     */
    record Served(String worker, String role, Consistency consistency, Revision applied) {}
}
