package io.quorate.api;

/** What a read promises. */
public enum Consistency {
    /** It sees every write that was acknowledged before it began. */
    LINEARIZABLE,
    /** It sees every write that was acknowledged longer before it began than the read allows for. */
    BOUNDED,
    /** It sees this worker's replica as it is. */
    LOCAL
}
