package io.quorate.core.replica;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;

/**
 * The order of a replica's work on the store.
 *
 * <p>A load that is under way must not see what is flushed after it began, so store work waits for the loads that were
 * issued before it. Loads are short, and later ones hold nothing up.
 */
final class StoreQueue {
    private record Waiting(long afterLoad, Effect.StoreWork work) {}

    private final WorkerContext context;
    private final TreeSet<Long> loads = new TreeSet<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    StoreQueue(WorkerContext context) {
        this.context = context;
    }

    void loadIssued(long load) {
        loads.add(load);
    }

    void loadDone(long load) {
        loads.remove(load);
        drain();
    }

    void submit(Effect.StoreWork work) {
        long newest = loads.isEmpty() ? 0 : loads.last();
        waiting.addLast(new Waiting(newest, work));
        drain();
    }

    /** The replica is deleted: no load is waited for any more. */
    void finish() {
        loads.clear();
        drain();
    }

    private void drain() {
        while (!waiting.isEmpty()
                && (loads.isEmpty() || loads.first() > waiting.getFirst().afterLoad())) {
            context.emit(waiting.removeFirst().work());
        }
    }
}
