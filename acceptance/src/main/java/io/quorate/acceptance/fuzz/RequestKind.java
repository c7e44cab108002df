package io.quorate.acceptance.fuzz;

import java.util.Locale;

/** In which way requests are strange. */
enum RequestKind {
    /** Methods, paths, parameters, headers and bodies of the interface, put together at random. */
    MIXED,
    /** Those, with bytes changed, added or left out anywhere. */
    DAMAGED,
    /** Those, and the connection is reset in the middle of them. */
    CUT,
    /** The path or the query is changed: percent coding, NUL, dots, slashes. */
    CODED,
    /** The JSON body of an operation is changed. */
    JSON,
    /** Chunks that are not as HTTP wants them. */
    CHUNKED,
    /** Lengths that are huge, negative, given twice, or not those of the body. */
    LENGTHS,
    /** Lines, headers and bodies beyond the limits. */
    OVERSIZE;

    String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
