package io.quorate.acceptance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerRulesTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static final String PROBLEM = "{\"type\":\"urn:quorate:problem:bad-request\",\"title\":\"Bad request\","
            + "\"status\":400,\"detail\":\"No.\",\"outcome\":\"not_applied\",\"retryable\":false}";

    @Test
    void answersThatAreAsTheyHaveToBeAreNoComplaint() {
        assertThat(complaints(2, OK + problem("400 Bad Request", PROBLEM) + OK)).isEmpty();
        assertThat(complaints(1, "HTTP/1.1 100 Continue\r\n\r\n" + OK + OK)).isEmpty();
    }

    @Test
    void aWatchEndsWithItsLastChunkOrGoesOn() {
        String head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n";
        String whole = head + "5\r\nid: 1\r\n2\r\n\n\n\r\n0\r\n\r\n";
        assertThat(complaints(2, OK + whole + OK)).isEmpty();
        assertThat(complaints(4, OK + head + "5\r\nid: 1\r\n")).isEmpty();
        assertThat(complaints(2, OK + whole)).hasSize(1);
        assertThat(complaints(2, OK + "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nid"))
                .hasSize(1);
    }

    @Test
    void theAnswerToHeadHasALengthAndNoBody() {
        String head = problem("400 Bad Request", PROBLEM).replace(PROBLEM, "");
        assertThat(complaints(2, head + OK + OK)).isEmpty();
        assertThat(complaints(1, OK + head)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 Internal Server Error", "501 Not Implemented", "502 Bad Gateway", "505 X"})
    void aFailureThatIsNotOfTheTableIsAComplaint(String status) {
        String body = PROBLEM.replace("400", status.substring(0, 3));
        assertThat(complaints(0, problem(status, body)))
                .hasSize(1)
                .first()
                .asString()
                .contains("the status");
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 504, 507})
    void aFailureOfTheTableIsNone(int status) {
        assertThat(complaints(0, problem(status + " X", PROBLEM.replace("400", Integer.toString(status)))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.IllegalStateException: x",
                "NullPointerException",
                "OutOfMemoryError",
                "at io.quorate.server.http.Exchange.fail(Exchange.java:12)",
                "io.netty.channel.Channel",
            })
    void whatTellsOfTheInsideIsAComplaint(String text) {
        assertThat(complaints(0, problem("400 Bad Request", PROBLEM.replace("No.", text))))
                .anyMatch(complaint -> complaint.startsWith("it tells of the inside"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "{}", "{\"type\":\"urn:quorate:problem:bad-request\",\"status\":400}"})
    void anErrorWithoutAWholeProblemIsAComplaint(String body) {
        assertThat(complaints(0, problem("400 Bad Request", body))).hasSize(1);
    }

    @Test
    void anErrorOfAnotherTypeIsAComplaint() {
        String plain = problem("400 Bad Request", PROBLEM).replace("application/problem+json", "text/plain");
        assertThat(complaints(0, plain)).hasSize(1);
    }

    @Test
    void aProblemOfAnotherStatusIsAComplaint() {
        assertThat(complaints(0, problem("404 Not Found", PROBLEM))).hasSize(1);
    }

    @Test
    void whatIsNoAnswerIsAComplaint() {
        assertThat(complaints(0, OK + "nonsense\r\n\r\n")).hasSize(1);
        assertThat(complaints(0, "x" + OK)).isNotEmpty();
    }

    @Test
    void aRequestWithoutAnAnswerIsAComplaintUnlessTheServerSaidThatItCloses() {
        assertThat(complaints(2, OK + OK)).hasSize(1).first().asString().contains("3 requests had 2 answers");
        String closing = OK.replace("Content-Length", "Connection: close\r\nContent-Length");
        assertThat(complaints(2, OK + closing)).isEmpty();
        assertThat(AnswerRules.complaints(burst(0), new Received(new byte[0], false)))
                .hasSize(1);
    }

    private static String problem(String status, String body) {
        return "HTTP/1.1 " + status + "\r\ncontent-type: application/problem+json\r\ncontent-length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static List<String> complaints(int requests, String answers) {
        return AnswerRules.complaints(
                burst(requests), new Received(answers.getBytes(StandardCharsets.ISO_8859_1), true));
    }

    private static Burst burst(int requests) {
        return new Burst(0, RequestKind.MIXED, 0, requests, new byte[0], Burst.Ending.ASKED);
    }
}
