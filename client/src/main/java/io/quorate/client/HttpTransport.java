package io.quorate.client;

import io.quorate.api.Bytes;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 over pooled connections, one for each request that is under way; redirects are not followed. */
final class HttpTransport implements Transport, StreamTransport {
    /** Whoever refuses a long body stops reading it, and the refusal may be lost with the connection: it is asked before. */
    private static final int ASK_BEFORE_BYTES = 64 << 10;

    private static final int OK = 200;

    private final HttpClient http;

    /** @param executor where the answers are read */
    HttpTransport(Duration connectLimit, Executor executor) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectLimit)
                .executor(executor)
                .build();
    }

    @Override
    public Reply send(Address address, WireRequest request, long limitMillis, int maxBodyBytes)
            throws InterruptedException {
        CompletableFuture<HttpResponse<Optional<Bytes>>> exchange =
                http.sendAsync(request(address, request), info -> new BoundedBody(maxBodyBytes));
        try {
            HttpResponse<Optional<Bytes>> response = exchange.get(limitMillis, TimeUnit.MILLISECONDS);
            return reply(response, response.body(), maxBodyBytes);
        } catch (TimeoutException late) {
            return tooLate(address, limitMillis);
        } catch (ExecutionException failed) {
            return failure(address, failed.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    private sealed interface Body {
        record Whole(Optional<Bytes> bytes) implements Body {}

        record Flowing(StreamedBody body) implements Body {}
    }

    @Override
    public Opening open(Address address, WireRequest request, long limitMillis, int maxBodyBytes, int maxLineBytes)
            throws InterruptedException {
        CompletableFuture<HttpResponse<Body>> exchange = http.sendAsync(
                request(address, request),
                info -> info.statusCode() == OK
                        ? BodySubscribers.mapping(new StreamedBody(), Body.Flowing::new)
                        : BodySubscribers.mapping(new BoundedBody(maxBodyBytes), Body.Whole::new));
        boolean answered = false;
        try {
            HttpResponse<Body> response = exchange.get(limitMillis, TimeUnit.MILLISECONDS);
            answered = true;
            return switch (response.body()) {
                case Body.Flowing(StreamedBody body) -> new Opening.Lines(new StreamedLines(body, maxLineBytes));
                case Body.Whole(Optional<Bytes> bytes) -> new Opening.Not(reply(response, bytes, maxBodyBytes));
            };
        } catch (TimeoutException late) {
            return new Opening.Not(tooLate(address, limitMillis));
        } catch (ExecutionException failed) {
            return new Opening.Not(failure(address, failed.getCause()));
        } finally {
            if (!answered) {
                giveUp(exchange);
            }
        }
    }

    /** An answer that comes all the same is not to keep its connection. */
    private static void giveUp(CompletableFuture<HttpResponse<Body>> exchange) {
        exchange.cancel(true);
        if (exchange.state() == Future.State.SUCCESS && exchange.resultNow().body() instanceof Body.Flowing(var body)) {
            body.close();
        }
    }

    private static HttpRequest request(Address address, WireRequest request) {
        BodyPublisher body = request.body()
                .map(bytes -> BodyPublishers.ofByteArray(bytes.toArray()))
                .orElseGet(BodyPublishers::noBody);
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(address + request.target())).method(request.method(), body);
        request.headers().forEach(builder::header);
        return builder.expectContinue(request.body()
                        .filter(bytes -> bytes.length() > ASK_BEFORE_BYTES)
                        .isPresent())
                .build();
    }

    private static Reply reply(HttpResponse<?> response, Optional<Bytes> body, int maxBodyBytes) {
        return body.<Reply>map(
                        bytes -> new Reply.Answered(response.statusCode(), response.headers()::firstValue, bytes))
                .orElseGet(() -> new Reply.TooLarge(maxBodyBytes));
    }

    private static Reply tooLate(Address address, long limitMillis) {
        return new Reply.Lost(address + " did not answer within " + limitMillis + " ms");
    }

    private static Reply failure(Address address, @Nullable Throwable cause) {
        String detail = address + ": "
                + Optional.ofNullable(cause).map(Throwable::getMessage).orElse("no connection");
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                ? new Reply.NotSent(detail)
                : new Reply.Lost(detail);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
