package io.quorate.acceptance.fuzz;

import java.util.List;

/** Requests that are not as HTTP or this server wants them. */
final class StrangeRequests {
    /** Targets of no path. */
    static final List<String> TARGETS = List.of(
            "//",
            "*",
            "",
            "/ui/../../pom.xml",
            "/ui/%2e%2e/",
            "/kv/../health",
            "/ui/vendor/",
            "http://localhost/kv/fuzz",
            "http://",
            "http://evil.example/health",
            "https://localhost",
            "http://[::1]:x/health",
            "\\kv",
            "localhost:80",
            "/health HTTP/1.1 /health",
            "/health\t",
            "/kv/fuzz HTTP/1.1\r\n: x");

    private static final List<String> CODES = List.of(
            "%",
            "%2",
            "%zz",
            "%00",
            "%2F",
            "%2e%2e/",
            "%c0%af",
            "%ed%a0%80",
            "%ff",
            "%25",
            "\0",
            "\t",
            "\u0080",
            "\u00ff",
            "#",
            "?",
            "&",
            "=",
            "//",
            "/./",
            "/../",
            ";",
            "+",
            "\"",
            "<",
            "|",
            "\\",
            "%0d%0a",
            "\u007f");
    private static final List<String> CHUNKS = List.of(
            "0\r\n\r\n",
            "1\r\nx\r\n0\r\n\r\n",
            "f;a=b\r\n{\"value\":\"vvv\"}\r\n0\r\n\r\n",
            "5\r\nabc",
            "-1\r\nx\r\n",
            "ffffffff\r\n",
            "fffffffffffffffff\r\n",
            "x\r\n",
            "\r\n",
            "1\nx\n0\n\n",
            "3\r\nabcdef\r\n0\r\n\r\n",
            "0\r\nTrailer: x\r\n\r\n",
            "0\r\n: \r\n\r\n",
            "1;" + "e".repeat(9_000) + "\r\nx\r\n0\r\n\r\n",
            "0x1\r\nx\r\n",
            "1\r\nx\r\n".repeat(200) + "0\r\n\r\n",
            "0\r\n" + "T: t\r\n".repeat(4_000) + "\r\n");
    private static final List<String> LENGTHS = List.of(
            "-1",
            "0",
            "1",
            "1000000",
            "99999999999",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999",
            "0x10",
            "1e3",
            "+5",
            " 5",
            "5, 5",
            "5, 6",
            "",
            "five",
            "00000005",
            "\u00ff");
    private static final int LINE_BYTES = 30_000;
    private static final int HEADER_BYTES = 20_000;
    private static final int BODY_BYTES = 1 << 20;

    private StrangeRequests() {}

    /** The line with something strange in its target. */
    static String coded(String line, Dice dice) {
        StringBuilder coded = new StringBuilder(line);
        int target = line.indexOf(' ') + 1;
        for (int i = 1 + dice.below(3); i > 0; i--) {
            coded.insert(target + dice.below(coded.length() - target + 1), dice.any(CODES));
        }
        return coded.toString();
    }

    static RequestText chunked(String line, Dice dice) {
        RequestText request = new RequestText(line)
                .headers(dice)
                .header(dice.onceIn(5) ? "Transfer-Encoding: gzip, chunked" : "Transfer-Encoding: chunked");
        if (dice.onceIn(5)) {
            request.header("Content-Length: " + dice.any(LENGTHS));
        }
        return request.unmeasured(dice.any(CHUNKS));
    }

    static RequestText lengths(String line, Dice dice) {
        RequestText request = new RequestText(line).headers(dice).header("Content-Length: " + dice.any(LENGTHS));
        if (dice.onceIn(3)) {
            request.header("Content-Length: " + dice.any(LENGTHS));
        }
        return request.unmeasured(dice.any(Vocabulary.BODIES));
    }

    static RequestText oversize(String line, Dice dice) {
        return switch (dice.below(6)) {
            case 0 -> new RequestText(line + "k".repeat(LINE_BYTES));
            case 1 -> new RequestText("GET /kv/" + "k".repeat(4_090 + dice.below(10)));
            case 2 -> new RequestText(line).header("X-Long: " + "h".repeat(HEADER_BYTES));
            case 3 -> new RequestText(line).header("X: y\r\n".repeat(HEADER_BYTES / 4) + "X: y");
            case 4 -> new RequestText(line).header("h".repeat(HEADER_BYTES) + ": x");
            // A long body takes long to send, and longer on a machine with few cores.
            default ->
                dice.onceIn(10)
                        ? new RequestText("PUT /kv/fuzz").body("v".repeat(BODY_BYTES + dice.below(2)))
                        : new RequestText("POST /admin/settings")
                                .header("Content-Type: application/json")
                                .body("{\"replicas\":" + " ".repeat(4_085) + "0}");
        };
    }
}
