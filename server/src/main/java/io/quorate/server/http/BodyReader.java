package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Receives one body, never more of it than a limit; what comes after a refusal is thrown away as it arrives. */
final class BodyReader {
    private final Exchange exchange;
    private final int limitBytes;
    private final Refusal tooLarge;
    private final Consumer<Bytes> whenRead;

    private @Nullable Buffer received;
    private int takenBytes;
    private boolean over;

    BodyReader(Exchange exchange, int limitBytes, Refusal tooLarge, Consumer<Bytes> whenRead) {
        this.exchange = exchange;
        this.limitBytes = limitBytes;
        this.tooLarge = tooLarge;
        this.whenRead = whenRead;
    }

    void start() {
        if (exchange.declaredBodyBytes() > limitBytes) {
            exchange.refuse(tooLarge);
            return;
        }
        exchange.receive(this::add, this::end, this::abandon);
    }

    private void add(Buffer chunk) {
        if (over) {
            return;
        }
        if (takenBytes + chunk.length() > limitBytes) {
            refuse(tooLarge);
        } else if (!exchange.budget().take(chunk.length())) {
            refuse(Refusal.of(
                    Problem.OVERLOADED, "Too many bodies are being received at once. Nothing was done: try again."));
        } else {
            takenBytes += chunk.length();
            received = received == null ? chunk : appended(received, chunk);
        }
    }

    private static Buffer appended(Buffer head, Buffer chunk) {
        return head.appendBuffer(chunk);
    }

    private void end() {
        if (over) {
            return;
        }
        release();
        whenRead.accept(received == null ? Bytes.EMPTY : Bytes.wrap(received.getBytes()));
    }

    private void abandon() {
        release();
        over = true;
    }

    private void refuse(Refusal refusal) {
        abandon();
        exchange.refuse(refusal);
    }

    private void release() {
        exchange.budget().release(takenBytes);
        takenBytes = 0;
        if (over) {
            received = null;
        }
    }
}
