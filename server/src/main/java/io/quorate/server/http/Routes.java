package io.quorate.server.http;

import io.quorate.api.Problem;
import io.vertx.core.http.HttpHeaders;
import java.util.function.Consumer;

/** What every front end answers about its paths. */
final class Routes {
    private Routes() {}

    /** Serves GET and HEAD. */
    static void get(Exchange exchange, Consumer<Exchange> endpoint) {
        exchange.at(exchange.path());
        switch (exchange.method()) {
            case "GET", "HEAD" -> endpoint.accept(exchange);
            default -> methodNotAllowed(exchange, "GET, HEAD");
        }
    }

    /** Serves POST. */
    static void post(Exchange exchange, String route, Consumer<Exchange> endpoint) {
        exchange.at(route);
        if (exchange.method().equals("POST")) {
            endpoint.accept(exchange);
        } else {
            methodNotAllowed(exchange, "POST");
        }
    }

    static void methodNotAllowed(Exchange exchange, String allowed) {
        exchange.with(HttpHeaders.ALLOW, allowed)
                .refuse(Refusal.of(
                        Problem.METHOD_NOT_ALLOWED,
                        "The method " + Refusal.shown(exchange.method()) + " does not fit this path: it takes "
                                + allowed + "."));
    }

    static void notFound(Exchange exchange, String paths) {
        exchange.refuse(Refusal.of(
                Problem.NO_SUCH_PATH,
                "There is no path '" + Refusal.shown(exchange.path()) + "' here. There are " + paths + "."));
    }

    /** Goes on if the request says that its body is JSON. */
    static Parsed<Boolean> jsonOnly(Exchange exchange) {
        return MediaTypes.isJson(exchange.header(HttpHeaders.CONTENT_TYPE))
                ? Parsed.ok(true)
                : Parsed.bad("This needs the header Content-Type: application/json.");
    }
}
