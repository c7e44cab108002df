package io.quorate.core.replica;

import io.quorate.core.message.Replication;
import java.util.ArrayDeque;
import java.util.Deque;

/** What became of entries that a follower's leader asked about; none but these is timed. */
final class EntryTraces {
    /** Asked about and not applied; the oldest make room for further ones. */
    static final int MAX_AT_ONCE = 64;

    private static final class Asked {
        final Replication.Trace trace;
        long receivedNanos = LeaseRule.NEVER;
        long onDiskNanos = LeaseRule.NEVER;

        Asked(Replication.Trace trace) {
            this.trace = trace;
        }
    }

    private final Replica replica;
    private final WorkerContext context;
    private final Follower follower;
    private final Deque<Asked> asked = new ArrayDeque<>();

    EntryTraces(Replica replica, WorkerContext context, Follower follower) {
        this.replica = replica;
        this.context = context;
        this.follower = follower;
    }

    /** The leader's next entries contain that one. */
    void ask(Replication.Trace trace) {
        if (asked.size() >= MAX_AT_ONCE) {
            asked.removeFirst();
        }
        asked.addLast(new Asked(trace));
    }

    /** An entry came. */
    void received(long index) {
        for (Asked each : asked) {
            if (each.trace.index() == index && each.receivedNanos == LeaseRule.NEVER) {
                each.receivedNanos = context.nanos();
            }
        }
    }

    /** More may be on disk, or applied. */
    void advanced(long onDisk, long applied) {
        long now = context.nanos();
        for (Asked each : asked) {
            if (each.receivedNanos != LeaseRule.NEVER
                    && each.onDiskNanos == LeaseRule.NEVER
                    && each.trace.index() <= onDisk) {
                each.onDiskNanos = now;
            }
            if (each.onDiskNanos != LeaseRule.NEVER && each.trace.index() <= applied) {
                follower.reply(new Replication.Traced(
                        replica.partition,
                        each.trace.term(),
                        context.self,
                        each.trace.index(),
                        each.onDiskNanos - each.receivedNanos,
                        now - each.receivedNanos));
            }
        }
        asked.removeIf(each -> each.trace.index() <= applied);
    }

    boolean isEmpty() {
        return asked.isEmpty();
    }

    /** Another leader asks for itself. */
    void forget() {
        asked.clear();
    }
}
