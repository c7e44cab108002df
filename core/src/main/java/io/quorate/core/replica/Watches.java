package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.KeyChange;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WatchRequest;
import io.quorate.core.cluster.Now;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.Space;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A leader's watches: changes are read from the committed entries that its log keeps in memory, which are the same in
 * every replica, so that a watch goes on at any later leader where it was.
 *
 * <p>No lease is needed: what is committed stays so, whoever leads.
 */
final class Watches {
    /** Watches of a partition that wait for a change. */
    static final int MAX_WAITING = 1_024;

    /** An answer ends when so many changes were looked at, be they asked for or not. */
    static final int MAX_LOOKED_AT = 20_000;

    private static final int CHANGE_BYTES = 64;

    /** @param looked the last entry that was looked at in vain */
    private record Waiting(Origin origin, WatchRequest request, long untilNanos, long looked) {}

    private final Replica replica;
    private final WorkerContext context;
    private final Reads reads;
    private final long barrier;
    private List<Waiting> waiting = new ArrayList<>();
    private long earliestNanos = Long.MAX_VALUE;

    /** @param barrier the first entry of the leader's term */
    Watches(Replica replica, WorkerContext context, Reads reads, long barrier) {
        this.replica = replica;
        this.context = context;
        this.reads = reads;
        this.barrier = barrier;
    }

    void watch(Origin origin, WatchRequest request, long deadlineNanos) {
        long applied = replica.table().applied().index();
        if (request.afterIndex() == WatchRequest.NOW) {
            answer(origin, List.of(), applied);
            return;
        }
        if (request.afterIndex() > replica.log().last().index()) {
            beyond(origin, deadlineNanos);
            return;
        }
        long base = replica.log().base().index();
        if (!context.rules.watch().isKept(request.afterIndex(), base)) {
            gone(
                    origin,
                    "partition %d keeps its changes after entry %d, and the place is at entry %d"
                            .formatted(replica.partition, base, request.afterIndex()));
            return;
        }
        long seen = context.rules.watch().after(request.afterIndex(), barrier);
        long untilNanos = Math.min(deadlineNanos, context.nanos() + request.waitMillis() * Now.NANOS_PER_MILLI);
        look(new Waiting(origin, request, untilNanos, Math.max(seen, base))).ifPresent(this::await);
    }

    /** A later leader may have shown more than is here; if there is none, the place is of another log. */
    private void beyond(Origin origin, long deadlineNanos) {
        reads.confirm(new Reads.Claim(
                origin,
                context.nanos(),
                deadlineNanos,
                () -> gone(
                        origin,
                        "the place is beyond the log of partition %d: it is of another cluster, or of what was here before"
                                .formatted(replica.partition)),
                detail -> refuse(origin, Problem.NO_QUORUM, detail)));
    }

    private void gone(Origin origin, String detail) {
        refuse(origin, Problem.POSITION_GONE, detail);
    }

    private void refuse(Origin origin, Problem problem, String detail) {
        replica.answers().watched(origin, new WatchOutcome.NotServed(problem, detail));
    }

    private void await(Waiting watch) {
        if (waiting.size() >= MAX_WAITING) {
            refuse(watch.origin(), Problem.OVERLOADED, "too many watches wait in partition " + replica.partition);
            return;
        }
        waiting.add(watch);
        earliestNanos = Math.min(earliestNanos, watch.untilNanos());
        context.wakeBy(watch.untilNanos());
    }

    /** Answers those that wait for what was applied. */
    void advanced() {
        if (waiting.isEmpty()) {
            return;
        }
        List<Waiting> before = waiting;
        waiting = new ArrayList<>();
        before.forEach(watch -> look(watch).ifPresent(waiting::add));
    }

    /** Answers with the changes after the last entry looked at; what has none yet and may wait comes back. */
    private Optional<Waiting> look(Waiting watch) {
        WatchRequest request = watch.request();
        long end = context.rules
                .watch()
                .upTo(replica.table().applied().index(), replica.log().last().index());
        List<KeyChange> changes = new ArrayList<>();
        long bytes = 0;
        int lookedAt = 0;
        long index = watch.looked();
        while (index < end && bytes < request.maxBytes() && lookedAt < MAX_LOOKED_AT) {
            index++;
            Entry entry = replica.log().entryAt(index);
            int seenItems = index == request.afterIndex() + 1 ? request.afterItems() : 0;
            lookedAt += 1 + entry.changes().size();
            bytes += add(changes, entry, seenItems, request.prefix());
        }
        if (changes.isEmpty() && index >= end && context.nanos() < watch.untilNanos()) {
            return Optional.of(new Waiting(watch.origin(), request, watch.untilNanos(), index));
        }
        answer(watch.origin(), changes, index);
        return Optional.empty();
    }

    /** Adds the entry's changes from that one on; answers their bytes. */
    private static long add(List<KeyChange> changes, Entry entry, int fromItem, Bytes prefix) {
        Revision revision = Positions.revision(entry.position());
        long bytes = 0;
        for (int item = fromItem; item < entry.changes().size(); item++) {
            Optional<KeyChange> change = of(entry.changes().get(item), revision, item, entry.logTimeMillis())
                    .filter(found -> found.key().startsWith(prefix));
            if (change.isPresent()) {
                changes.add(change.get());
                bytes += bytes(change.get());
            }
        }
        return bytes;
    }

    private static Optional<KeyChange> of(Change change, Revision revision, int item, long logTimeMillis) {
        return switch (change) {
            case Change.Put(Bytes key, Record record) ->
                Optional.of(new KeyChange.Put(key, record, item, logTimeMillis));
            case Change.Delete(Bytes key) -> Optional.of(new KeyChange.Deleted(key, revision, item, logTimeMillis));
            case Change.Expire(Space space, Bytes key)
            when space == Space.KEYS -> Optional.of(new KeyChange.Expired(key, revision, item, logTimeMillis));
            case Change.Expire _, Change.Remember _, Change.Time _, Change.Barrier _, Change.Checksum _ ->
                Optional.empty();
        };
    }

    private static long bytes(KeyChange change) {
        long value = change instanceof KeyChange.Put put
                ? put.record().value().bytes().length()
                : 0;
        return CHANGE_BYTES + change.key().length() + value;
    }

    private void answer(Origin origin, List<KeyChange> changes, long upTo) {
        replica.answers().watched(origin, new WatchOutcome.Changes(changes, upTo, context.self.worker()));
    }

    /** Answers those that have waited for long enough. */
    void tick() {
        if (waiting.isEmpty()) {
            return;
        }
        if (earliestNanos <= context.nanos()) {
            answerDue();
        }
        context.wakeBy(earliestNanos);
    }

    private void answerDue() {
        earliestNanos = Long.MAX_VALUE;
        Iterator<Waiting> each = waiting.iterator();
        while (each.hasNext()) {
            Waiting watch = each.next();
            if (watch.untilNanos() <= context.nanos()) {
                each.remove();
                answer(watch.origin(), List.of(), watch.looked());
            } else {
                earliestNanos = Math.min(earliestNanos, watch.untilNanos());
            }
        }
    }

    void stepDown() {
        waiting.forEach(watch -> replica.answers().notLeader(watch.origin(), replica.term()));
        waiting.clear();
    }
}
