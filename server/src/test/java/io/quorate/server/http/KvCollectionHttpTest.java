package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.putJson;
import static io.quorate.server.http.HttpFixture.send;
import static io.quorate.server.http.HttpFixture.sendBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanOutcome;
import io.quorate.api.Value;
import io.quorate.core.cluster.ClusterMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The keys of the whole cluster over real connections. */
class KvCollectionHttpTest {
    private final HttpFixture fixture = new HttpFixture();
    private final FakeWorker worker = new FakeWorker("w1");
    private final int port = fixture.worker(worker);

    KvCollectionHttpTest() {
        worker.map = new ClusterMap(3, Optional.empty(), 8, 3, 2, Map.of(), Map.of());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void fill(int keys) throws IOException {
        for (int i = 0; i < keys; i++) {
            putJson(port, "/kv/user:%03d".formatted(i), "{\"value\":\"v%d\"}".formatted(i));
        }
        putJson(port, "/kv/other", "{\"value\":\"o\"}");
    }

    private static List<String> keys(JsonNode page) {
        List<String> keys = new ArrayList<>();
        page.path("items").forEach(item -> keys.add(item.path("key").stringValue()));
        return keys;
    }

    @Test
    void aListingGoesThroughAllKeysInOrderPageByPage() throws IOException {
        fill(25);
        List<String> found = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            Answer answer = send(port, "GET", "/kv?prefix=user:&limit=10" + cursor);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Quorate-Consistency")).contains("linearizable");
            found.addAll(keys(answer.json()));
            cursor = answer.json().has("cursor")
                    ? "&cursor=" + answer.json().path("cursor").stringValue()
                    : "";
            pages++;
        } while (!cursor.isEmpty());
        assertThat(pages).isEqualTo(3);
        assertThat(found).hasSize(25).isSorted().doesNotHaveDuplicates().allMatch(key -> key.startsWith("user:"));
    }

    @Test
    void valuesComeWhenTheyAreAskedFor() throws IOException {
        fill(1);
        JsonNode without = send(port, "GET", "/kv").json();
        assertThat(keys(without)).containsExactly("other", "user:000");
        assertThat(without.path("count").intValue()).isEqualTo(2);
        assertThat(without.path("items").get(0).has("value")).isFalse();
        assertThat(without.path("items").get(0).path("revision").stringValue()).isEqualTo("3-42");
        assertThat(worker.scans).allMatch(scan -> scan.detail() == ScanDetail.KEYS);

        JsonNode with = send(port, "GET", "/kv?values=true").json();
        assertThat(with.path("items").get(1).path("value").stringValue()).isEqualTo("v0");
    }

    @Test
    void whatAListingShowsOfARecordIsWhatABatchTakesToStoreItAgain() throws IOException {
        String batch = """
                {"items":[
                  {"op":"put","key":"text","value":"t"},
                  {"op":"put","key":"typed","value":"{}","contentType":"application/json"},
                  {"op":"put","key":"untyped","valueBase64":"/w=="},
                  {"op":"put","keyBase64":"/wA=","valueBase64":"/w==","contentType":"image/png"}]}""";
        sendBody(port, "POST", "/batch", batch, "Content-Type: application/json");
        Map<Bytes, Value> before = values();
        JsonNode items = send(port, "GET", "/kv?values=true").json().path("items");
        items.forEach(item -> ((ObjectNode) item).put("op", "put").remove("revision"));
        worker.records.clear();

        sendBody(port, "POST", "/batch", "{\"items\":" + items + "}", "Content-Type: application/json");
        assertThat(values())
                .isEqualTo(before)
                .containsEntry(Bytes.utf8("text"), Value.json("t"))
                .containsEntry(Bytes.utf8("typed"), Value.raw(Bytes.utf8("{}"), "application/json"))
                .containsEntry(Bytes.utf8("untyped"), Value.raw(Bytes.wrap(new byte[] {-1}), Value.OCTET_STREAM))
                .containsEntry(Bytes.wrap(new byte[] {-1, 0}), Value.raw(Bytes.wrap(new byte[] {-1}), "image/png"));
    }

    private Map<Bytes, Value> values() {
        return worker.records.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().value()));
    }

    @Test
    void keysThatAreNoTextAreShownInBase64() throws IOException {
        putJson(port, "/kv/%FF", "{\"value\":\"v\"}");
        JsonNode page = send(port, "GET", "/kv?prefix=%FF").json();
        assertThat(page.path("items").get(0).path("keyBase64").stringValue()).isEqualTo("/w==");
    }

    @Test
    void countingTellsTheNumberAlone() throws IOException {
        fill(12);
        assertThat(send(port, "GET", "/kv?prefix=user:&count=true").json().toString())
                .isEqualTo("{\"count\":12}");
        assertThat(send(port, "GET", "/kv?count=true&limit=3").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/kv?limit=0",
                "/kv?limit=10001",
                "/kv?cursor=!",
                "/kv?cursor=",
                "/kv?cursor=AAAA",
                "/kv?values=maybe",
                "/kv?after=x"
            })
    void whatIsNotUnderstoodIsRefused(String target) throws IOException {
        Answer answer = send(port, "GET", target);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("type").stringValue()).endsWith(":bad-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /kv?prefix=",
                "GET /kv?count=true&prefix=",
                "DELETE /kv?confirm=yes&prefix=",
                "GET /keys?prefix="
            })
    void aPrefixIsNoLongerThanAKey(String request) throws IOException {
        String[] words = request.split(" ", 2);
        assertThat(send(port, words[0], words[1] + "p".repeat(4_096)).status()).isEqualTo(200);
        Answer answer = send(port, words[0], words[1] + "p".repeat(4_097));
        assertThat(answer.status()).isEqualTo(414);
        assertThat(answer.json().path("type").stringValue()).endsWith(":key-too-large");
    }

    @Test
    void aPartitionThatCannotBeReadIsSaid() throws IOException {
        worker.nextScan = Optional.of(new ScanOutcome.NotServed(Problem.NO_LEADER, "no leader of partition 3"));
        for (String target : List.of("/kv", "/kv?count=true")) {
            Answer answer = send(port, "GET", target);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().path("detail").stringValue()).isEqualTo("no leader of partition 3");
        }
    }

    @Test
    void withoutAMapNothingIsKnown() throws IOException {
        worker.map = ClusterMap.EMPTY;
        assertThat(send(port, "GET", "/kv").status()).isEqualTo(503);
    }

    @Test
    void aPrefixIsDeletedPageByPage() throws IOException {
        fill(25);
        JsonNode first =
                send(port, "DELETE", "/kv?prefix=user:&confirm=yes&limit=20").json();
        assertThat(first.path("deleted").intValue()).isEqualTo(20);
        JsonNode second = send(
                        port,
                        "DELETE",
                        "/kv?prefix=user:&confirm=yes&limit=20&cursor="
                                + first.path("cursor").stringValue())
                .json();
        assertThat(second.toString()).isEqualTo("{\"deleted\":5,\"unknown\":0}");
        assertThat(keys(send(port, "GET", "/kv").json())).containsExactly("other");
    }

    @Test
    void aDeletionOfManyHasToBeMeant() throws IOException {
        fill(2);
        for (String target : List.of("/kv?prefix=user:", "/kv", "/kv?confirm=no")) {
            Answer answer = send(port, "DELETE", target);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("detail").stringValue()).contains("confirm=yes", "Nothing was deleted");
        }
        assertThat(worker.records).hasSize(3);
    }

    @Test
    void aDeletionThatCannotGoOnSaysWhy() throws IOException {
        fill(3);
        worker.nextWrite = Optional.of(new Outcome.NotApplied(Problem.NO_QUORUM, "no quorum"));
        Answer none = send(port, "DELETE", "/kv?confirm=yes");
        assertThat(none.status()).isEqualTo(503);
        assertThat(none.json().path("outcome").stringValue()).isEqualTo("not_applied");

        worker.nextWrite = Optional.of(new Outcome.Unknown("too late"));
        Answer unknown = send(port, "DELETE", "/kv?confirm=yes");
        assertThat(unknown.status()).isEqualTo(504);
        assertThat(unknown.json().path("outcome").stringValue()).isEqualTo("unknown");
    }

    @Test
    void otherMethodsAreRefused() throws IOException {
        Answer answer = send(port, "POST", "/kv");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET, HEAD, DELETE");
    }
}
