package io.quorate.server.http;

import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadRequest;
import io.quorate.core.port.WorkerService;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The reads of a batch that is not atomic: a few at a time, so that no more values arrive than an answer may have, and all
 * of them within the time that one would have.
 */
final class BatchReads {
    private static final int MAX_AT_ONCE = 4;

    private static final ReadOutcome TOO_LATE =
            new ReadOutcome.NotServed(Problem.DEADLINE, "the reads before it in the batch took all the time");

    private final WorkerService service;
    private final Exchange exchange;
    private final List<BatchItem> items;
    private final BatchAnswers answers;
    private final Deque<Integer> left = new ArrayDeque<>();
    private final long deadlineNanos;

    BatchReads(
            WorkerService service, Exchange exchange, List<BatchItem> items, BatchAnswers answers, long timeoutMillis) {
        this.service = service;
        this.exchange = exchange;
        this.items = items;
        this.answers = answers;
        this.deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    void add(int item) {
        left.addLast(item);
    }

    void start() {
        for (int i = 0; i < MAX_AT_ONCE; i++) {
            next();
        }
    }

    /** Nobody waits for the rest when the connection is closed. */
    private void next() {
        while (!left.isEmpty() && exchange.open()) {
            int item = left.removeFirst();
            long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (millis > 0) {
                service.read(ReadRequest.linearizable(items.get(item).key()), millis, exchange.guarded(outcome -> {
                    answers.read(item, outcome);
                    next();
                }));
                return;
            }
            answers.read(item, TOO_LATE);
        }
    }
}
