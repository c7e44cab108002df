package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.putJson;
import static io.quorate.server.http.HttpFixture.send;
import static io.quorate.server.http.HttpFixture.sendBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.ClusterMap;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Batches over real connections. */
class BatchHttpTest {
    private final HttpFixture fixture = new HttpFixture();
    private final FakeWorker worker = new FakeWorker("w1");
    private final int port = fixture.worker(worker);

    BatchHttpTest() {
        worker.map = new ClusterMap(3, Optional.empty(), 8, 3, 2, Map.of(), Map.of());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Answer batch(String body, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Content-Type: application/json";
        return sendBody(port, "POST", "/batch", body, all);
    }

    @Test
    void everyItemHasAnOutcomeOfItsOwn() throws IOException {
        putJson(port, "/kv/old", "{\"value\":\"o\"}");
        putJson(port, "/kv/kept", "{\"value\":\"v\"}");
        Answer answer = batch("""
                {"items":[
                  {"op":"put","key":"new","value":"n","ttl":"30s"},
                  {"op":"put","key":"old","value":{"a":1.0},"ifNoneMatch":"*"},
                  {"op":"get","key":"kept"},
                  {"op":"get","key":"nothing"},
                  {"op":"add","key":"n","add":5},
                  {"op":"expire","key":"nothing","ttl":10},
                  {"op":"delete","key":"old","ifMatch":"3-41"}]}""");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode items = answer.json().path("items");
        assertThat(items).hasSize(7);
        assertThat(items)
                .map(item -> item.path("status").intValue())
                .containsExactly(201, 412, 200, 404, 201, 404, 204);
        assertThat(items.get(0).path("outcome").stringValue()).isEqualTo("applied");
        assertThat(items.get(1).path("revision").stringValue()).isEqualTo("3-41");
        assertThat(items.get(1).path("outcome").stringValue()).isEqualTo("not_applied");
        assertThat(items.get(2).path("value").stringValue()).isEqualTo("v");
        assertThat(items.get(4).path("value").stringValue()).isEqualTo("5");
        assertThat(items.get(6).path("existed").booleanValue()).isTrue();
    }

    @Test
    void anUnknownFateIsOneItemsAlone() throws IOException {
        worker.nextWrite = Optional.of(new Outcome.Unknown("too late"));
        JsonNode items = batch("{\"items\":[{\"op\":\"delete\",\"key\":\"a\"},{\"op\":\"get\",\"key\":\"a\"}]}")
                .json()
                .path("items");
        assertThat(items.get(0).path("status").intValue()).isEqualTo(504);
        assertThat(items.get(0).path("outcome").stringValue()).isEqualTo("unknown");
        assertThat(items.get(1).path("status").intValue()).isEqualTo(404);
    }

    @Test
    void allReadsTogetherHaveTheTimeOfOne() throws IOException {
        worker.duringRead = () -> {
            long until = System.nanoTime() + 3_000_000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        };
        String get = "{\"op\":\"get\",\"key\":\"a\"}";
        assertThat(batch("{\"items\":[" + (get + ",").repeat(9) + get + "]}").status())
                .isEqualTo(200);
        assertThat(worker.readTimeouts).hasSize(10);
        assertThat(worker.readTimeouts.getLast()).isLessThanOrEqualTo(worker.readTimeouts.getFirst() - 24);
    }

    @Test
    void anAtomicBatchIsOneWrite() throws IOException {
        Answer answer = batch("""
                {"atomic":true,"items":[
                  {"op":"put","key":"{u}/a","value":"1"},
                  {"op":"add","key":"{u}/n","add":2},
                  {"op":"delete","key":"{u}/b"}]}""", "Idempotency-Key: once");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Quorate-Outcome")).contains("applied");
        assertThat(answer.json().path("revision").stringValue()).startsWith("3-");
        assertThat(answer.json().path("items")).hasSize(3);
        assertThat(answer.json().path("items").get(1).path("value").stringValue())
                .isEqualTo("2");
        WriteRequest request = worker.requests.getLast();
        assertThat(request.commands()).hasSize(3);
        assertThat(request.isRepeatable()).isTrue();
    }

    @Test
    void anAtomicBatchOfOneItemIsAnswered() throws IOException {
        Answer answer = batch("{\"atomic\":true,\"items\":[{\"op\":\"add\",\"key\":\"n\",\"add\":2}]}");
        assertThat(answer.json().path("items").get(0).path("value").stringValue())
                .isEqualTo("2");
    }

    @Test
    void anAtomicBatchTellsWhatItsGetsFind() throws IOException {
        Answer answer = batch("""
                {"atomic":true,"items":[
                  {"op":"put","key":"{u}/a","value":"1"},
                  {"op":"get","key":"{u}/a"},
                  {"op":"get","key":"{u}/none","ifNoneMatch":"*"}]}""");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode found = answer.json().path("items").get(1);
        assertThat(found.path("value").stringValue()).isEqualTo("1");
        assertThat(found.path("revision").stringValue()).startsWith("3-");
        assertThat(found.path("existed").booleanValue()).isTrue();
        assertThat(answer.json().path("items").get(2).path("existed").booleanValue())
                .isFalse();
        Answer alone = batch("{\"atomic\":true,\"items\":[{\"op\":\"get\",\"key\":\"{u}/a\",\"ifMatch\":\"*\"}]}");
        assertThat(alone.json().path("items").get(0).path("value").stringValue())
                .isEqualTo("1");
    }

    @Test
    void anAtomicBatchThatIsRefusedSaysForWhichItem() throws IOException {
        Answer answer = batch("""
                {"atomic":true,"items":[
                  {"op":"put","key":"{u}/a","value":"1"},
                  {"op":"put","key":"{u}/b","value":"1","ifMatch":"*"}]}""");
        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.json().path("item").intValue()).isEqualTo(1);
        assertThat(answer.json().path("key").stringValue()).isEqualTo("{u}/b");
        assertThat(worker.records).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"items\":[]}",
                "{\"items\":{}}",
                "{\"items\":[1]}",
                "{\"items\":[{\"op\":\"put\",\"key\":\"a\"}]}",
                "{\"items\":[{\"op\":\"put\",\"key\":\"a\",\"value\":1,\"valueBase64\":\"\"}]}",
                "{\"items\":[{\"op\":\"put\",\"key\":\"\",\"value\":1}]}",
                "{\"items\":[{\"op\":\"get\",\"keyBase64\":\"!\"}]}",
                "{\"items\":[{\"op\":\"get\",\"key\":\"a\",\"value\":1}]}",
                "{\"items\":[{\"op\":\"delete\",\"key\":\"a\",\"ifMatch\":\"*\",\"ifNoneMatch\":\"*\"}]}",
                "{\"items\":[{\"op\":\"add\",\"key\":\"a\",\"add\":1.5}]}",
                "{\"items\":[{\"op\":\"expire\",\"key\":\"a\"}]}",
                "{\"items\":[{\"op\":\"drop\",\"key\":\"a\"}]}",
                "{\"items\":[{\"op\":\"get\",\"key\":\"a\"}],\"atomic\":1}",
                "{\"items\":[{\"op\":\"get\",\"key\":\"a\",\"ifMatch\":\"*\"}]}",
                "{\"items\":[{\"op\":\"get\",\"key\":\"a\"}],\"more\":true}",
                "{\"items\":[{\"op\":\"get\",\"key\":\"a\"}]"
            })
    void whatIsNotUnderstoodIsRefusedAsAWhole(String body) throws IOException {
        Answer answer = batch(body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("type").stringValue()).endsWith(":bad-request");
        assertThat(worker.commands).isEmpty();
    }

    @Test
    void keysOfSeveralPartitionsAreNotAtomic() throws IOException {
        Answer answer = batch("""
                {"atomic":true,"items":[{"op":"delete","key":"a"},{"op":"delete","key":"b"},{"op":"delete","key":"user:7"}]}""");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").stringValue()).contains("{user:7}");
    }

    @Test
    void aBatchHasABound() throws IOException {
        String item = "{\"op\":\"get\",\"key\":\"a\"},";
        assertThat(batch("{\"items\":[" + item.repeat(128) + "{\"op\":\"get\",\"key\":\"a\"}]}")
                        .status())
                .isEqualTo(400);
        String large = "{\"op\":\"put\",\"key\":\"{a}%d\",\"value\":\"" + "x".repeat(3_000) + "\"}";
        Answer together = batch("{\"atomic\":true,\"items\":[" + large.formatted(1) + "," + large.formatted(2) + "]}");
        assertThat(together.status()).isEqualTo(413);
        assertThat(worker.commands).isEmpty();
    }

    @Test
    void whatABatchReadsHasABound() throws IOException {
        worker.store(Bytes.utf8("large"), Value.json("x".repeat(1 << 20)), new Revision(3, 1));
        String get = "{\"op\":\"get\",\"key\":\"large\"}";
        JsonNode items = batch("{\"items\":[" + (get + ",").repeat(5) + get + "]}")
                .json()
                .path("items");
        assertThat(items).map(item -> item.path("status").intValue()).containsExactly(200, 200, 200, 200, 413, 413);
    }

    @Test
    void conditionsStandInTheItems() throws IOException {
        assertThat(batch("{\"items\":[{\"op\":\"delete\",\"key\":\"a\"}]}", "If-Match: *")
                        .status())
                .isEqualTo(400);
        assertThat(send(port, "GET", "/batch").status()).isEqualTo(405);
    }

    @Test
    void anIdempotencyKeyNamesEachItemByItsNumber() throws IOException {
        String body = "{\"items\":[{\"op\":\"delete\",\"key\":\"a\"},{\"op\":\"delete\",\"key\":\"a\"}]}";
        batch(body, "Idempotency-Key: x");
        assertThat(worker.requests.get(0).name())
                .isPresent()
                .isNotEqualTo(worker.requests.get(1).name());
        assertThat(worker.commands).allMatch(Command.Delete.class::isInstance);
        assertThat(batch(body, "Idempotency-Key: " + "x".repeat(252)).status()).isEqualTo(400);
    }

    @Test
    void whatIsRefusedIsSaid() throws IOException {
        worker.nextWrite = Optional.of(new Outcome.NotApplied(Problem.NO_QUORUM, "no quorum"));
        Answer answer = batch("{\"atomic\":true,\"items\":[{\"op\":\"delete\",\"key\":\"a\"}]}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("outcome").stringValue()).isEqualTo("not_applied");
    }
}
