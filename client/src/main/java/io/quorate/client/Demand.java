package io.quorate.client;

/** How many events a subscriber still wants; thread-safe. */
final class Demand {
    private long wanted;
    private boolean closed;

    /** Wants so many more; more than can be counted is without end. */
    synchronized void add(long more) {
        long sum = wanted + more;
        wanted = sum < 0 ? Long.MAX_VALUE : sum;
        notifyAll();
    }

    /** Waits until one is wanted, and counts it; false once it is closed. */
    synchronized boolean take() throws InterruptedException {
        while (wanted == 0 && !closed) {
            wait();
        }
        if (!closed && wanted < Long.MAX_VALUE) {
            wanted--;
        }
        return !closed;
    }

    /** Nothing more is wanted. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
