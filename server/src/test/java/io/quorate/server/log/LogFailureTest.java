package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogFailureTest {
    @Test
    void aFailedSyncIsToldOnceAndThenEverythingIsRefused() throws Exception {
        FaultyLogFiles files = new FaultyLogFiles();
        Listener listener = new Listener();
        SharedLog log = opened(files, listener);
        files.failSyncs(true);

        log.append(Bytes.utf8("a"));

        assertThat(listener.failed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> log.append(Bytes.utf8("b")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no sync today");
        log.close();
        assertThat(listener.failures).hasValue(1);
        assertThat(listener.durable).hasValue(0);
        assertThat(log.durableSequence()).isZero();
    }

    @Test
    void aListenerThatThrowsFailsTheLog() throws Exception {
        Listener listener = new Listener() {
            @Override
            public void durable(long sequence) {
                throw new IllegalStateException("a bug");
            }
        };
        SharedLog log = opened(new MemoryLogFiles(), listener);

        log.append(Bytes.utf8("a"));

        assertThat(listener.failed.await(10, TimeUnit.SECONDS)).isTrue();
        log.close();
        assertThat(listener.failures).hasValue(1);
    }

    private static SharedLog opened(LogFiles files, LogListener listener) throws IOException {
        LogOpening opening = new LogOpening(files, LogRig.SMALL, listener, () -> 1);
        return ((RecoveredLog.Clean) opening.open((sequence, record) -> {}, log -> {
                    log.tidyOnce();
                    log.start();
                }))
                .log();
    }

    private static class Listener implements LogListener {
        final AtomicLong durable = new AtomicLong();
        final AtomicInteger failures = new AtomicInteger();
        final CountDownLatch failed = new CountDownLatch(1);

        @Override
        public void durable(long sequence) {
            durable.set(sequence);
        }

        @Override
        public void failed(Throwable cause) {
            failures.incrementAndGet();
            failed.countDown();
        }
    }
}
