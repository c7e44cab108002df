package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** One item of a batch: something to write or a key to read. */
sealed interface BatchItem {
    /** Its key. */
    Bytes key();

    /** A write. */
    record Write(Command command) implements BatchItem {
        @Override
        public Bytes key() {
            return command.key();
        }
    }

    /**
     * A linearizable read.
     *
     * @param condition under which all of a batch that is atomic is done; of another batch none
     */
    record Get(Bytes key, Condition condition) implements BatchItem {}

    /** Reads an item off its JSON. */
    static Parsed<BatchItem> of(JsonNode object, int maxValueBytes) {
        String op = object.path("op").isString() ? object.path("op").stringValue() : "";
        return switch (op) {
            case "put" ->
                only(object, Set.of("value", "valueBase64", "contentType", "ttl", "ifMatch", "ifNoneMatch"))
                        .then(key -> condition(object)
                                .then(condition -> ttl(object)
                                        .then(ttl -> ValueMembers.value(object, maxValueBytes)
                                                .map(value -> new Write(new Command.Put(
                                                        key, value, condition, ttl.orElse(Lifetime.FOREVER)))))));
            case "delete" ->
                only(object, Set.of("ifMatch", "ifNoneMatch"))
                        .then(key -> condition(object).map(condition -> new Write(new Command.Delete(key, condition))));
            case "add" ->
                only(object, Set.of("add", "ifMatch", "ifNoneMatch"))
                        .then(key -> condition(object)
                                .then(condition -> amount(object)
                                        .map(amount -> new Write(new Command.Add(key, amount, condition)))));
            case "expire" ->
                only(object, Set.of("ttl", "ifMatch", "ifNoneMatch"))
                        .then(key -> condition(object)
                                .then(condition -> ttl(object)
                                        .then(ttl -> ttl.map(lifetime -> Parsed.<BatchItem>ok(
                                                        new Write(new Command.Retime(key, lifetime, condition))))
                                                .orElseGet(() -> Parsed.bad("expire needs a ttl.")))));
            case "get" ->
                only(object, Set.of("ifMatch", "ifNoneMatch"))
                        .then(key -> condition(object).map(condition -> new Get(key, condition)));
            default -> Parsed.bad("op is one of put, get, delete, add, expire.");
        };
    }

    /** The key, if there is no other member than these. */
    private static Parsed<Bytes> only(JsonNode object, Set<String> members) {
        Optional<String> unknown = object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !members.contains(name)
                        && !Set.of("op", "key", "keyBase64").contains(name))
                .findFirst();
        return unknown.<Parsed<Bytes>>map(name -> Parsed.bad("There is no member '" + Refusal.shown(name) + "' in "
                        + object.path("op").stringValue() + "."))
                .orElseGet(() -> ValueMembers.key(object));
    }

    private static Parsed<Condition> condition(JsonNode object) {
        JsonNode match = object.path("ifMatch");
        JsonNode noneMatch = object.path("ifNoneMatch");
        if (match.isMissingNode() && noneMatch.isMissingNode()) {
            return Parsed.ok(Condition.ALWAYS);
        }
        if (!match.isMissingNode() && !noneMatch.isMissingNode()) {
            return Parsed.bad("ifMatch and ifNoneMatch contradict or repeat each other: send one of them.");
        }
        JsonNode given = match.isMissingNode() ? noneMatch : match;
        if (!given.isString()) {
            return Parsed.bad("ifMatch and ifNoneMatch are a revision, or *.");
        }
        String tag = given.stringValue();
        String header = tag.equals("*") || tag.startsWith("\"") ? tag : '"' + tag + '"';
        return match.isMissingNode() ? EntityTags.excluded(header) : EntityTags.required(header);
    }

    private static Parsed<Optional<Lifetime>> ttl(JsonNode object) {
        JsonNode ttl = object.path("ttl");
        if (ttl.isMissingNode()) {
            return Parsed.ok(Optional.empty());
        }
        return TimeToLive.parse(ttl.isString() ? ttl.stringValue() : ttl.toString())
                .map(Optional::of);
    }

    private static Parsed<Long> amount(JsonNode object) {
        JsonNode amount = object.path("add");
        return amount.isIntegralNumber() && amount.canConvertToLong()
                ? Parsed.ok(amount.longValue())
                : Parsed.bad("add is a whole number of 64 bits.");
    }
}
