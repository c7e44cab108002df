package io.quorate.cli.transfer;

import io.quorate.api.Bytes;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.Http;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers pages of keys and batches as a worker does, and fails when it is told to. Not thread-safe. */
final class FakeCluster implements ExportRun.Pages, ImportRun.Door {
    static final long NOW_MILLIS = 1_700_000_000_000L;
    private static final JsonMapper MAPPER = new JsonMapper();

    /** By their keys, with the members of an item of a listing but for key and revision. */
    final NavigableMap<Bytes, ObjectNode> records = new TreeMap<>();

    /** How many items each batch had. */
    final List<Integer> batches = new ArrayList<>();

    int pageKeys = 2;
    int pages;
    /** Of the pages or batches that come, the first that fails, from 0; less than 0 for none. */
    int failsAt = -1;

    int failures = Integer.MAX_VALUE;
    int failureStatus = 400;
    String failure = problem("bad-request", "not_applied");
    /** What is made of the status and members of an item. */
    UnaryOperator<Optional<ObjectNode>> items = UnaryOperator.identity();

    static String problem(String type, String outcome) {
        return "{\"type\":\"urn:quorate:problem:" + type + "\",\"detail\":\"Because.\",\"outcome\":\"" + outcome
                + "\"}";
    }

    /** Stores what an item of a listing has beside its key. */
    void put(Bytes key, String members) {
        records.put(key, (ObjectNode) MAPPER.readTree(members));
    }

    private void failIfToldTo() throws AnswerRefusedException {
        if (failsAt == 0 && failures > 0) {
            failures--;
            throw AnswerRefusedException.answered(new Http.Reply.Answered(failureStatus, failure));
        }
        failsAt = Math.max(-1, failsAt - 1);
    }

    @Override
    public JsonNode page(String target) throws AnswerRefusedException {
        failIfToldTo();
        pages++;
        Bytes prefix = Bytes.utf8(parameter(target, "prefix"));
        Bytes from = Bytes.wrap(Base64.getUrlDecoder().decode(parameter(target, "cursor")));
        ObjectNode page = MAPPER.createObjectNode();
        ArrayNode listed = page.putArray("items");
        for (Map.Entry<Bytes, ObjectNode> each : records.tailMap(from, true).entrySet()) {
            if (!each.getKey().startsWith(prefix)) {
                continue;
            }
            if (listed.size() == pageKeys) {
                page.put(
                        "cursor",
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(each.getKey().toArray()));
                break;
            }
            ObjectNode item = listed.addObject();
            RecordLine.put(item, "key", each.getKey());
            item.put("revision", "7-41").setAll(each.getValue());
        }
        return page;
    }

    private static String parameter(String target, String name) {
        for (String each : target.substring(target.indexOf('?') + 1).split("&", -1)) {
            if (each.startsWith(name + "=")) {
                return each.substring(name.length() + 1);
            }
        }
        return "";
    }

    @Override
    public JsonNode batch(String body) throws AnswerRefusedException {
        JsonNode asked = MAPPER.readTree(body).path("items");
        batches.add(asked.size());
        failIfToldTo();
        ObjectNode answer = MAPPER.createObjectNode();
        ArrayNode answered = answer.putArray("items");
        asked.forEach(item -> answered.add(items.apply(Optional.of((ObjectNode) item))
                .map(this::write)
                .orElseGet(() -> told(503, problem("no-quorum", "not_applied")))));
        return answer;
    }

    /** An item that was answered so. */
    static ObjectNode told(int status, String members) {
        return ((ObjectNode) MAPPER.readTree(members)).put("status", status);
    }

    private ObjectNode write(ObjectNode item) {
        if (item.has("status")) {
            return item;
        }
        Bytes key = item.has("key")
                ? Bytes.utf8(item.path("key").stringValue())
                : Bytes.wrap(Base64.getDecoder().decode(item.path("keyBase64").stringValue()));
        if (item.has("ifNoneMatch") && records.containsKey(key)) {
            return told(412, problem("condition-failed", "not_applied"));
        }
        ObjectNode stored = item.deepCopy();
        List.of("op", "key", "keyBase64", "ifNoneMatch").forEach(stored::remove);
        if (stored.has("ttl")) {
            long leftMillis = Long.parseLong(stored.remove("ttl").asString("").replace("ms", ""));
            stored.put("expiresMillis", NOW_MILLIS + leftMillis);
        }
        records.put(key, stored);
        return told(201, "{\"outcome\":\"applied\"}");
    }
}
