package io.quorate.acceptance.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes a JSON document somewhere. */
final class JsonMutation {
    private static final JsonMapper MAPPER = new JsonMapper();
    /** A worker of this cluster could be made up otherwise, and would be one until it is found to be silent. */
    private static final String CLUSTER = "cluster";

    private static final String ANOTHER_CLUSTER = "11111111-1111-4111-8111-111111111111";
    private static final String MARK = "\"replaced here\"";
    private static final int DEEP = 600;
    /** None of the numbers is one that a setting of the cluster can have. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "2147483648",
            "9223372036854775808",
            "1e309",
            "0.5",
            "3.0",
            "\"\"",
            "\"3\"",
            "[]",
            "{}",
            "[null]",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"..\\/..\"",
            "\"" + "x".repeat(5_000) + "\"",
            "9".repeat(1_200),
            "[".repeat(DEEP) + "]".repeat(DEEP),
            "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP));

    private JsonMutation() {}

    /** The document's text with one to three changes. */
    static String of(JsonNode document, Dice dice) {
        JsonNode changed = document.deepCopy();
        if (changed instanceof ObjectNode object && object.has(CLUSTER)) {
            object.put(CLUSTER, ANOTHER_CLUSTER);
        }
        List<String> values = new ArrayList<>();
        for (int i = 1 + dice.below(3); i > 0; i--) {
            change(changed, dice, values);
        }
        String text = changed.toString();
        for (String value : values) {
            int mark = text.indexOf(MARK);
            text = mark < 0 ? text : text.substring(0, mark) + value + text.substring(mark + MARK.length());
        }
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static void change(JsonNode document, Dice dice, List<String> values) {
        List<JsonNode> containers = new ArrayList<>();
        collect(document, containers);
        if (containers.isEmpty()) {
            return;
        }
        JsonNode mark = MAPPER.readTree(MARK);
        switch (dice.any(containers)) {
            case ObjectNode object -> {
                List<String> names = object.propertyNames().stream()
                        .filter(name -> !name.equals(CLUSTER))
                        .toList();
                String name = names.isEmpty() || dice.onceIn(6) ? "further" : dice.any(names);
                if (dice.onceIn(4)) {
                    object.remove(name);
                } else {
                    object.set(name, mark);
                    values.add(dice.any(VALUES));
                }
            }
            case ArrayNode array -> {
                array.add(mark);
                values.add(dice.any(VALUES));
            }
            default -> throw new IllegalStateException("no container");
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
        }
        node.forEach(child -> collect(child, containers));
    }
}
