package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks other processes of the cluster over HTTP; used on one event loop, each request is answered exactly once. */
final class Upstream {
    private static final int CONNECTIONS_PER_PROCESS = 16;
    private static final int MAX_WAITING = 256;
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int CLEANER_PERIOD_MILLIS = 5_000;

    private final HttpClient client;
    private final long maxAnswerBytes;

    Upstream(Vertx vertx, long connectTimeoutMillis, long maxAnswerBytes) {
        this.maxAnswerBytes = maxAnswerBytes;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setConnectTimeout((int) connectTimeoutMillis)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setHttp2ClearTextUpgrade(false))
                .with(new PoolOptions()
                        .setHttp1MaxSize(CONNECTIONS_PER_PROCESS)
                        .setMaxWaitQueueSize(MAX_WAITING)
                        .setCleanerPeriod(CLEANER_PERIOD_MILLIS))
                .build();
    }

    /**
     * What to ask.
     *
     * @param address of the process, {@code http://host:port}
     * @param target path and query, encoded
     */
    record Request(
            String method,
            String address,
            String target,
            Map<String, String> headers,
            Bytes body,
            long timeoutMillis) {}

    /** What came of it. */
    sealed interface Answer {
        /** The process answered. */
        record Answered(int status, MultiMap headers, Bytes body) implements Answer {}

        /** The request was surely not sent. */
        record Unreached(String detail) implements Answer {}

        /** The request was sent, and there is no answer. */
        record Lost(String detail) implements Answer {}
    }

    void ask(Request request, Consumer<Answer> whenDone) {
        Optional<HttpAddress> address = HttpAddress.parse(request.address());
        if (address.isEmpty()) {
            whenDone.accept(noAddress(request));
            return;
        }
        client.request(options(request, address.get()).setTimeout(request.timeoutMillis()))
                .onComplete(connected -> {
                    if (connected.succeeded()) {
                        send(connected.result(), request, whenDone);
                    } else {
                        whenDone.accept(new Answer.Unreached(reason(connected.cause())));
                    }
                });
    }

    Future<Void> close() {
        return client.close();
    }

    static Answer noAddress(Request request) {
        return new Answer.Unreached("'" + request.address() + "' is no HTTP address");
    }

    /** How the request is sent; without its time-out. */
    static RequestOptions options(Request request, HttpAddress address) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setHost(address.host())
                .setPort(address.port())
                .setURI(request.target());
        request.headers().forEach(options::putHeader);
        return options;
    }

    private void send(HttpClientRequest sending, Request request, Consumer<Answer> whenDone) {
        Future<HttpClientResponse> response = request.body().isEmpty()
                ? sending.send()
                : sending.send(Buffer.buffer(request.body().toArray()));
        response.compose(head -> whole(head, maxAnswerBytes)).onComplete(received -> {
            if (received.succeeded()) {
                whenDone.accept(received.result());
            } else {
                whenDone.accept(new Answer.Lost(reason(received.cause())));
            }
        });
    }

    /** The answer with all of its body, or a failure when that is longer. */
    static Future<Answer> whole(HttpClientResponse response, long maxBytes) {
        Buffer whole = Buffer.buffer();
        response.handler(chunk -> {
            if (whole.length() + chunk.length() > maxBytes) {
                response.request().reset();
            } else {
                whole.appendBuffer(chunk);
            }
        });
        return response.end()
                .map(ended ->
                        new Answer.Answered(response.statusCode(), response.headers(), Bytes.wrap(whole.getBytes())));
    }

    /** Why there is no answer, for a sentence. */
    static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : Refusal.shown(message);
    }
}
