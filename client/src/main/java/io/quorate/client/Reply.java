package io.quorate.client;

import io.quorate.api.Bytes;
import java.util.Optional;

/** What came of one request to one process. */
sealed interface Reply {
    /** It was answered. */
    record Answered(int status, Headers headers, Bytes body) implements Reply {
        /** Whether the status is 2xx. */
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** The headers of an answer. */
    interface Headers {
        /** The first value of the header, whatever the case of its name. */
        Optional<String> first(String name);
    }

    /** It was surely not sent, because nobody was reached. */
    record NotSent(String detail) implements Reply {}

    /** It may have been received, but no answer came. */
    record Lost(String detail) implements Reply {}

    /** It was answered with more bytes than are taken. */
    record TooLarge(int limitBytes) implements Reply {}
}
