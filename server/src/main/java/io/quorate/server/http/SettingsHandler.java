package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Limits;
import io.quorate.api.Problem;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.port.ControllerService;
import io.quorate.core.port.ControllerService.SettingChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /admin/settings}: the settings that belong to the cluster, read and changed. */
final class SettingsHandler {
    private static final int MAX_BODY_BYTES = 4_096;
    private static final Set<String> MEMBERS = Set.of("replicas", "writeQuorum");
    private static final String FORM = "The body is {\"replicas\": 3, \"writeQuorum\": 2}; either may be left out,"
            + " and each is a whole number from 1 to " + Limits.MAX_REPLICAS + ".";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ControllerService service;

    SettingsHandler(ControllerService service) {
        this.service = service;
    }

    void handle(Exchange exchange) {
        switch (exchange.method()) {
            case "GET", "HEAD" -> answer(exchange);
            case "POST" -> change(exchange);
            default -> Routes.methodNotAllowed(exchange, "GET, HEAD, POST");
        }
    }

    private void answer(Exchange exchange) {
        ClusterMap map = service.map();
        exchange.json(200, JsonText.object(json -> {
            json.writeNumberProperty("partitions", map.partitions());
            json.writeNumberProperty("replicas", map.replicas());
            json.writeNumberProperty("writeQuorum", map.writeQuorum());
            json.writeNumberProperty("mapVersion", map.version());
        }));
    }

    private void change(Exchange exchange) {
        switch (Routes.jsonOnly(exchange).then(nothing -> exchange.query(List.of()))) {
            case Parsed.Refused<Query>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Query> json ->
                exchange.readBody(
                        MAX_BODY_BYTES,
                        Refusal.of(Problem.VALUE_TOO_LARGE, "The longest body here has " + MAX_BODY_BYTES + " bytes."),
                        body -> decide(exchange, body));
        }
    }

    private void decide(Exchange exchange, Bytes body) {
        switch (changeIn(body)) {
            case Parsed.Refused<SettingChange>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<SettingChange>(SettingChange change) ->
                service.configure(change, exchange.guarded(reason -> {
                    if (reason.isEmpty()) {
                        answer(exchange);
                    } else {
                        exchange.refuse(Refusal.badRequest(reason.get()));
                    }
                }));
        }
    }

    private static Parsed<SettingChange> changeIn(Bytes body) {
        JsonNode document;
        try {
            document = MAPPER.readTree(body.toArray());
        } catch (JacksonException malformed) {
            return Parsed.bad("The JSON body is malformed. " + FORM);
        }
        boolean known = document.isObject()
                && !document.isEmpty()
                && document.properties().stream().map(Map.Entry::getKey).allMatch(MEMBERS::contains);
        return known
                ? number(document, "replicas")
                        .then(replicas ->
                                number(document, "writeQuorum").map(quorum -> new SettingChange(replicas, quorum)))
                : Parsed.bad(FORM);
    }

    private static Parsed<Optional<Integer>> number(JsonNode document, String name) {
        JsonNode value = document.path(name);
        if (value.isMissingNode()) {
            return Parsed.ok(Optional.empty());
        }
        return value.isInt() && value.intValue() >= 1 && value.intValue() <= Limits.MAX_REPLICAS
                ? Parsed.ok(Optional.of(value.intValue()))
                : Parsed.bad(FORM);
    }
}
