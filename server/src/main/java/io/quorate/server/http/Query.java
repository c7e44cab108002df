package io.quorate.server.http;

import io.quorate.api.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The parameters of a request, each known to its endpoint and given at most once. */
final class Query {
    private static final Query EMPTY = new Query(Map.of());

    private final Map<String, Bytes> parameters;

    private Query(Map<String, Bytes> parameters) {
        this.parameters = parameters;
    }

    /**
     * Reads a query.
     *
     * @param raw as sent, without the question mark
     * @param known the parameters of the endpoint
     */
    static Parsed<Query> parse(String raw, List<String> known) {
        if (raw.isEmpty()) {
            return Parsed.ok(EMPTY);
        }
        Map<String, Bytes> parameters = new TreeMap<>();
        for (String part : raw.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            Optional<Bytes> name = PercentCoding.decode(equals < 0 ? part : part.substring(0, equals), true);
            Optional<Bytes> value = PercentCoding.decode(equals < 0 ? "" : part.substring(equals + 1), true);
            if (name.isEmpty() || value.isEmpty()) {
                return Parsed.bad("The query has a percent sign that is not followed by two hexadecimal digits, or a"
                        + " character that has to be percent-encoded.");
            }
            String text = text(name.get());
            if (!known.contains(text)) {
                return Parsed.bad(unknown(text, known));
            }
            if (parameters.put(text, value.get()) != null) {
                return Parsed.bad("The parameter " + text + " is given twice.");
            }
        }
        return Parsed.ok(new Query(parameters));
    }

    private static String unknown(String name, List<String> known) {
        String shown = Refusal.shown(name);
        return known.isEmpty()
                ? "There is no parameter '" + shown + "' here: this path takes none."
                : "There is no parameter '" + shown + "' here in this version: known are " + String.join(", ", known)
                        + ".";
    }

    /** The parameter's bytes, if it is given. */
    Optional<Bytes> bytes(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** The parameter as text; bytes that are not UTF-8 are shown as replacement characters. */
    Optional<String> text(String name) {
        return bytes(name).map(Query::text);
    }

    /** A switch: absent is false, {@code ?name} and {@code ?name=true} are true. */
    Parsed<Boolean> flag(String name) {
        return switch (text(name).orElse("false")) {
            case "", "true" -> Parsed.ok(true);
            case "false" -> Parsed.ok(false);
            default -> Parsed.bad("The parameter " + name + " is true or false.");
        };
    }

    /** A whole number in a range. */
    Parsed<Integer> number(String name, int least, int most, int otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Parsed.ok(otherwise);
        }
        if (text.get().matches("\\d{1,9}")) {
            int value = Integer.parseInt(text.get());
            if (value >= least && value <= most) {
                return Parsed.ok(value);
            }
        }
        return Parsed.bad("The parameter " + name + " is a whole number from " + least + " to " + most + ", not '"
                + Refusal.shown(text.get()) + "'.");
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }
}
