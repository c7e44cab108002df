package io.quorate.cli.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests to controllers and workers; thread-safe. */
public final class Http implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    /** What came of a request. */
    public sealed interface Reply {
        /**
         * It was answered.
         *
         * @param status the HTTP status
         * @param text the body
         */
        record Answered(int status, String text) implements Reply {
            /** Whether the status is 2xx. */
            public boolean isSuccess() {
                return status >= 200 && status < 300;
            }

            /** The body as JSON; an empty object when it is none. */
            public JsonNode json() {
                try {
                    return text.isEmpty() ? MAPPER.createObjectNode() : MAPPER.readTree(text);
                } catch (JacksonException malformed) {
                    return MAPPER.createObjectNode();
                }
            }
        }

        /** It was never sent, because nobody was reached. */
        record NotSent(String detail) implements Reply {}

        /** It may have been received, but no answer came. */
        record Lost(String detail) implements Reply {}
    }

    /** Sends a request without a body and with a wish for JSON. */
    public Reply get(String address, String target, Duration limit) {
        return send(address, new Asked("GET", target, Optional.empty()), limit);
    }

    /**
     * What is asked.
     *
     * @param json the body, if there is one
     */
    public record Asked(String method, String target, Optional<String> json) {}

    /** Sends a request. */
    public Reply send(String address, Asked asked, Duration limit) {
        HttpRequest.Builder request = request(address, asked.target(), limit);
        asked.json().ifPresent(json -> request.header("Content-Type", "application/json"));
        return send(request.method(
                asked.method(),
                asked.json().map(HttpRequest.BodyPublishers::ofString).orElseGet(HttpRequest.BodyPublishers::noBody)));
    }

    private static HttpRequest.Builder request(String address, String target, Duration limit) {
        return HttpRequest.newBuilder(URI.create(address + target))
                .timeout(limit)
                .header("Accept", "application/json");
    }

    private Reply send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply.Answered(response.statusCode(), response.body());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Reply.NotSent(detail(e));
        } catch (IOException e) {
            return new Reply.Lost(detail(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Lost("interrupted");
        }
    }

    private static String detail(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? "no connection" : message;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
