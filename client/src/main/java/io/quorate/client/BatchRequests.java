package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How batches are put into HTTP; what has no form there is a mistake of the caller. */
final class BatchRequests {
    /** The longest body that is sent: a worker takes at most 6 MiB and 1 KiB. */
    static final int MAX_BODY_BYTES = 8 << 20;

    /** The longest answer that is taken: a worker's has 4 MiB of values, as JSON, and 128 keys. */
    static final int MAX_ANSWER_BYTES = 32 << 20;

    /** The tag that no revision has: the condition that none of no revisions satisfies. */
    private static final String NO_TAG = "\"\"";

    private BatchRequests() {}

    /** Whether the keys and values alone are longer than a body may be. */
    static boolean isSurelyTooLong(List<BatchItem> items) {
        return items.stream().mapToLong(BatchRequests::bytes).sum() > MAX_BODY_BYTES;
    }

    private static long bytes(BatchItem item) {
        long value = item instanceof BatchItem.Write(Command.Put put)
                ? put.value().bytes().length()
                : 0;
        return item.key().length() + value;
    }

    /**
     * The request of a batch.
     *
     * @param atomic whether all of it is to be done or nothing
     * @param idempotencyKey what names it
     * @throws IllegalArgumentException for what cannot be asked over HTTP
     */
    static WireRequest batch(List<BatchItem> items, boolean atomic, String idempotencyKey) {
        String body = items.stream()
                .map(BatchRequests::json)
                .collect(Collectors.joining(",", "{\"atomic\":" + atomic + ",\"items\":[", "]}"));
        return new WireRequest(
                "POST",
                "/batch",
                Map.of(Header.CONTENT_TYPE, Requests.JSON, Header.IDEMPOTENCY_KEY, idempotencyKey),
                Optional.of(Bytes.utf8(body)));
    }

    private static String json(BatchItem item) {
        StringBuilder json = new StringBuilder("{\"op\":").append(JsonText.quoted(item.op()));
        append(json, "key", item.key());
        if (item instanceof BatchItem.Write(Command command)) {
            appendWish(json, command);
            append(json, command.condition());
        }
        return json.append('}').toString();
    }

    private static void appendWish(StringBuilder json, Command command) {
        switch (command) {
            case Command.Put(Bytes _, Value value, Condition _, Lifetime lifetime) -> {
                append(json, value);
                if (!(lifetime instanceof Lifetime.Forever)) {
                    append(json, "ttl", Requests.ttl(lifetime));
                }
            }
            case Command.Add(Bytes _, long amount, Condition _) ->
                json.append(",\"add\":").append(amount);
            case Command.Retime(Bytes _, Lifetime lifetime, Condition _) -> append(json, "ttl", Requests.ttl(lifetime));
            case Command.Delete _, Command.Get _, Command.Replicate _, Command.OpenSession _ -> {}
        }
    }

    private static void append(StringBuilder json, Value value) {
        if (value.form() == ValueForm.JSON) {
            append(json, "value", Requests.text(value));
        } else {
            append(json, "value", value.bytes());
            append(json, "contentType", Requests.storable(value.contentType()));
        }
    }

    private static void append(StringBuilder json, Condition condition) {
        switch (condition) {
            case Condition.Always _ -> {}
            case Condition.Exists _ -> append(json, "ifMatch", "*");
            case Condition.Absent _ -> append(json, "ifNoneMatch", "*");
            case Condition.AnyOf(List<Revision> revisions) ->
                append(json, "ifMatch", revisions.isEmpty() ? NO_TAG : Requests.tags(revisions));
            case Condition.NoneOf(List<Revision> revisions) -> {
                if (!revisions.isEmpty()) {
                    append(json, "ifNoneMatch", Requests.tags(revisions));
                }
            }
        }
    }

    /** Bytes that are no text go under another name. */
    private static void append(StringBuilder json, String name, Bytes bytes) {
        bytes.asUtf8()
                .ifPresentOrElse(
                        text -> append(json, name, text),
                        () -> append(json, name + "Base64", Base64.getEncoder().encodeToString(bytes.toArray())));
    }

    private static void append(StringBuilder json, String name, String text) {
        json.append(",\"").append(name).append("\":").append(JsonText.quoted(text));
    }
}
