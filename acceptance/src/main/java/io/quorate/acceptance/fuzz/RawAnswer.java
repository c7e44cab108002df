package io.quorate.acceptance.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One answer as it came.
 *
 * @param head the status line and the headers
 * @param headers by name, of which the case does not matter
 * @param body empty to HEAD; every character is a byte
 */
record RawAnswer(int status, String head, Map<String, String> headers, String body) {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( [^\r\n]*)?");
    private static final String BEGINNING = "HTTP/1.";
    /** A watch is the only answer whose length is not known at its beginning. */
    private static final Pattern WATCH = Pattern.compile("text/event-stream|application/x-ndjson");

    private static final Pattern GOES_ON = Pattern.compile(
            "HTTP/1\\.[01] 200 [^\r\n]*(\r\n[^\r\n]+)*?\r\ncontent-type: (" + WATCH.pattern() + ")\r\n",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,7})\r\n");
    private static final int CUT_OFF = -1;
    private static final String END_OF_HEAD = "\r\n\r\n";

    /**
     * What came on a connection, taken apart.
     *
     * @param answers whole ones
     * @param rest what is left: nothing, the beginning of an answer that was cut off, or what is no answer
     */
    record Stream(List<RawAnswer> answers, String rest) {
        boolean isCutOff() {
            return rest.isEmpty() || rest.startsWith(BEGINNING) || BEGINNING.startsWith(rest);
        }

        /** Whether it ends in an answer that goes on for as long as somebody listens. */
        boolean goesOn() {
            return GOES_ON.matcher(rest).lookingAt();
        }
    }

    /** Who sent HEAD is not known here: a body is there unless the next answer begins in its place. */
    static Stream parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<RawAnswer> answers = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf(END_OF_HEAD, at);
            if (end < 0) {
                break;
            }
            String head = text.substring(at, end);
            int bodyAt = end + END_OF_HEAD.length();
            String[] lines = head.split("\r\n", -1);
            Matcher statusLine = STATUS_LINE.matcher(lines[0]);
            if (!statusLine.matches()) {
                break;
            }
            Map<String, String> headers = headers(lines);
            int length = isChunked(headers) ? chunkedLength(text, bodyAt) : length(headers);
            boolean bodiless = !isChunked(headers) && (bodyAt == text.length() || text.startsWith(BEGINNING, bodyAt));
            if (length < 0 || isWithoutLength(headers) || (!bodiless && bodyAt + length > text.length())) {
                break;
            }
            int next = bodiless ? bodyAt : bodyAt + length;
            answers.add(
                    new RawAnswer(Integer.parseInt(statusLine.group(1)), head, headers, text.substring(bodyAt, next)));
            at = next;
        }
        return new Stream(answers, text.substring(at));
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon),
                        lines[i].substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /** To a client of HTTP/1.0 its end is that of the connection. */
    private static boolean isWithoutLength(Map<String, String> headers) {
        return !isChunked(headers)
                && WATCH.matcher(headers.getOrDefault("Content-Type", "")).matches();
    }

    private static boolean isChunked(Map<String, String> headers) {
        return headers.getOrDefault("Transfer-Encoding", "").equalsIgnoreCase("chunked");
    }

    /** How far the chunks go that begin there, the last one included. */
    private static int chunkedLength(String text, int from) {
        int at = from;
        Matcher chunk = CHUNK.matcher(text);
        while (chunk.find(at) && chunk.start() == at) {
            int bytes = Integer.parseInt(chunk.group(1), 16);
            at = chunk.end() + bytes + 2;
            if (bytes == 0) {
                return at - from;
            }
            if (at >= text.length()) {
                return CUT_OFF;
            }
        }
        return CUT_OFF;
    }

    private static int length(Map<String, String> headers) {
        String length = headers.getOrDefault("Content-Length", "0");
        return length.matches("\\d{1,9}") ? Integer.parseInt(length) : -1;
    }

    /** Whether the server closes the connection after it. */
    boolean closes() {
        return headers.getOrDefault("Connection", "").equalsIgnoreCase("close");
    }
}
