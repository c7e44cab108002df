package io.quorate.server.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;

/** One request and its answer; used on the event loop alone. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");
    private static final CharSequence ONE_SECOND = HttpHeaders.createOptimized("1");
    private static final CharSequence NOSNIFF_NAME = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Target target;
    private final ClientConnection connection;
    private final BodyBudget budget;
    private final RequestMeter meter;
    private final long startedNanos = System.nanoTime();
    private String route = "other";

    Exchange(
            HttpServerRequest request,
            Target target,
            ClientConnection connection,
            BodyBudget budget,
            RequestMeter meter) {
        this.request = request;
        this.response = request.response();
        this.target = target;
        this.connection = connection;
        this.budget = budget;
        this.meter = meter;
    }

    String method() {
        return request.method().name();
    }

    /** The path as sent, neither decoded nor normalised. */
    String path() {
        return target.path();
    }

    /** The query as sent, empty when there is none. */
    String rawQuery() {
        return target.query();
    }

    Parsed<Query> query(List<String> known) {
        return Query.parse(target.query(), known);
    }

    @Nullable String header(CharSequence name) {
        return request.getHeader(name);
    }

    /** A header that is a list, all its lines as one; empty when there is none. */
    Optional<String> list(CharSequence name) {
        List<String> lines = request.headers().getAll(name);
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(",", lines));
    }

    BodyBudget budget() {
        return budget;
    }

    /** Names the endpoint for the metrics. */
    Exchange at(String endpoint) {
        route = endpoint;
        return this;
    }

    /** The length of the body as announced; 0 when it was not. */
    long declaredBodyBytes() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
    }

    /** Reads the body whole, if it is not longer than the limit, and goes on. */
    void readBody(int limitBytes, Refusal tooLarge, Consumer<Bytes> whenRead) {
        new BodyReader(this, limitBytes, tooLarge, whenRead).start();
    }

    void receive(Consumer<Buffer> chunks, Runnable whenEnded, Runnable whenBroken) {
        connection.awaitBody();
        request.exceptionHandler(broken -> whenBroken.run());
        request.handler(chunks::accept);
        request.endHandler(end -> attempt(() -> {
            connection.awaitServer();
            whenEnded.run();
        }));
        String expected = request.getHeader(HttpHeaders.EXPECT);
        if (expected != null && expected.equalsIgnoreCase("100-continue")) {
            response.writeContinue();
        }
    }

    /** The same consumer, with a failure of its own answered as one. */
    <T> Consumer<T> guarded(Consumer<T> consumer) {
        return value -> attempt(() -> consumer.accept(value));
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            failed(failure);
        }
    }

    /** Answers that something in this server failed; if the answer has begun, ends the connection. */
    void failed(RuntimeException failure) {
        LOG.error("{} {} failed", method(), route, failure);
        if (response.headWritten()) {
            request.connection().close();
            return;
        }
        refuse(
                Refusal.of(Problem.INTERNAL, "Something that should not happen did; the log of this process has more."),
                Problems.UNKNOWN,
                json -> {});
    }

    Exchange with(CharSequence name, CharSequence value) {
        response.putHeader(name, value);
        return this;
    }

    void json(int status, Bytes body) {
        end(status, MediaTypes.JSON, body);
    }

    void text(int status, String contentType, String body) {
        end(status, contentType, Bytes.utf8(body));
    }

    /** Answers without a body. */
    void empty(int status) {
        if (open()) {
            response.setStatusCode(status);
            finish(response.end(), 0);
        }
    }

    void refuse(Refusal refusal) {
        refuse(refusal, Problems.NOT_APPLIED, json -> {});
    }

    void refuse(Refusal refusal, String outcome, Consumer<JsonGenerator> more) {
        if (!open()) {
            return;
        }
        if (refusal.status() == Problem.OVERLOADED.httpStatus()) {
            response.putHeader(RETRY_AFTER, ONE_SECOND);
        }
        end(refusal.status(), Problems.MEDIA_TYPE, Problems.body(refusal, outcome, more));
    }

    void end(int status, CharSequence contentType, Bytes body) {
        if (!open()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(NOSNIFF_NAME, NOSNIFF);
        if (method().equals("HEAD")) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
            finish(response.end(), 0);
        } else {
            finish(response.end(BufferInternal.buffer(Unpooled.wrappedBuffer(body.asBuffer()))), body.length());
        }
    }

    /** Answers with something that goes on; its head is sent with the first bytes. */
    ResponseStream stream(String contentType) {
        response.setStatusCode(HttpResponseStatus.OK.code())
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(NOSNIFF_NAME, NOSNIFF);
        meter.answered(route, meteredMethod(), response.getStatusCode(), System.nanoTime() - startedNanos);
        return new ResponseStream(request, connection);
    }

    /** Whether there is somebody to answer. */
    boolean open() {
        return !response.ended() && !response.closed();
    }

    private void finish(Future<Void> written, int bodyBytes) {
        meter.answered(route, meteredMethod(), response.getStatusCode(), System.nanoTime() - startedNanos);
        connection.awaitAcceptance(written, bodyBytes);
    }

    private String meteredMethod() {
        return switch (method()) {
            case "GET", "HEAD", "PUT", "POST", "DELETE" -> method();
            default -> "other";
        };
    }
}
