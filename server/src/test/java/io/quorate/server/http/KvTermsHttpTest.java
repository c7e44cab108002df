package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.putJson;
import static io.quorate.server.http.HttpFixture.send;
import static io.quorate.server.http.HttpFixture.sendBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.Lifetime;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.api.WriteRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions, lifetimes, counters and idempotency keys over real connections. */
class KvTermsHttpTest {
    private static final String JSON = "Content-Type: application/json";
    private static final String BODY = "{\"value\":\"v\"}";

    private final HttpFixture fixture = new HttpFixture();
    private final FakeWorker worker = new FakeWorker("w1");
    private final int port = fixture.worker(worker);

    @AfterEach
    void close() {
        fixture.close();
    }

    private Command last() {
        return worker.commands.getLast();
    }

    @Test
    void ifMatchWritesOverThatRevisionAlone() throws IOException {
        putJson(port, "/kv/k", BODY);
        Answer other = sendBody(port, "PUT", "/kv/k", BODY, JSON, "If-Match: \"3-40\"");
        assertThat(other.status()).isEqualTo(412);
        assertThat(other.header("ETag")).contains("\"3-41\"");
        assertThat(other.header("Quorate-Outcome")).contains("not_applied");
        assertThat(other.json().path("type").stringValue()).endsWith(":condition-failed");
        Answer same = sendBody(port, "PUT", "/kv/k", BODY, JSON, "If-Match: \"3-40\", \"3-41\"");
        assertThat(same.status()).isEqualTo(200);
        assertThat(last().condition())
                .isEqualTo(new Condition.AnyOf(List.of(new Revision(3, 40), new Revision(3, 41))));
    }

    @Test
    void aWeakTagOrAForeignOneNeverMatches() throws IOException {
        putJson(port, "/kv/k", BODY);
        assertThat(sendBody(port, "PUT", "/kv/k", BODY, JSON, "If-Match: W/\"3-41\"")
                        .status())
                .isEqualTo(412);
        assertThat(sendBody(port, "PUT", "/kv/k", BODY, JSON, "If-Match: \"abc\"")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void starsAskForAKeyThatIsThereOrIsNot() throws IOException {
        assertThat(sendBody(port, "PUT", "/kv/k", BODY, JSON, "If-Match: *").status())
                .isEqualTo(412);
        assertThat(sendBody(port, "PUT", "/kv/k", BODY, JSON, "If-None-Match: *")
                        .status())
                .isEqualTo(201);
        assertThat(sendBody(port, "PUT", "/kv/k", BODY, JSON, "If-None-Match: *")
                        .status())
                .isEqualTo(412);
        assertThat(send(port, "DELETE", "/kv/k", "If-Match: *").status()).isEqualTo(204);
        assertThat(last()).isEqualTo(new Command.Delete(Bytes.utf8("k"), new Condition.Exists()));
    }

    @Test
    void ifNoneMatchOnAWriteExcludesRevisions() throws IOException {
        putJson(port, "/kv/k", BODY);
        assertThat(sendBody(port, "PUT", "/kv/k", BODY, JSON, "If-None-Match: W/\"3-41\"")
                        .status())
                .isEqualTo(412);
        assertThat(sendBody(port, "PUT", "/kv/k", BODY, JSON, "If-None-Match: \"3-40\"")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aMissThatFailsAConditionHasNoTag() throws IOException {
        Answer failed = send(port, "DELETE", "/kv/k", "If-Match: \"3-1\"");
        assertThat(failed.status()).isEqualTo(412);
        assertThat(failed.header("ETag")).isEmpty();
    }

    @Test
    void bothConditionsAtOnceAreRefused() throws IOException {
        assertThat(sendBody(port, "PUT", "/kv/k", BODY, JSON, "If-Match: *", "If-None-Match: *")
                        .status())
                .isEqualTo(400);
        assertThat(worker.commands).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"30s,30000", "30,30000", "1500ms,1500", "10m,600000", "2h,7200000", "7d,604800000"})
    void aTimeToLiveHasAUnit(String text, long millis) throws IOException {
        putJson(port, "/kv/k?ttl=" + text, BODY);
        assertThat(((Command.Put) last()).lifetime()).isEqualTo(new Lifetime.For(millis));
        sendBody(port, "PUT", "/kv/k", BODY, JSON, "Quorate-TTL: " + text);
        assertThat(((Command.Put) last()).lifetime()).isEqualTo(new Lifetime.For(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5s", "5w", "", "99999999d", "9999999999999999"})
    void aTimeToLiveThatIsNoneIsRefused(String text) throws IOException {
        Answer refused = putJson(port, "/kv/k?ttl=" + text, BODY);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(worker.commands).isEmpty();
    }

    @Test
    void whatIsLeftToLiveIsTold() throws IOException {
        worker.records.put(
                Bytes.utf8("k"),
                new io.quorate.api.Record(
                        io.quorate.api.Value.json("v"),
                        new Revision(3, 1),
                        0,
                        System.currentTimeMillis() + 3_600_000,
                        ""));
        Answer read = send(port, "GET", "/kv/k");
        String left = read.header("Quorate-TTL").orElseThrow();
        assertThat(left).matches("\\d{7}ms");
        assertThat(read.json().path("expiresMillis").longValue()).isGreaterThan(System.currentTimeMillis());
        assertThat(send(port, "HEAD", "/kv/k").header("Quorate-TTL")).isPresent();
    }

    @Test
    void patchChangesTheLifetimeAndNothingElse() throws IOException {
        assertThat(send(port, "PATCH", "/kv/k?ttl=5s").status()).isEqualTo(404);
        putJson(port, "/kv/k", BODY);
        assertThat(send(port, "PATCH", "/kv/k?ttl=5s").status()).isEqualTo(200);
        assertThat(last()).isEqualTo(new Command.Retime(Bytes.utf8("k"), new Lifetime.For(5_000), Condition.ALWAYS));
        assertThat(send(port, "PATCH", "/kv/k?ttl=none").status()).isEqualTo(200);
        assertThat(last()).isEqualTo(new Command.Retime(Bytes.utf8("k"), Lifetime.FOREVER, Condition.ALWAYS));
        assertThat(send(port, "PATCH", "/kv/k").status()).isEqualTo(400);
    }

    @Test
    void postAdds() throws IOException {
        Answer first = send(port, "POST", "/kv/visits?add=5");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().path("value").stringValue()).isEqualTo("5");
        Answer second = send(port, "POST", "/kv/visits?add=-7");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().path("value").stringValue()).isEqualTo("-2");
        assertThat(send(port, "POST", "/kv/visits?add=1.5").status()).isEqualTo(400);
        assertThat(send(port, "POST", "/kv/visits").status()).isEqualTo(400);
    }

    @Test
    void aValueThatIsNoNumberIsAConflict() throws IOException {
        worker.nextWrite = Optional.of(new Outcome.NotApplied(Problem.NOT_AN_INTEGER, "no number"));
        Answer refused = send(port, "POST", "/kv/k?add=1");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("type").stringValue()).endsWith(":not-an-integer");
        assertThat(refused.json().path("outcome").stringValue()).isEqualTo("not_applied");
    }

    @Test
    void anIdempotencyKeyNamesTheWriteAndItsContent() throws IOException {
        sendBody(port, "PUT", "/kv/k", BODY, JSON, "Idempotency-Key: one");
        sendBody(port, "PUT", "/kv/k", BODY, JSON, "Idempotency-Key: one");
        sendBody(port, "PUT", "/kv/k", "{\"value\":\"w\"}", JSON, "Idempotency-Key: one");
        sendBody(port, "PUT", "/kv/other", BODY, JSON, "Idempotency-Key: one");
        send(port, "POST", "/kv/k?add=1", "Idempotency-Key: one");
        send(port, "DELETE", "/kv/k", "Idempotency-Key: two");
        var keys = worker.requests.stream()
                .map(WriteRequest::name)
                .map(Optional::orElseThrow)
                .map(IdempotencyKey.class::cast)
                .toList();
        assertThat(keys.get(1)).isEqualTo(keys.get(0));
        assertThat(keys.get(2).id()).isEqualTo(keys.get(0).id());
        assertThat(keys.get(2).fingerprint()).isNotEqualTo(keys.get(0).fingerprint());
        assertThat(keys.get(3).id()).isNotEqualTo(keys.get(0).id());
        assertThat(keys.get(4).id()).isEqualTo(keys.get(0).id());
        assertThat(keys.get(5).id()).isNotEqualTo(keys.get(0).id());
    }

    @Test
    void anIdempotencyKeyIsNotTooLong() throws IOException {
        assertThat(sendBody(port, "PUT", "/kv/k", BODY, JSON, "Idempotency-Key: " + "x".repeat(255))
                        .status())
                .isEqualTo(201);
        assertThat(sendBody(port, "PUT", "/kv/k", BODY, JSON, "Idempotency-Key: " + "x".repeat(256))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"IDEMPOTENCY_REUSED,422", "IDEMPOTENCY_FULL,503"})
    void whatAnIdempotencyKeyIsRefusedFor(Problem problem, int status) throws IOException {
        worker.nextWrite = Optional.of(new Outcome.NotApplied(problem, "because"));
        Answer refused = sendBody(port, "PUT", "/kv/k", BODY, JSON, "Idempotency-Key: one");
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.json().path("outcome").stringValue()).isEqualTo("not_applied");
    }
}
