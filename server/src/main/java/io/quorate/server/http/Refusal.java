package io.quorate.server.http;

import io.quorate.api.Problem;

/**
 * Why a request is not carried out.
 *
 * @param problem the row of the table of errors
 * @param status the HTTP status, the table's unless HTTP has a narrower one
 * @param detail a sentence for the person who reads it
 */
record Refusal(Problem problem, int status, String detail) {
    private static final int SHOWN_CHARS = 80;

    static Refusal of(Problem problem, String detail) {
        return new Refusal(problem, problem.httpStatus(), detail);
    }

    /** For what needs the number of partitions, before the worker has heard it. */
    static Refusal withoutMap() {
        return of(Problem.NOT_READY, "This worker does not know the map of the cluster yet.");
    }

    static Refusal badRequest(String detail) {
        return of(Problem.BAD_REQUEST, detail);
    }

    /** What a client sent, cut to a length that fits a sentence. */
    static String shown(String sent) {
        return sent.length() <= SHOWN_CHARS ? sent : sent.substring(0, SHOWN_CHARS) + "…";
    }
}
