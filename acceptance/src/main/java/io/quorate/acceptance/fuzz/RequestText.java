package io.quorate.acceptance.fuzz;

import java.nio.charset.StandardCharsets;

/** One request in the making; every character is a byte. */
final class RequestText {
    private final StringBuilder head = new StringBuilder();
    private String body = "";

    /** @param line method and target */
    RequestText(String line) {
        head.append(line).append(" HTTP/1.1\r\nHost: localhost\r\n");
    }

    RequestText header(String line) {
        head.append(line).append("\r\n");
        return this;
    }

    /** Some of the known headers. */
    RequestText headers(Dice dice) {
        for (int i = dice.below(4); i > 0; i--) {
            header(dice.any(Vocabulary.HEADERS));
        }
        return this;
    }

    /** A body with its length. */
    RequestText body(String latin1) {
        body = latin1;
        return header("Content-Length: " + latin1.length());
    }

    /** A body whose length other headers tell, or nobody. */
    RequestText unmeasured(String latin1) {
        body = latin1;
        return this;
    }

    @Override
    public String toString() {
        return head + "\r\n" + body;
    }

    static byte[] bytes(CharSequence latin1) {
        return latin1.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
