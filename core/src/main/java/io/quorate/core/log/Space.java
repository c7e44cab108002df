package io.quorate.core.log;

/** The parts of a partition's state, each with keys of its own. */
public enum Space {
    /** What clients store. */
    KEYS(1),
    /** The idempotency keys of writes, with their outcomes, and sessions; see {@link RememberedIds}. */
    REMEMBERED(2);

    private final int code;

    Space(int code) {
        this.code = code;
    }

    /** Its number on disk and on the wire, which never changes; 1 to 127, in ascending order of the values. */
    public int code() {
        return code;
    }
}
