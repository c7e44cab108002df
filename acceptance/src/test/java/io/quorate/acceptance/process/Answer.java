package io.quorate.acceptance.process;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a part answered.
 *
 * @param status the HTTP status
 * @param body as text
 */
record Answer(int status, String body) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** The body's JSON. */
    JsonNode json() {
        return MAPPER.readTree(body);
    }

    /** The text of a member of the body. */
    String text(String member) {
        return json().path(member).asString("");
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }
}
