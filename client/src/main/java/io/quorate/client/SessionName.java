package io.quorate.client;

import io.quorate.api.Session;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a write that is numbered in a session, as the header {@code Quorate-Session} has it. */
final class SessionName {
    private static final Pattern TEXT = Pattern.compile("([\\d-]{1,64}); sequence=\\d{1,18}; lowest=\\d{1,18}");

    private SessionName() {}

    static String of(String session, long sequence, long lowest) {
        return session + "; sequence=" + sequence + "; lowest=" + lowest;
    }

    /** Whether the text is such a name; any other is an idempotency key. */
    static boolean isOne(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches() && Session.parse(parts.group(1)).isPresent();
    }
}
