package io.quorate.server.http;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /openapi.json}: the description of one role's HTTP interface.
 *
 * <p>It is the file of the role in the build, together with the components that all roles have.
 */
final class OpenApi {
    private static final String FOLDER = "/openapi/";
    private static final String COMPONENTS = "components";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Bytes document;

    /** @param role the name of the role's file */
    OpenApi(String role) {
        ObjectNode whole = read(role);
        ObjectNode components = (ObjectNode) whole.path(COMPONENTS);
        for (var shared : read("shared").path(COMPONENTS).properties()) {
            JsonNode own = components.path(shared.getKey());
            ((ObjectNode) own).setAll((ObjectNode) shared.getValue());
        }
        document = Bytes.wrap(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(whole));
    }

    void handle(Exchange exchange) {
        exchange.json(200, document);
    }

    private static ObjectNode read(String name) {
        String file = FOLDER + name + ".json";
        try (@Nullable InputStream stream = OpenApi.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("the build has no file " + file);
            }
            return (ObjectNode) MAPPER.readTree(stream);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
