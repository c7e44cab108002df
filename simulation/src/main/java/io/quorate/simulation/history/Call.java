package io.quorate.simulation.history;

/** What a client asked of a key. */
public sealed interface Call {
    /** What is there? */
    record Read() implements Call {}

    /** Store the value, whatever was there. */
    record Put(String value) implements Call {}

    /** Remove the key, if it is there. */
    record Delete() implements Call {}

    /** Store the value if the key is at this version. */
    record PutIf(Version expected, String value) implements Call {}

    /** Remove the key if it is at this version. */
    record DeleteIf(Version expected) implements Call {}

    /** Add to the number that is there, in one step; a key that does not exist counts as 0. */
    record Add(long amount) implements Call {}
}
