package io.quorate.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClientConnectionTest {
    private static final long WRITE_MILLIS = 60_000;
    private static final long WRITE_NANOS = TimeUnit.MILLISECONDS.toNanos(WRITE_MILLIS);
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(WRITE_MILLIS * 3);

    private final AtomicInteger cuts = new AtomicInteger();
    private final ClientConnection connection = new ClientConnection(
            cuts::incrementAndGet, new HttpSettings.Limit(1, 1 << 20, WRITE_MILLIS * 3, WRITE_MILLIS, WRITE_MILLIS));

    private static long later() {
        long until = System.nanoTime() + 5_000_000;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return System.nanoTime();
    }

    @Test
    void furtherWritesGiveAClientThatAcceptsNothingNoMoreTime() {
        connection.awaitAcceptance(Promise.<Void>promise().future(), 10);
        long written = System.nanoTime();
        later();
        connection.awaitAcceptance(Promise.<Void>promise().future(), 10);
        connection.cutIfOverdue(written + WRITE_NANOS + 1);
        assertThat(cuts).hasValue(1);
    }

    @Test
    void whatAClientAcceptsGivesItMoreTime() {
        Promise<Void> first = Promise.promise();
        Promise<Void> second = Promise.promise();
        connection.awaitAcceptance(first.future(), 10);
        long written = System.nanoTime();
        connection.awaitAcceptance(second.future(), 10);
        long accepted = later();
        first.complete();
        connection.cutIfOverdue(written + WRITE_NANOS + 1);
        assertThat(cuts).hasValue(0);
        connection.cutIfOverdue(accepted + WRITE_NANOS + TimeUnit.SECONDS.toNanos(30));
        assertThat(cuts).hasValue(1);
        second.complete();
        connection.cutIfOverdue(System.nanoTime() + IDLE_NANOS - TimeUnit.SECONDS.toNanos(30));
        assertThat(cuts).hasValue(1);
    }
}
