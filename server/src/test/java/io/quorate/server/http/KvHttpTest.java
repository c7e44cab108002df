package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.putJson;
import static io.quorate.server.http.HttpFixture.send;
import static io.quorate.server.http.HttpFixture.sendBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Consistency;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /kv/{key}} over real connections. */
class KvHttpTest {
    private final HttpFixture fixture = new HttpFixture();
    private final FakeWorker worker = new FakeWorker("w1");
    private final int port = fixture.worker(worker);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aKeyThatIsNewIsCreatedAndOneThatIsThereReplaced() throws IOException {
        Answer created = putJson(port, "/kv/mykey", "{\"value\":\"hello\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text())
                .isEqualTo("{\"key\":\"mykey\",\"revision\":\"3-41\",\"acks\":2,\"replicas\":3,\"quorum\":2}");
        assertThat(created.header("ETag")).contains("\"3-41\"");
        assertThat(created.header("Quorate-Revision")).contains("3-41");
        assertThat(created.header("Quorate-Outcome")).contains("applied");
        assertThat(putJson(port, "/kv/mykey", "{\"value\":\"again\"}").status()).isEqualTo(200);
        assertThat(worker.commands.getFirst()).isEqualTo(new Command.Put(Bytes.utf8("mykey"), Value.json("hello")));
    }

    @Test
    void aReadAnswersTheValueItsRevisionAndWhoServedIt() throws IOException {
        putJson(port, "/kv/mykey", "{\"value\":\"hello\"}");
        Answer read = send(port, "GET", "/kv/mykey?consistency=local");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text()).isEqualTo("{\"key\":\"mykey\",\"value\":\"hello\",\"revision\":\"3-41\"}");
        assertThat(read.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("etag", "\"3-41\"")
                .containsEntry("quorate-revision", "3-41")
                .containsEntry("quorate-served-by", "w1")
                .containsEntry("quorate-role", "leader")
                .containsEntry("quorate-consistency", "local")
                .containsEntry("quorate-applied", "3-41")
                .containsEntry("vary", "accept")
                .containsEntry("cache-control", "no-cache")
                .doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void readsAreLinearizableUnlessToldOtherwise() throws IOException {
        assertThat(send(port, "GET", "/kv/none").header("Quorate-Consistency")).contains("linearizable");
        assertThat(send(port, "GET", "/kv/none?consistency=linearizable").status())
                .isEqualTo(404);
        Answer bounded = send(port, "GET", "/kv/none?consistency=strong");
        assertThat(bounded.status()).isEqualTo(400);
        assertThat(bounded.json().path("detail").stringValue()).contains("linearizable, bounded, local");
    }

    @Test
    void aMissingKeyIsAProblemThatSaysSo() throws IOException {
        Answer missing = send(port, "GET", "/kv/none");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.header("Content-Type")).contains("application/problem+json");
        assertThat(missing.text())
                .isEqualTo("{\"type\":\"urn:quorate:problem:key-not-found\",\"title\":\"Key not found\",\"status\":404,"
                        + "\"detail\":\"There is no key none.\",\"outcome\":\"not_applied\",\"retryable\":false}");
    }

    @Test
    void headAnswersWhatGetDoesWithoutTheBody() throws IOException {
        putJson(port, "/kv/k", "{\"value\":\"hello\"}");
        Answer get = send(port, "GET", "/kv/k");
        Answer head = send(port, "HEAD", "/kv/k");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).isEqualTo(get.headers());
        assertThat(send(port, "HEAD", "/kv/none").status()).isEqualTo(404);
    }

    @Test
    void deleteSaysWhetherTheKeyWasThere() throws IOException {
        putJson(port, "/kv/k", "{\"value\":\"1\"}");
        assertThat(send(port, "DELETE", "/kv/k").headers())
                .containsEntry("quorate-existed", "true")
                .containsEntry("quorate-outcome", "applied");
        Answer again = send(port, "DELETE", "/kv/k");
        assertThat(again.status()).isEqualTo(204);
        assertThat(again.header("Quorate-Existed")).contains("false");
        assertThat(send(port, "GET", "/kv/k").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/kv/a/b, a/b",
        "/kv/a%2Fb, a/b",
        "/kv/a%2fb, a/b",
        "/kv/a+b, a+b",
        "/kv/a%20b, 'a b'",
        "/kv/a%252Fb, a%2Fb",
        "/kv/../x, ../x",
        "/kv//x//, /x//",
        "/kv/., .",
        "/kv/%3F%23, ?#",
        "/kv/%D0%BA%D0%BB%D1%8E%D1%87, ключ",
        "/kv/a;b=c&d, a;b=c&d",
        "http://localhost/kv/abs, abs",
    })
    void theKeyIsTheRawPathDecodedOnce(String target, String key) throws IOException {
        assertThat(putJson(port, target, "{\"value\":\"v\"}").status()).isEqualTo(201);
        assertThat(worker.records.firstKey()).isEqualTo(Bytes.utf8(key));
        assertThat(send(port, "GET", target).json().path("key").stringValue()).isEqualTo(key);
    }

    @Test
    void bytesThatWereNotEncodedAreTakenAsTheyAre() throws IOException {
        String utf8 = new String("ключ".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(putJson(port, "/kv/" + utf8, "{\"value\":\"v\"}").status()).isEqualTo(201);
        assertThat(worker.records.firstKey()).isEqualTo(Bytes.utf8("ключ"));
    }

    @Test
    void aKeyOfAnyBytesIsAnsweredInBase64() throws IOException {
        Answer put = putJson(port, "/kv/%00%ff", "{\"value\":\"v\"}");
        assertThat(put.json().path("keyBase64").stringValue()).isEqualTo("AP8=");
        assertThat(worker.records.firstKey()).isEqualTo(Bytes.wrap(new byte[] {0, -1}));
        assertThat(send(port, "GET", "/kv/%00%ff").json().path("keyBase64").stringValue())
                .isEqualTo("AP8=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/kv/%", "/kv/%4", "/kv/%zz", "/kv/a%", "/kv/%+1", "/kv/", "/kv/?x", "/kv/a#b", "/kv/a\u007f"})
    void aKeyThatIsEmptyOrMalformedIsRefused(String target) throws IOException {
        assertThat(send(port, "GET", target).status()).isEqualTo(400);
        assertThat(putJson(port, target, "{\"value\":\"v\"}").status()).isEqualTo(400);
        assertThat(worker.commands).isEmpty();
    }

    @Test
    void theLongestKeyIsTakenAndALongerOneRefused() throws IOException {
        String longest = "%41".repeat(4_096);
        assertThat(putJson(port, "/kv/" + longest, "{\"value\":\"v\"}").status())
                .isEqualTo(201);
        Answer longer = putJson(port, "/kv/" + longest + "A", "{\"value\":\"v\"}");
        assertThat(longer.status()).isEqualTo(414);
        assertThat(longer.json().path("type").stringValue()).isEqualTo("urn:quorate:problem:key-too-large");
        assertThat(longer.json().path("detail").stringValue()).contains("4096");
        assertThat(send(port, "GET", "/kv/" + "A".repeat(30_000)).status()).isEqualTo(414);
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void aWriteThatWasNotAppliedAnswersTheTablesStatus(Problem problem) throws IOException {
        worker.nextWrite = Optional.of(new Outcome.NotApplied(problem, "because"));
        Answer refused = putJson(port, "/kv/k", "{\"value\":\"v\"}");
        assertThat(refused.status()).isEqualTo(problem.httpStatus());
        assertThat(refused.json().path("type").stringValue()).isEqualTo("urn:quorate:problem:" + problem.type());
        assertThat(refused.json().path("detail").stringValue()).isEqualTo("because");
        assertThat(refused.json().path("outcome").stringValue()).isEqualTo("not_applied");
        assertThat(refused.json().path("retryable").booleanValue()).isEqualTo(problem.retryable());
        assertThat(refused.header("Quorate-Outcome")).contains("not_applied");
        assertThat(refused.header("Retry-After").isPresent()).isEqualTo(problem.httpStatus() == 503);
        assertThat(send(port, "DELETE", "/kv/k").status()).isEqualTo(problem.httpStatus());
    }

    @Test
    void aWriteOfUnknownFateIsNeverReportedAsAFailure() throws IOException {
        worker.nextWrite = Optional.of(new Outcome.Unknown("2 s passed"));
        Answer unknown = putJson(port, "/kv/k", "{\"value\":\"v\"}");
        assertThat(unknown.status()).isEqualTo(504);
        assertThat(unknown.json().path("outcome").stringValue()).isEqualTo("unknown");
        assertThat(unknown.header("Quorate-Outcome")).contains("unknown");
    }

    @Test
    void aFailedConditionNamesTheCurrentRevision() throws IOException {
        worker.nextWrite = Optional.of(new Outcome.ConditionFailed(new Revision(2, 9)));
        Answer failed = putJson(port, "/kv/k", "{\"value\":\"v\"}");
        assertThat(failed.status()).isEqualTo(412);
        assertThat(failed.header("ETag")).contains("\"2-9\"");
        worker.nextWrite = Optional.of(new Outcome.ConditionFailed(Revision.NONE));
        assertThat(putJson(port, "/kv/k", "{\"value\":\"v\"}").header("ETag")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void aReadThatWasNotServedAnswersTheTablesStatus(Problem problem) throws IOException {
        worker.nextRead = Optional.of(new ReadOutcome.NotServed(problem, "ask w2 at http://127.0.0.1:8002"));
        Answer refused = send(port, "GET", "/kv/k?consistency=local");
        assertThat(refused.status()).isEqualTo(problem.httpStatus());
        assertThat(refused.json().path("detail").stringValue()).contains("http://127.0.0.1:8002");
    }

    @Test
    void ifNoneMatchSparesTheBody() throws IOException {
        putJson(port, "/kv/k", "{\"value\":\"v\"}");
        for (String tags : new String[] {"\"3-41\"", "*", "W/\"3-41\"", "\"1-1\", \"3-41\""}) {
            Answer unchanged = send(port, "GET", "/kv/k", "If-None-Match: " + tags);
            assertThat(unchanged.status()).isEqualTo(304);
            assertThat(unchanged.header("ETag")).contains("\"3-41\"");
            assertThat(unchanged.body()).isEmpty();
        }
        assertThat(send(port, "GET", "/kv/k", "If-None-Match: \"3-40\"").status())
                .isEqualTo(200);
        assertThat(send(port, "GET", "/kv/none", "If-None-Match: *").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "If-Match: 3-41",
                "If-Match: ",
                "If-None-Match: \"3-41\", 3-42",
                "Idempotency-Key: ",
                "Quorate-TTL: soon",
                "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT",
                "Content-Range: bytes 0-1/2",
                "Content-Encoding: gzip",
            })
    void aConditionThatIsNotKeptIsRefusedRatherThanIgnored(String header) throws IOException {
        Answer refused = sendBody(port, "PUT", "/kv/k", "{\"value\":\"v\"}", "Content-Type: application/json", header);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").stringValue()).contains(header.split(":", 2)[0]);
        assertThat(worker.commands).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ttl=0", "ttl=5x", "explain=maybe", "consistency=local", "raw=maybe", "raw&raw", "a=%"})
    void aParameterThatIsNotKnownIsRefused(String query) throws IOException {
        Answer refused = putJson(port, "/kv/k?" + query, "{\"value\":\"v\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(send(port, "DELETE", "/kv/k?" + query).status()).isEqualTo(400);
        assertThat(worker.commands).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "TRACE", "BREW"})
    void otherMethodsAreNotAllowed(String method) throws IOException {
        Answer refused = send(port, method, "/kv/k");
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("Allow")).contains("GET, HEAD, PUT, POST, PATCH, DELETE");
    }

    @Test
    void aFailureOfTheWorkerIsAnsweredWithoutItsTrace() throws IOException {
        worker.nextFailure = Optional.of(new IllegalStateException("secret"));
        Answer failed = putJson(port, "/kv/k", "{\"value\":\"v\"}");
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.json().path("outcome").stringValue()).isEqualTo("unknown");
        assertThat(failed.text()).doesNotContain("secret", "Exception", "at io.");
        worker.nextFailure = Optional.empty();
        assertThat(putJson(port, "/kv/k", "{\"value\":\"v\"}").status()).isEqualTo(201);
    }

    @Test
    void everyAnswerIsMeteredUnderItsEndpointAndNeverItsKey() throws IOException {
        putJson(port, "/kv/secret", "{\"value\":\"v\"}");
        send(port, "GET", "/kv/secret");
        send(port, "BREW", "/kv/secret");
        assertThat(fixture.metered).containsExactly("PUT /kv 201", "GET /kv 200", "other /kv 405");
    }

    @Test
    void servedIsWhoeverAnsweredNotWhoWasAsked() throws IOException {
        worker.nextRead = Optional.of(new ReadOutcome.Missing(
                new ReadOutcome.Served("w3", "follower", Consistency.LOCAL, new Revision(1, 2))));
        assertThat(send(port, "GET", "/kv/k").headers())
                .containsEntry("quorate-served-by", "w3")
                .containsEntry("quorate-role", "follower");
    }
}
