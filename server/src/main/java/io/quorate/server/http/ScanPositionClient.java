package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks other workers for where a SCAN of a Redis client goes on; used on one event loop. */
public final class ScanPositionClient {
    private static final long MAX_ANSWER_BYTES = 16 << 10;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Vertx vertx;
    private final long timeoutMillis;
    private @Nullable Upstream upstream;

    /** What became of the question. */
    public sealed interface Answer {
        /** The position as that worker wrote it; empty when it does not keep it. */
        record Known(Optional<Bytes> position) implements Answer {}

        /** It gave no answer that can be read. */
        record NotReached() implements Answer {}
    }

    /** @param timeoutMillis how long one question may take */
    public ScanPositionClient(Vertx vertx, long timeoutMillis) {
        this.vertx = vertx;
        this.timeoutMillis = timeoutMillis;
    }

    /** Asks the worker at that HTTP address; answers once. */
    public void ask(String address, long cursor, Consumer<Answer> whenAnswered) {
        Upstream client = upstream;
        if (client == null) {
            client = new Upstream(vertx, timeoutMillis, MAX_ANSWER_BYTES);
            upstream = client;
        }
        client.ask(
                new Upstream.Request(
                        "GET", address, "/scan-position?cursor=" + cursor, Map.of(), Bytes.EMPTY, timeoutMillis),
                answer -> whenAnswered.accept(read(answer)));
    }

    private static Answer read(Upstream.Answer answer) {
        return switch (answer) {
            case Upstream.Answer.Unreached _, Upstream.Answer.Lost _ -> new Answer.NotReached();
            case Upstream.Answer.Answered answered -> {
                if (answered.status() == Problem.POSITION_GONE.httpStatus()) {
                    yield new Answer.Known(Optional.empty());
                }
                yield answered.status() == 200 ? read(answered.body()) : new Answer.NotReached();
            }
        };
    }

    private static Answer read(Bytes body) {
        try {
            String text = MAPPER.readTree(body.toArray()).path("position").asString("");
            Bytes position = Bytes.wrap(Base64.getUrlDecoder().decode(text));
            return position.length() < Integer.BYTES
                    ? new Answer.NotReached()
                    : new Answer.Known(Optional.of(position));
        } catch (JacksonException | IllegalArgumentException malformed) {
            return new Answer.NotReached();
        }
    }

    /** Closes the connections. */
    public Future<Void> close() {
        Upstream client = upstream;
        return client == null ? Future.succeededFuture() : client.close();
    }
}
