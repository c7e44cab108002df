package io.quorate.server.wiring;

/** Why a worker cannot go on; each line is for the person who runs it. */
public sealed interface WorkerEnd {
    /** One line: what happened and what to do. */
    String line();

    /** The controller refuses it for good. */
    record Refused(String line) implements WorkerEnd {}

    /** Its disk is an old copy: it can go on with an empty one. */
    record OldCopy(String line) implements WorkerEnd {}

    /** Its disk failed, or an invariant did not hold. */
    record Broken(String line) implements WorkerEnd {}
}
