package io.quorate.acceptance.contract;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One request and what was answered to it.
 *
 * @param target path and query, as sent
 */
@SuppressWarnings("ArrayRecordComponent")
public record Exchanged(String method, String target, int status, HttpHeaders headers, byte[] body) {
    /** The path as sent. */
    String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /** The value of a header of the answer, empty when there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The type of the body without its parameters. */
    String mediaType() {
        return header("Content-Type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String shown = target.length() > 100 ? target.substring(0, 100) + "…" : target;
        return method + " " + shown + " answered " + status + " " + headers.map() + " " + text();
    }
}
