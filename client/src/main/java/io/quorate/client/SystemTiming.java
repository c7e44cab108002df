package io.quorate.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The clock and the chance of this machine; whoever waits is woken by {@link #close}. */
final class SystemTiming implements Timing {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    public boolean pause(long millis) throws InterruptedException {
        return !closed.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
