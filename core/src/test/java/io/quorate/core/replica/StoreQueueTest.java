package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StoreQueueTest {
    private static final Effect.StoreWork FIRST = new Effect.OpenSnapshot(0, 1);
    private static final Effect.StoreWork SECOND = new Effect.ReadPiece(0, 1);

    private final WorkerContext context = Entries.context();
    private final StoreQueue queue = new StoreQueue(context);

    @Test
    void withoutLoadsWorkBeginsAtOnceAndInOrder() {
        queue.submit(FIRST);
        queue.submit(SECOND);
        assertThat(context.drain()).containsExactly(FIRST, SECOND);
    }

    @Test
    void workWaitsForTheLoadsThatWereIssuedBeforeIt() {
        queue.loadIssued(1);
        queue.loadIssued(2);
        queue.submit(FIRST);
        queue.loadDone(2);
        assertThat(context.drain()).isEmpty();
        queue.loadDone(1);
        assertThat(context.drain()).containsExactly(FIRST);
    }

    @Test
    void laterLoadsHoldNothingUp() {
        queue.loadIssued(1);
        queue.submit(FIRST);
        queue.loadIssued(2);
        queue.submit(SECOND);
        queue.loadDone(1);
        assertThat(context.drain()).containsExactly(FIRST);
        queue.loadDone(2);
        assertThat(context.drain()).containsExactly(SECOND);
    }

    @Test
    void workNeverOvertakesEarlierWork() {
        queue.loadIssued(1);
        queue.submit(FIRST);
        queue.submit(SECOND);
        assertThat(context.drain()).isEmpty();
        queue.loadDone(1);
        assertThat(context.drain()).containsExactly(FIRST, SECOND);
    }
}
