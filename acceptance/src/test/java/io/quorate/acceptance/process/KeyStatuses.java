package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.acceptance.contract.Exchanged;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The rows of the table of statuses that a cluster answers without being hurt. */
final class KeyStatuses {
    private static final int TOO_LONG_KEY = 4_097;
    private static final int TOO_LONG_VALUE = (1 << 20) + 1;

    private final ContractClient client;

    KeyStatuses(ContractClient client) {
        this.client = client;
    }

    void run() {
        writtenAndRead();
        trusted();
        conditions();
        counters();
        lifetimes();
        repeated();
        numbered();
        listed();
        batches();
        watched();
        records();
        tooLarge();
        malformed();
        elsewhere();
        forThePage();
    }

    private Exchanged json(String method, String target, String body, String... headers) {
        return client.sendJson("w1", method, target, body, headers);
    }

    private Exchanged ask(String method, String target, String... headers) {
        return client.send("w2", method, target, headers);
    }

    private static void is(Exchanged exchanged, int status) {
        assertThat(exchanged.status()).as("%s", exchanged).isEqualTo(status);
    }

    private void writtenAndRead() {
        is(json("PUT", "/kv/a", "{\"value\":\"one\"}"), 201);
        Exchanged replaced = json("PUT", "/kv/a", "{\"value\":\"two\"}");
        is(replaced, 200);
        Exchanged hit = ask("GET", "/kv/a");
        is(hit, 200);
        assertThat(hit.text()).contains("\"value\":\"two\"");
        is(ask("HEAD", "/kv/a"), 200);
        is(ask("GET", "/kv/a", "Accept", "application/octet-stream"), 200);
        is(ask("GET", "/kv/a", "If-None-Match", replaced.header("ETag")), 304);
        is(ask("HEAD", "/kv/a", "If-None-Match", replaced.header("ETag")), 304);
        is(client.send("w1", "PUT", "/kv/bytes%ff", "Content-Type", "image/png"), 201);
        is(ask("GET", "/kv/bytes%ff"), 200);
        is(ask("GET", "/kv/bytes%ff", "Accept", "application/json"), 200);
        is(ask("GET", "/keys?limit=1"), 200);
        is(ask("DELETE", "/kv/a"), 204);
        is(ask("DELETE", "/kv/a"), 204);
        is(ask("GET", "/kv/a"), 404);
        is(ask("HEAD", "/kv/a"), 404);
    }

    /** How many copies a write wants, how fresh a read is to be, and how both went. */
    private void trusted() {
        Exchanged written = json("PUT", "/kv/w?w=all&explain=true", "{\"value\":1}");
        is(written, 201);
        assertThat(written.text()).contains("\"acks\":3", "\"explanation\":{", "\"committedWithoutItMicros\":");
        is(json("PUT", "/kv/w?w=2", "{\"value\":2}"), 200);
        for (String target : List.of("/kv/w?w=1", "/kv/w?w=4", "/kv/w?w=0", "/kv/w?explain=maybe")) {
            is(json("PUT", target, "{\"value\":3}"), 400);
        }
        String revision = written.header("Quorate-Revision");
        for (String query : List.of(
                "consistency=bounded",
                "consistency=bounded&maxStaleness=1m",
                "consistency=local&minRevision=" + revision,
                "minRevision=" + revision)) {
            List<String> workers = List.of("w1", "w2", "w3", "w4");
            workers.forEach(id -> is(client.send(id, "GET", "/kv/w?" + query), 200));
        }
        is(ask("GET", "/kv/w?maxStaleness=1s"), 400);
        is(ask("GET", "/kv/w?minRevision=9999-1"), 400);
        Exchanged read = ask("GET", "/kv/w?explain=true");
        is(read, 200);
        assertThat(read.text()).contains("\"value\":\"2\"", "\"servedBy\":");
        Exchanged deleted = ask("DELETE", "/kv/w?explain=true&w=3");
        is(deleted, 200);
        assertThat(deleted.text()).contains("\"acks\":3", "\"explanation\":{");
        is(ask("GET", "/kv/w?explain=true"), 404);
    }

    private void conditions() {
        String etag =
                json("PUT", "/kv/c", "{\"value\":1}", "If-None-Match", "*").header("ETag");
        is(json("PUT", "/kv/c", "{\"value\":2}", "If-None-Match", "*"), 412);
        is(json("PUT", "/kv/c", "{\"value\":2}", "If-Match", "\"1-1\""), 412);
        is(json("PUT", "/kv/absent", "{\"value\":2}", "If-Match", "*"), 412);
        is(json("PUT", "/kv/c", "{\"value\":2}", "If-Match", etag), 200);
        is(ask("POST", "/kv/c?add=1", "If-Match", etag), 412);
        is(ask("PATCH", "/kv/c?ttl=1m", "If-Match", etag), 412);
        is(ask("DELETE", "/kv/c", "If-Match", etag), 412);
    }

    private void counters() {
        is(ask("POST", "/kv/n?add=1"), 201);
        is(ask("POST", "/kv/n?add=41"), 200);
        json("PUT", "/kv/text", "{\"value\":\"no number\"}");
        is(ask("POST", "/kv/text?add=1"), 409);
        is(ask("POST", "/kv/n?add=x"), 400);
    }

    private void lifetimes() {
        is(json("PUT", "/kv/t?ttl=1h", "{\"value\":1}"), 201);
        assertThat(ask("GET", "/kv/t").header("Quorate-TTL")).isNotEmpty();
        is(ask("PATCH", "/kv/t?ttl=2h"), 200);
        is(ask("PATCH", "/kv/not-there?ttl=2h"), 404);
        is(ask("PATCH", "/kv/t"), 400);
    }

    private void repeated() {
        is(json("PUT", "/kv/once", "{\"value\":1}", "Idempotency-Key", "a"), 201);
        is(json("PUT", "/kv/once", "{\"value\":1}", "Idempotency-Key", "a"), 201);
        is(json("PUT", "/kv/once", "{\"value\":2}", "Idempotency-Key", "a"), 422);
        is(ask("POST", "/kv/once?add=1", "Idempotency-Key", "a"), 422);
        is(ask("PATCH", "/kv/once?ttl=1h", "Idempotency-Key", "a"), 422);
        is(ask("DELETE", "/kv/once", "Idempotency-Key", "a"), 422);
    }

    private void numbered() {
        Exchanged opened = ask("POST", "/sessions?key=numbered");
        is(opened, 201);
        String session = opened.text().replaceAll(".*\"session\":\"([^\"]*)\".*", "$1");
        is(ask("POST", "/kv/numbered?add=1", "Quorate-Session", session + "; sequence=1; lowest=1"), 201);
        is(ask("POST", "/kv/numbered?add=1", "Quorate-Session", session + "; sequence=2; lowest=2"), 200);
        assertThat(ask("POST", "/kv/numbered?add=1", "Quorate-Session", session + "; sequence=2; lowest=2")
                        .text())
                .contains("\"value\":\"2\"");
        is(ask("DELETE", "/kv/numbered", "Quorate-Session", session + "; sequence=2; lowest=2"), 422);
        Exchanged forgotten = ask("POST", "/kv/numbered?add=1", "Quorate-Session", session + "; sequence=1; lowest=1");
        is(forgotten, 410);
        assertThat(forgotten.header("Quorate-Outcome")).isEqualTo("unknown");
        String ended = session.replaceAll("\\d+$", "999999") + "; sequence=1; lowest=1";
        is(json("PUT", "/kv/numbered", "{\"value\":1}", "Quorate-Session", ended), 410);
        is(ask("PATCH", "/kv/numbered?ttl=1h", "Quorate-Session", ended), 410);
        is(ask("DELETE", "/kv/numbered", "Quorate-Session", ended), 410);
        String batch = "{\"atomic\":true,\"items\":[{\"op\":\"delete\",\"key\":\"numbered\"}]}";
        is(json("POST", "/batch", batch, "Quorate-Session", ended), 410);
        is(json("POST", "/batch", batch, "Quorate-Session", session + "; sequence=3; lowest=3"), 200);
        String elsewhere = (Integer.parseInt(session.split("-", 2)[0]) + 1) + "-1-1; sequence=1; lowest=1";
        is(ask("DELETE", "/kv/numbered", "Quorate-Session", elsewhere), 400);
        is(ask("POST", "/sessions?key=" + "k".repeat(TOO_LONG_KEY)), 414);
        is(ask("POST", "/sessions"), 400);
    }

    private void listed() {
        for (int i = 0; i < 30; i++) {
            is(json("PUT", "/kv/list/" + i, "{\"value\":" + i + "}"), 201);
        }
        Exchanged first = ask("GET", "/kv?prefix=list/&limit=20&values=true");
        is(first, 200);
        assertThat(first.text()).contains("\"count\":20", "\"cursor\"");
        String cursor = first.text().replaceAll(".*\"cursor\":\"([^\"]*)\".*", "$1");
        Exchanged second = ask("GET", "/kv?prefix=list/&cursor=" + cursor);
        assertThat(second.text()).contains("\"count\":10").doesNotContain("cursor", "\"value\"");
        assertThat(ask("GET", "/kv?prefix=list/&count=true").text()).isEqualTo("{\"count\":30}");
        is(ask("HEAD", "/kv"), 200);
        is(ask("GET", "/kv?count=true&limit=1"), 400);
        is(ask("DELETE", "/kv?prefix=list/"), 400);
        assertThat(ask("DELETE", "/kv?prefix=list/&confirm=yes").text()).isEqualTo("{\"deleted\":30,\"unknown\":0}");
        assertThat(ask("GET", "/kv?prefix=list/&count=true").text()).isEqualTo("{\"count\":0}");
    }

    private void batches() {
        String each = "{\"items\":[{\"op\":\"put\",\"key\":\"b1\",\"value\":1},{\"op\":\"get\",\"key\":\"b2\"},"
                + "{\"op\":\"add\",\"key\":\"b3\",\"add\":2},{\"op\":\"expire\",\"key\":\"b4\",\"ttl\":\"1s\"},"
                + "{\"op\":\"put\",\"key\":\"b5\",\"value\":1,\"ifMatch\":\"*\"}]}";
        Exchanged apart = json("POST", "/batch", each);
        is(apart, 200);
        assertThat(apart.text()).contains("\"status\":201", "\"status\":404", "\"status\":412");
        String together = "{\"atomic\":true,\"items\":[{\"op\":\"put\",\"key\":\"{b}1\",\"value\":1},"
                + "{\"op\":\"%s\",\"key\":\"{b}2\",%s}]}";
        String done = together.formatted("add", "\"add\":5");
        is(json("POST", "/batch", done, "Idempotency-Key", "batch"), 200);
        assertThat(json("POST", "/batch", done, "Idempotency-Key", "batch").text())
                .contains("\"value\":\"5\"");
        is(json("POST", "/batch", together.formatted("add", "\"add\":6"), "Idempotency-Key", "batch"), 422);
        String reads =
                "{\"atomic\":true,\"items\":[{\"op\":\"get\",\"key\":\"{b}2\"},{\"op\":\"get\",\"key\":\"{b}none\"}]}";
        Exchanged told = json("POST", "/batch", reads);
        is(told, 200);
        assertThat(told.text()).contains("\"value\":\"5\"", "\"existed\":false");
        Exchanged refused = json("POST", "/batch", together.formatted("put", "\"value\":1,\"ifNoneMatch\":\"*\""));
        is(refused, 412);
        assertThat(refused.text()).contains("\"item\":1");
        is(json("PUT", "/kv/%7Bb%7D2", "{\"value\":\"text\"}"), 200);
        is(json("POST", "/batch", done), 409);
        is(json("POST", "/batch", "{\"items\":[]}"), 400);
        is(json("POST", "/batch", together.formatted("get", "\"value\":1")), 400);
        is(json("POST", "/batch", together.formatted("put", "\"value\":\"" + "v".repeat(TOO_LONG_VALUE) + "\"")), 413);
    }

    /** Of the entries of a partition about 1 MiB is kept. */
    private void watched() {
        Exchanged now = ask("GET", "/watch?prefix=w&duration=1ms", "Accept", "application/x-ndjson");
        is(now, 200);
        String position = now.text().replaceAll("(?s).*\"position\":\"([^\"]*)\".*", "$1");
        is(json("PUT", "/kv/w", "{\"value\":\"seen\"}"), 201);
        assertThat(ask("GET", "/watch?prefix=w&duration=1ms&from=" + position).text())
                .contains("event: put", "\"seen\"");
        String large = "{\"value\":\"" + "v".repeat(900_000) + "\"}";
        for (int i = 0; i < 3; i++) {
            is(json("PUT", "/kv/w", large), 200);
        }
        is(ask("GET", "/watch?prefix=w&from=" + position), 410);
        is(client.send("c1", "GET", "/ui/api/watch?prefix=w&from=" + position), 410);
        is(ask("GET", "/watch?prefix=%7Bw%7D&from=" + position), 400);
        is(ask("GET", "/watch?from=elsewhere"), 400);
        is(ask("GET", "/watch?duration=soon"), 400);
        is(ask("GET", "/watch?values=some"), 400);
        is(ask("GET", "/watch?prefix=" + "k".repeat(TOO_LONG_KEY)), 414);
    }

    private void records() {
        is(json("POST", "/replicate/r", "{\"value\":\"v\",\"originTimeMillis\":5}"), 201);
        is(json("POST", "/replicate/r", "{\"value\":\"w\",\"originTimeMillis\":4}"), 200);
        is(json("POST", "/replicate/r", "{\"valueBase64\":\"/w==\",\"originTimeMillis\":9}"), 200);
        is(json("POST", "/replicate/r", "{}"), 400);
    }

    private void tooLarge() {
        String key = "k".repeat(TOO_LONG_KEY);
        for (String method : List.of("GET", "HEAD", "PUT", "DELETE")) {
            is(ask(method, "/kv/" + key), 414);
        }
        is(ask("POST", "/kv/" + key + "?add=1"), 414);
        is(ask("PATCH", "/kv/" + key + "?ttl=1s"), 414);
        is(json("POST", "/replicate/" + key, "{\"value\":1}"), 414);
        is(ask("GET", "/map?key=" + key), 414);
        is(client.send("c1", "GET", "/map?key=" + key), 414);
        is(client.send("c1", "GET", "/ui/api/kv/" + key), 414);
        String value = "{\"value\":\"" + "v".repeat(TOO_LONG_VALUE) + "\"}";
        is(json("PUT", "/kv/v", value), 413);
        is(json("POST", "/replicate/v", value), 413);
        is(client.sendJson("c1", "PUT", "/ui/api/kv/v", value), 413);
        is(client.sendJson("c1", "POST", "/admin/settings", value), 413);
        both(id -> is(client.send(id, "GET", "/health?" + "q".repeat(30_000)), 414));
        both(id -> is(client.send(id, "GET", "/health", "X-Long", "h".repeat(20_000)), 431));
    }

    private void malformed() {
        for (String target : List.of(
                "/kv/", "/kv/a?consistency=none", "/kv/a?unknown=1", "/keys?limit=0", "/readyz?verbose=2", "/map?x")) {
            is(ask("GET", target), 400);
        }
        is(json("PUT", "/kv/a", "{\"value\":"), 400);
        is(json("PUT", "/kv/a", "{\"other\":1}"), 400);
        is(json("PUT", "/kv/a?ttl=soon", "{\"value\":1}"), 400);
        is(ask("DELETE", "/kv/a?ttl=1s"), 400);
        is(client.sendJson("c1", "POST", "/heartbeat", "{}"), 400);
        is(client.sendJson("c1", "POST", "/admin/settings", "{\"replicas\":9}"), 400);
        is(client.send("c1", "DELETE", "/ui/api/kv/a"), 400);
        is(client.send("c1", "GET", "/ui/api/keys?worker=nobody"), 400);
        both(id -> is(client.send(id, "GET", "/nowhere"), 404));
        both(id -> is(client.send(id, "HEAD", "/nowhere"), 404));
        both(id -> is(client.send(id, "PUT", "/health"), 405));
    }

    /** Of four workers one has no replica. */
    private void elsewhere() {
        json("PUT", "/kv/local", "{\"value\":1}");
        List<Integer> statuses = Stream.of("w1", "w2", "w3", "w4")
                .map(id -> client.send(id, "GET", "/kv/local?consistency=local").status())
                .toList();
        assertThat(statuses).contains(200, 421);
        is(client.sendJson("c1", "PUT", "/ui/api/kv/page?worker=w1", "{\"value\":1}"), 201);
        is(client.sendJson("c1", "PUT", "/ui/api/kv/page", "{\"value\":2}"), 200);
        is(client.send("c1", "GET", "/ui/api/kv/page"), 200);
        is(client.sendJson("c1", "DELETE", "/ui/api/kv/page", ""), 204);
        is(client.send("c1", "GET", "/ui/api/kv/page"), 404);
        String tag = client.send("c1", "GET", "/").header("ETag");
        is(client.send("c1", "GET", "/", "If-None-Match", tag), 304);
        is(client.send("c1", "GET", "/ui/../health"), 404);
    }

    /** What a controller passes on. */
    private void forThePage() {
        is(json("PUT", "/kv/page/1", "{\"value\":1}"), 201);
        is(json("PUT", "/kv/page/2?ttl=1h", "{\"value\":2}"), 201);
        Exchanged page = client.send("c1", "GET", "/ui/api/kv?prefix=page/&limit=1&values=true");
        is(page, 200);
        assertThat(page.text()).contains("\"page/1\"", "\"cursor\"");
        assertThat(client.send("c1", "GET", "/ui/api/kv?prefix=page/&count=true")
                        .text())
                .isEqualTo("{\"count\":2}");
        is(client.send("c1", "GET", "/ui/api/kv?cursor=elsewhere"), 400);
        is(client.send("c1", "GET", "/ui/api/kv/a?consistency=none"), 400);
        Exchanged watched =
                client.send("c1", "GET", "/ui/api/watch?prefix=page/&duration=1ms", "Accept", "application/x-ndjson");
        is(watched, 200);
        assertThat(watched.text()).contains("\"event\":\"heartbeat\"");
        is(client.send("c1", "GET", "/ui/api/watch?from=elsewhere"), 400);
        String tooLong = "k".repeat(TOO_LONG_KEY);
        is(client.send("c1", "GET", "/ui/api/kv?prefix=" + tooLong), 414);
        is(client.send("c1", "GET", "/ui/api/watch?prefix=" + tooLong), 414);
    }

    private static void both(Consumer<String> step) {
        step.accept("w1");
        step.accept("c1");
    }
}
