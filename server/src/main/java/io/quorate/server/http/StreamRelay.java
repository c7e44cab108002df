package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.PoolOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives clients answers of other processes that go on, such as watches: as they come, no faster than the client takes
 * them, and for as long as both are there. Used on one event loop.
 */
final class StreamRelay {
    /** Answers under way at once. Each has a connection of its own, and at most one buffer of a client that is behind. */
    static final int MAX_STREAMS = 64;

    /** Of an answer that does not go on, which is a problem. */
    private static final int MAX_PROBLEM_BYTES = 64 << 10;

    private final Vertx vertx;
    private final Context context;
    private final HttpClient client;
    private final Set<Passing> underWay = new LinkedHashSet<>();
    private boolean closed;

    /** @param connectTimeoutMillis after which a process counts as not reached */
    StreamRelay(Vertx vertx, Context context, long connectTimeoutMillis) {
        this.vertx = vertx;
        this.context = context;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setConnectTimeout((int) connectTimeoutMillis)
                        .setKeepAlive(false)
                        .setHttp2ClearTextUpgrade(false))
                .with(new PoolOptions().setHttp1MaxSize(MAX_STREAMS).setMaxWaitQueueSize(MAX_STREAMS))
                .build();
    }

    /** Why no further answer is passed on, if that is so. */
    Optional<Refusal> refusal() {
        if (closed) {
            return Optional.of(Refusal.of(Problem.NOT_READY, "This controller is stopping."));
        }
        return underWay.size() < MAX_STREAMS
                ? Optional.empty()
                : Optional.of(Refusal.of(
                        Problem.OVERLOADED,
                        "This controller passes on " + MAX_STREAMS
                                + " watches, which is as many as it can: ask a worker for /watch."));
    }

    /**
     * Asks another process, and passes on what it answers.
     *
     * @param request whose time-out is for the head of the answer
     * @param otherwise told, at most once, what there is instead of an answer that goes on
     */
    void pass(Exchange exchange, Upstream.Request request, Consumer<Upstream.Answer> otherwise) {
        Optional<HttpAddress> address = HttpAddress.parse(request.address());
        if (address.isEmpty()) {
            otherwise.accept(Upstream.noAddress(request));
        } else {
            new Passing(exchange, request, otherwise).begin(address.get());
        }
    }

    /** Ends all that is under way, and takes nothing further. */
    Future<Void> close() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(_ -> {
            closed = true;
            List.copyOf(underWay).forEach(Passing::cut);
            client.close().onComplete(done);
        });
        return done.future();
    }

    /** One answer on its way. */
    private final class Passing {
        private final Exchange exchange;
        private final Upstream.Request request;
        private final Consumer<Upstream.Answer> otherwise;
        private @Nullable HttpClientRequest asked;
        private @Nullable ResponseStream to;
        private long headTimer = -1;

        Passing(Exchange exchange, Upstream.Request request, Consumer<Upstream.Answer> otherwise) {
            this.exchange = exchange;
            this.request = request;
            this.otherwise = otherwise;
        }

        void begin(HttpAddress address) {
            underWay.add(this);
            client.request(Upstream.options(request, address)).onComplete(connected -> {
                if (connected.failed()) {
                    instead(new Upstream.Answer.Unreached(Upstream.reason(connected.cause())));
                } else if (underWay.contains(this)) {
                    send(connected.result());
                } else {
                    connected.result().reset();
                }
            });
        }

        private void send(HttpClientRequest sending) {
            asked = sending;
            headTimer = vertx.setTimer(request.timeoutMillis(), _ -> {
                instead(new Upstream.Answer.Lost("timeout"));
                sending.reset();
            });
            sending.send().onComplete(head -> {
                if (head.failed()) {
                    instead(new Upstream.Answer.Lost(Upstream.reason(head.cause())));
                } else if (head.result().statusCode() == 200) {
                    exchange.guarded(this::begun).accept(head.result());
                } else {
                    Upstream.whole(head.result(), MAX_PROBLEM_BYTES)
                            .onComplete(whole -> instead(
                                    whole.succeeded()
                                            ? whole.result()
                                            : new Upstream.Answer.Lost(Upstream.reason(whole.cause()))));
                }
            });
        }

        private void begun(HttpClientResponse response) {
            try {
                goOn(response);
            } catch (RuntimeException failure) {
                stop();
                throw failure;
            }
        }

        private void goOn(HttpClientResponse response) {
            vertx.cancelTimer(headTimer);
            if (!exchange.open()) {
                stop();
                return;
            }
            PassedOn.headers(exchange, response.headers());
            ResponseStream stream = exchange.stream(Optional.ofNullable(response.getHeader(HttpHeaders.CONTENT_TYPE))
                    .orElse(MediaTypes.OCTET_STREAM));
            to = stream;
            stream.whenClosed(this::stop);
            stream.whenAccepted(response::resume);
            response.handler(chunk -> write(stream, response, chunk));
            response.end().onComplete(ended -> {
                if (ended.failed()) {
                    cut();
                } else if (ends()) {
                    stream.end();
                }
            });
        }

        private static void write(ResponseStream stream, HttpClientResponse response, Buffer chunk) {
            stream.write(Bytes.wrap(chunk.getBytes()));
            if (stream.isFull()) {
                response.pause();
            }
        }

        private void instead(Upstream.Answer answer) {
            if (ends()) {
                otherwise.accept(answer);
            }
        }

        /** The client is gone. */
        private void stop() {
            if (ends() && asked != null) {
                asked.reset();
            }
        }

        /** Ends it in the middle, so that the client does not take this for the end. */
        void cut() {
            ResponseStream begun = to;
            if (begun == null) {
                HttpClientRequest sent = asked;
                instead(new Upstream.Answer.Lost("it was broken off"));
                if (sent != null) {
                    sent.reset();
                }
            } else {
                stop();
                begun.cut();
            }
        }

        /** Whether it was under way until now. */
        private boolean ends() {
            vertx.cancelTimer(headTimer);
            return underWay.remove(this);
        }
    }
}
