package io.quorate.acceptance.contract;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of one document.
 *
 * <p>They are taken more strictly than a client is to take them: a member that is not documented is a mistake.
 */
final class Schemas {
    private static final JsonMapper MAPPER = new JsonMapper();
    /** Others are made of it, and have further members. */
    private static final String OPEN = "Problem";

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final JsonNode components;

    Schemas(Document document) {
        ObjectNode closed = (ObjectNode) document.components().deepCopy();
        closed.path("schemas").properties().forEach(schema -> {
            if (!schema.getKey().equals(OPEN)) {
                close(schema.getValue());
            }
        });
        components = closed;
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("type").asString("").equals("object")
                && object.has("properties")
                && !object.has("additionalProperties")) {
            object.put("unevaluatedProperties", false);
        }
        schema.forEach(Schemas::close);
    }

    /** What is wrong with a value. */
    List<String> complaints(JsonNode schema, JsonNode value) {
        JsonNode closed = schema.deepCopy();
        close(closed);
        ObjectNode whole = MAPPER.createObjectNode();
        whole.putArray("allOf").add(closed);
        whole.set("components", components);
        return registry.getSchema(whole).validate(value).stream()
                .map(error -> error.toString())
                .toList();
    }
}
