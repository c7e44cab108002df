package io.quorate.cli.verb;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.LifetimeText;
import io.quorate.api.Limits;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.cli.BytesMember;
import io.quorate.client.BatchItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Takes the object apart that an item of a batch is; its members are those of {@code POST /batch}. */
final class ItemReader {
    private static final Set<String> COMMON = Set.of("op", "key", "keyBase64");
    private static final Set<String> CONDITIONS = Set.of("ifMatch", "ifNoneMatch");
    private static final String ANY = "*";
    private static final Pattern QUOTED = Pattern.compile("^\"(.*)\"$");

    private final JsonNode object;

    private ItemReader(JsonNode object) {
        this.object = object;
    }

    /** What keeps an object from being an item, as the rest of a sentence about it. */
    static final class NoItemException extends Exception {
        private static final long serialVersionUID = 1L;

        NoItemException(String why) {
            super(why);
        }
    }

    static BatchItem read(JsonNode object) throws NoItemException {
        if (!object.isObject()) {
            throw new NoItemException("is no JSON object");
        }
        return new ItemReader(object).item();
    }

    private BatchItem item() throws NoItemException {
        String op = object.path("op").isString() ? object.path("op").stringValue() : "";
        return switch (op) {
            case "put" -> {
                requireMembers(CONDITIONS, "value", "valueBase64", "contentType", "ttl");
                yield write(new Command.Put(key(), value(), condition(), ttl().orElse(Lifetime.FOREVER)));
            }
            case "delete" -> {
                requireMembers(CONDITIONS);
                yield write(new Command.Delete(key(), condition()));
            }
            case "add" -> {
                requireMembers(CONDITIONS, "add");
                yield write(new Command.Add(key(), amount(), condition()));
            }
            case "expire" -> {
                requireMembers(CONDITIONS, "ttl");
                Lifetime ttl = ttl().orElseThrow(() -> new NoItemException("needs a ttl"));
                yield write(new Command.Retime(key(), ttl, condition()));
            }
            case "get" -> {
                requireMembers(CONDITIONS);
                yield condition().equals(Condition.ALWAYS)
                        ? new BatchItem.Read(key())
                        : write(new Command.Get(key(), condition()));
            }
            default -> throw new NoItemException("has an op that is none of put, get, delete, add, expire");
        };
    }

    private static BatchItem write(Command command) {
        return new BatchItem.Write(command);
    }

    private void requireMembers(Set<String> some, String... others) throws NoItemException {
        List<String> more = List.of(others);
        Optional<String> unknown = object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !COMMON.contains(name) && !some.contains(name) && !more.contains(name))
                .findFirst();
        if (unknown.isPresent()) {
            throw new NoItemException("has a member '" + unknown.get() + "', which there is not in its op");
        }
    }

    private Bytes key() throws NoItemException {
        if (object.has("key") && !object.path("key").isString()) {
            throw new NoItemException("has a key that is no text");
        }
        Bytes key = bytes("key");
        if (key.isEmpty() || key.length() > Limits.MAX_KEY_BYTES) {
            throw new NoItemException(
                    "has a key of " + key.length() + " bytes; a key has 1 to " + Limits.MAX_KEY_BYTES);
        }
        return key;
    }

    /** Any JSON value stands for its text, as in a {@code PUT}. */
    private Value value() throws NoItemException {
        Bytes bytes = bytes("value");
        JsonNode type = object.path("contentType");
        if (type.isMissingNode()) {
            return object.has("value") ? Value.json(bytes.asUtf8().orElse("")) : Value.raw(bytes, Value.OCTET_STREAM);
        }
        if (!type.isString() || !Value.isStorableType(type.stringValue())) {
            throw new NoItemException("has a contentType that is no text of at most " + Limits.MAX_CONTENT_TYPE_BYTES
                    + " characters of printable ASCII");
        }
        return Value.raw(bytes, type.stringValue());
    }

    private Bytes bytes(String name) throws NoItemException {
        return switch (BytesMember.of(object, name)) {
            case BytesMember.Read(Bytes bytes) -> bytes;
            case BytesMember.NotOnce _ ->
                throw new NoItemException("needs exactly one of " + name + " and " + name + "Base64");
            case BytesMember.NotBase64 _ -> throw new NoItemException("has a " + name + "Base64 that is not Base64");
            case BytesMember.HalfOfAPair _ ->
                throw new NoItemException(
                        "has half of a surrogate pair in its " + name + ", which no UTF-8 text can have");
        };
    }

    private Optional<Lifetime> ttl() throws NoItemException {
        JsonNode ttl = object.path("ttl");
        if (ttl.isMissingNode()) {
            return Optional.empty();
        }
        Optional<Lifetime> lifetime = LifetimeText.parse(ttl.isString() ? ttl.stringValue() : ttl.toString());
        if (lifetime.isEmpty()) {
            throw new NoItemException("has a ttl that is no time such as 30s, from 1ms to 36525d, or none");
        }
        return lifetime;
    }

    private long amount() throws NoItemException {
        JsonNode amount = object.path("add");
        if (!amount.isIntegralNumber() || !amount.canConvertToLong()) {
            throw new NoItemException("has no add that is a whole number of 64 bits");
        }
        return amount.longValue();
    }

    private Condition condition() throws NoItemException {
        Optional<String> match = tags("ifMatch");
        Optional<String> noneMatch = tags("ifNoneMatch");
        if (match.isPresent() && noneMatch.isPresent()) {
            throw new NoItemException("has both ifMatch and ifNoneMatch");
        }
        if (match.isPresent()) {
            return match.get().equals(ANY)
                    ? new Condition.Exists()
                    : new Condition.AnyOf(revisions("ifMatch", match.get()));
        }
        if (noneMatch.isPresent()) {
            return noneMatch.get().equals(ANY)
                    ? new Condition.Absent()
                    : new Condition.NoneOf(revisions("ifNoneMatch", noneMatch.get()));
        }
        return Condition.ALWAYS;
    }

    private Optional<String> tags(String name) throws NoItemException {
        JsonNode tags = object.path(name);
        if (!tags.isMissingNode() && !tags.isString()) {
            throw noRevision(name);
        }
        return tags.isMissingNode()
                ? Optional.empty()
                : Optional.of(tags.stringValue().strip());
    }

    /** With commas between them, each as it is or in double quotes as in an {@code ETag}; a condition loses none of them. */
    private static List<Revision> revisions(String name, String tags) throws NoItemException {
        List<Revision> revisions = new ArrayList<>();
        for (String tag : tags.split(",", -1)) {
            String text = QUOTED.matcher(tag.strip()).replaceFirst("$1");
            revisions.add(Revision.parse(text).orElseThrow(() -> noRevision(name)));
        }
        if (revisions.size() > Condition.MAX_REVISIONS) {
            throw new NoItemException("names more than " + Condition.MAX_REVISIONS + " revisions");
        }
        return revisions;
    }

    private static NoItemException noRevision(String name) {
        return new NoItemException("has an " + name + " that is neither a revision such as 7-41, or several with commas"
                + " between them, nor *");
    }
}
