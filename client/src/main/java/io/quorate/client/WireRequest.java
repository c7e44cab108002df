package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.WriteRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request as it is sent, whoever it is sent to.
 *
 * @param target path and query
 * @param headers beside those of HTTP itself
 * @param body empty when there is none
 */
record WireRequest(String method, String target, Map<String, String> headers, Optional<Bytes> body) {
    WireRequest {
        headers = Map.copyOf(headers);
    }

    /** The same with a further header. */
    WireRequest with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new WireRequest(method, target, more, body);
    }

    /** The same with a further parameter, which needs no encoding. */
    WireRequest asking(String parameter, String value) {
        String separator = target.contains("?") ? "&" : "?";
        return new WireRequest(method, target + separator + parameter + "=" + value, headers, body);
    }

    /** The same for a write that so many replicas are to have; {@link WriteRequest#AS_THE_CLUSTER} asks for nothing. */
    WireRequest withAcks(int acks) {
        return switch (acks) {
            case WriteRequest.AS_THE_CLUSTER -> this;
            case WriteRequest.ALL -> asking("w", "all");
            default -> asking("w", Integer.toString(acks));
        };
    }

    static WireRequest get(String target) {
        return new WireRequest("GET", target, Map.of(), Optional.empty());
    }
}
