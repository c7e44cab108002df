package io.quorate.api;

/** What a read promises. */
public enum Consistency {
    /** It sees every write that was acknowledged before it began. */
    LINEARIZABLE,
    /** It sees this worker's replica as it is. */
    LOCAL
}
