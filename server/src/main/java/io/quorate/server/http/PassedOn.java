package io.quorate.server.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Gives the answer of another process of the cluster as the own one. */
final class PassedOn {
    private static final List<String> KEPT = List.of("etag", "cache-control", "vary", "retry-after", "allow", "date");

    private PassedOn() {}

    /** Those headers that are for clients. */
    static void headers(Exchange exchange, MultiMap headers) {
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (KEPT.contains(name) || name.startsWith("quorate-")) {
                exchange.with(header.getKey(), header.getValue());
            }
        }
    }

    static void answer(Exchange exchange, Upstream.Answer.Answered answered) {
        headers(exchange, answered.headers());
        String type = answered.headers().get(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            exchange.empty(answered.status());
        } else {
            exchange.end(answered.status(), type, answered.body());
        }
    }
}
