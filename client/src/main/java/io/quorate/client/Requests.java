package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.Limits;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How reads and writes are put into HTTP; what has no form there is a mistake of the caller. */
final class Requests {
    /** The media type of bodies that are JSON. */
    static final String JSON = "application/json";

    private static final String KV = "/kv/";

    /** One JSON object on each line. */
    private static final String LINES = "application/x-ndjson";

    /** A weak tag never matches: the condition that none of no revisions satisfies. */
    private static final String NO_TAG = "W/\"0-0\"";

    private Requests() {}

    static WireRequest read(Bytes key, ReadOptions options) {
        String consistency = "?consistency=" + options.consistency().name().toLowerCase(Locale.ROOT);
        String staleness = options.maxStaleness()
                .map(time -> "&maxStaleness=" + time.toMillis() + "ms")
                .orElse("");
        String minimum = options.minRevision()
                .map(revision -> "&minRevision=" + revision)
                .orElse("");
        return new WireRequest(
                "GET",
                KV + PercentCoding.encode(key) + consistency + staleness + minimum,
                Map.of(Header.ACCEPT, Value.OCTET_STREAM),
                Optional.empty());
    }

    /**
     * The request of a page of a listing.
     *
     * @param keys how many there may be on it
     */
    static WireRequest page(ListOptions options, int keys) {
        String begin = options.from()
                .map(cursor -> "&cursor=" + PercentCoding.encode(Bytes.utf8(cursor)))
                .orElse("");
        return WireRequest.get("/kv?prefix=" + PercentCoding.encode(options.prefix()) + "&limit=" + keys + "&values="
                + options.values() + begin);
    }

    /** The request that counts keys. */
    static WireRequest count(Bytes prefix) {
        return WireRequest.get("/kv?prefix=" + PercentCoding.encode(prefix) + "&count=true");
    }

    /** The request that begins a watch, or goes on with it from a position. */
    static WireRequest watch(Bytes prefix, Optional<String> from, boolean values) {
        String begin = from.map(position -> "&from=" + PercentCoding.encode(Bytes.utf8(position)))
                .orElse("");
        return new WireRequest(
                "GET",
                "/watch?prefix=" + PercentCoding.encode(prefix) + "&values=" + values + begin,
                Map.of(Header.ACCEPT, LINES),
                Optional.empty());
    }

    /**
     * The request of a write, without a name.
     *
     * @throws IllegalArgumentException for what cannot be asked over HTTP
     */
    static WireRequest unnamed(Command command) {
        String path = KV + PercentCoding.encode(command.key());
        Map<String, String> headers = new LinkedHashMap<>();
        addCondition(headers, command.condition());
        return switch (command) {
            case Command.Put(Bytes _, Value value, Condition _, Lifetime lifetime) ->
                put(path, value, lifetime, headers);
            case Command.Delete _ -> new WireRequest("DELETE", path, headers, Optional.empty());
            case Command.Add(Bytes _, long amount, Condition _) ->
                new WireRequest("POST", path + "?add=" + amount, headers, Optional.empty());
            case Command.Retime(Bytes _, Lifetime lifetime, Condition _) ->
                new WireRequest("PATCH", path + "?ttl=" + ttl(lifetime), headers, Optional.empty());
            case Command.Get _, Command.Replicate _, Command.OpenSession _ -> throw notOfAClient(command);
        };
    }

    /** Of a command that clients of this library do not give. */
    static IllegalArgumentException notOfAClient(Command command) {
        return new IllegalArgumentException(
                switch (command) {
                    case Command.OpenSession _ -> "a client opens its sessions by itself";
                    case Command.Get _ -> "a get is a command of atomic batches";
                    default -> "a client does not write records of other clusters";
                });
    }

    /** The same, with what it is to come with, but for a name. */
    static WireRequest unnamed(Command command, WriteOptions options) {
        WireRequest request = unnamed(command);
        request = request.withAcks(options.acks());
        return options.explain() ? request.asking("explain", "true") : request;
    }

    private static WireRequest put(String path, Value value, Lifetime lifetime, Map<String, String> headers) {
        String ttl = lifetime instanceof Lifetime.Forever ? "" : "ttl=" + ttl(lifetime);
        if (value.form() == ValueForm.JSON) {
            headers.put(Header.CONTENT_TYPE, JSON);
            Bytes body = Bytes.utf8("{\"value\":" + JsonText.quoted(text(value)) + "}");
            return new WireRequest("PUT", path + (ttl.isEmpty() ? "" : "?" + ttl), headers, Optional.of(body));
        }
        headers.put(Header.CONTENT_TYPE, storable(value.contentType()));
        String query = "?raw=true" + (ttl.isEmpty() ? "" : "&" + ttl);
        return new WireRequest("PUT", path + query, headers, Optional.of(value.bytes()));
    }

    /** The text of a value of form JSON. */
    static String text(Value value) {
        return value.bytes()
                .asUtf8()
                .orElseThrow(() -> new IllegalArgumentException("a value of form JSON is UTF-8; give it as raw"));
    }

    /** The content type as it is kept. */
    static String storable(String contentType) {
        if (!Value.isStorableType(contentType)) {
            throw new IllegalArgumentException(
                    "a content type has at most " + Limits.MAX_CONTENT_TYPE_BYTES + " characters of printable ASCII");
        }
        return contentType.isBlank() ? Value.OCTET_STREAM : contentType.strip();
    }

    /** The lifetime as a parameter or member. */
    static String ttl(Lifetime lifetime) {
        return switch (lifetime) {
            case Lifetime.Forever _ -> "none";
            case Lifetime.For(long millis) -> millis + "ms";
            case Lifetime.Keep _ -> throw new IllegalArgumentException("a lifetime cannot be kept over HTTP: say it");
            case Lifetime.Until _ ->
                throw new IllegalArgumentException("over HTTP a lifetime is how long, not until when");
        };
    }

    private static void addCondition(Map<String, String> headers, Condition condition) {
        switch (condition) {
            case Condition.Always _ -> {}
            case Condition.Exists _ -> headers.put(Header.IF_MATCH, "*");
            case Condition.Absent _ -> headers.put(Header.IF_NONE_MATCH, "*");
            case Condition.AnyOf(List<Revision> revisions) ->
                headers.put(Header.IF_MATCH, revisions.isEmpty() ? NO_TAG : tags(revisions));
            case Condition.NoneOf(List<Revision> revisions) -> {
                if (!revisions.isEmpty()) {
                    headers.put(Header.IF_NONE_MATCH, tags(revisions));
                }
            }
        }
    }

    /** A list of tags. */
    static String tags(List<Revision> revisions) {
        return revisions.stream()
                .map(revision -> '"' + revision.toString() + '"')
                .collect(Collectors.joining(", "));
    }
}
