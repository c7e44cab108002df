package io.quorate.server.http;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.quorate.api.Bytes;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.HeartbeatAnswer;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Heartbeats, their answers and the map as JSON, one object each; stateless and thread-safe.
 *
 * <p>A heartbeat and an answer carry {@code "version":1}. Members that a reader does not know are ignored, so that a
 * later version can add some; a missing or malformed member makes the whole unreadable.
 */
public final class HeartbeatJson {
    /** The version of the format. */
    public static final int VERSION = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addMixIn(HeartbeatAnswer.class, AnswerKinds.class)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private HeartbeatJson() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = HeartbeatAnswer.Heard.class, name = "heard"),
        @JsonSubTypes.Type(value = HeartbeatAnswer.NotActive.class, name = "notActive"),
        @JsonSubTypes.Type(value = HeartbeatAnswer.NotYet.class, name = "notYet"),
        @JsonSubTypes.Type(value = HeartbeatAnswer.Refused.class, name = "refused")
    })
    private interface AnswerKinds {}

    /** A heartbeat as the body of its request. */
    public static Bytes write(Heartbeat heartbeat) {
        return versioned(MAPPER.valueToTree(heartbeat));
    }

    /** The heartbeat in a body, or empty when it is not one of this version. */
    public static Optional<Heartbeat> readHeartbeat(Bytes body) {
        return read(body, Heartbeat.class);
    }

    /** An answer as the body of its response. */
    public static Bytes write(HeartbeatAnswer answer) {
        return versioned(tree(answer));
    }

    /** The answer in a body, whatever else is in it, or empty when there is none of this version. */
    public static Optional<HeartbeatAnswer> readAnswer(Bytes body) {
        return read(body, HeartbeatAnswer.class);
    }

    /** The map as {@code GET /map} answers it. */
    static Bytes map(ClusterMap map) {
        return Bytes.wrap(MAPPER.writeValueAsBytes(map));
    }

    /**
     * Adds the members of an answer to another object.
     *
     * @param present members that the object has already
     */
    static void writeMembers(HeartbeatAnswer answer, JsonGenerator json, List<String> present) {
        json.writeNumberProperty("version", VERSION);
        tree(answer).properties().stream()
                .filter(member -> !present.contains(member.getKey()))
                .forEach(member -> {
                    json.writeName(member.getKey());
                    json.writeRawValue(member.getValue().toString());
                });
    }

    private static ObjectNode tree(HeartbeatAnswer answer) {
        return MAPPER.valueToTree(answer);
    }

    private static Bytes versioned(JsonNode tree) {
        ObjectNode object = MAPPER.createObjectNode().put("version", VERSION);
        object.setAll((ObjectNode) tree);
        return Bytes.wrap(MAPPER.writeValueAsBytes(object));
    }

    private static <T> Optional<T> read(Bytes body, Class<T> type) {
        try {
            JsonNode tree = MAPPER.readTree(body.toArray());
            boolean known = tree.isObject()
                    && tree.path("version").isInt()
                    && tree.path("version").intValue() == VERSION;
            return known ? Optional.of(MAPPER.treeToValue(tree, type)) : Optional.empty();
        } catch (JacksonException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
