package io.quorate.core.replica;

import io.quorate.api.Record;
import io.quorate.core.cluster.Now;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.port.Expiries;

/**
 * A leader's removal of what has expired, through the log. The store finds it, so that nothing is done and nothing is
 * held in memory for records that have not expired. Between two searches there is a pause; a search that did not find
 * all is followed by the next one as soon as the store can know what was removed.
 */
final class Sweeper {
    /** The most records that one search finds. */
    static final int MAX_FOUND = 1_024;

    private static final long PAUSE_NANOS = 500 * Now.NANOS_PER_MILLI;
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final Replica replica;
    private final WorkerContext context;
    private final Writes writes;
    private long nextMillis;
    private boolean searching;
    private long notBeforeNanos;
    private long notBeforeIndex;

    /** Of a leader that begins: what the store has is not known, so it is searched at once. */
    Sweeper(Replica replica, WorkerContext context, Writes writes) {
        this.replica = replica;
        this.context = context;
        this.writes = writes;
        this.nextMillis = Long.MIN_VALUE;
        this.notBeforeNanos = context.nanos();
    }

    void applied(Entry entry) {
        for (Change change : entry.changes()) {
            switch (change) {
                case Change.Put put -> expires(put.record());
                case Change.Remember remember -> expires(remember.record());
                case Change.Renew renew -> expires(renew.record());
                default -> {}
            }
        }
        if (entry.index() == notBeforeIndex) {
            wake();
        }
    }

    private void expires(Record record) {
        if (record.expiresMillis() < nextMillis) {
            nextMillis = record.expiresMillis();
            wake();
        }
    }

    /** Searches when something has expired by now; called while the leader serves. */
    void tick() {
        boolean awaitsCommit = replica.table().applied().index() < notBeforeIndex;
        if (searching || awaitsCommit || nextMillis == Record.NEVER) {
            return;
        }
        long logTime = writes.logTimeMillis();
        if (logTime < nextMillis || context.nanos() < notBeforeNanos) {
            wake();
            return;
        }
        searching = true;
        nextMillis = Record.NEVER;
        replica.flush();
        replica.store().submit(new Effect.FindExpired(replica.partition, logTime, MAX_FOUND));
    }

    private void wake() {
        if (searching) {
            return;
        }
        long millis = Math.min(LONGEST_WAIT_MILLIS, Math.max(0, nextMillis - writes.logTimeMillis()));
        context.wakeBy(Math.max(notBeforeNanos, context.nanos() + millis * Now.NANOS_PER_MILLI));
    }

    /** The search that was begun has ended. */
    void found(long logTimeMillis, Expiries expiries) {
        searching = false;
        expiries.due().forEach(writes::expired);
        boolean more = expiries.due().size() >= MAX_FOUND;
        nextMillis = Math.min(nextMillis, more ? logTimeMillis : expiries.nextMillis());
        notBeforeNanos = context.nanos() + (more ? 0 : PAUSE_NANOS);
        notBeforeIndex = more ? writes.lastTaken() : 0;
        if (nextMillis != Record.NEVER) {
            wake();
        }
    }
}
