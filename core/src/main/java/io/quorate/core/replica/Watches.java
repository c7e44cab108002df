package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.KeyChange;
import io.quorate.api.Problem;
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
 * <p>A change is shown without a lease: what is committed stays so, whoever leads. That there was none, or that a place
 * is unknown, is said by a leader that can prove that it leads.
 */
final class Watches {
    /** Watches of a partition that wait for a change. */
    static final int MAX_WAITING = 1_024;

    /** An answer ends when so many changes were looked at, be they asked for or not. */
    static final int MAX_LOOKED_AT = 20_000;

    /** So long is given to a proof that it leads. */
    private static final long CONFIRM_NANOS = 1_000 * Now.NANOS_PER_MILLI;

    /** One that waits is answered when more than this part of what is kept has passed it by. */
    private static final int PASSED_SHARE = 4;

    /**
     * @param begun the entry after which it began
     * @param looked the last entry that was looked at in vain
     */
    private record Waiting(Origin origin, WatchRequest request, long untilNanos, long begun, long looked) {}

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
        if (request.after().isEmpty()) {
            answer(origin, List.of(), replica.table().applied().index());
            return;
        }
        ReplicaLog log = replica.log();
        Revision after = request.after().get();
        if (after.index() > log.last().index() || isOther(after)) {
            unknown(origin, after, deadlineNanos);
            return;
        }
        long seen = request.items() == 0 ? after.index() : after.index() - 1;
        long base = log.base().index();
        if (!context.rules.watch().isKept(seen, base)) {
            refuse(
                    origin,
                    Problem.POSITION_GONE,
                    "partition %d keeps its changes after entry %d, and the place is at entry %d"
                            .formatted(replica.partition, base, seen));
            return;
        }
        long begin = Math.max(context.rules.watch().after(seen, barrier), base);
        long untilNanos = Math.min(deadlineNanos, context.nanos() + request.waitMillis() * Now.NANOS_PER_MILLI);
        look(new Waiting(origin, request, untilNanos, begin, begin)).ifPresent(this::await);
    }

    private boolean isOther(Revision after) {
        long term = replica.log().termAt(after.index());
        return term >= 0 && term != after.term();
    }

    /** A later leader may have shown what is not here; if there is none, the place is of another log. */
    private void unknown(Origin origin, Revision after, long deadlineNanos) {
        reads.confirm(new Reads.Claim(
                origin,
                context.nanos(),
                deadlineNanos,
                () -> refuse(
                        origin,
                        Problem.POSITION_GONE,
                        "the log of partition %d has no entry %s: the place is of another cluster, or of what was here before"
                                .formatted(replica.partition, after)),
                detail -> refuse(origin, Problem.NO_QUORUM, detail)));
    }

    private void refuse(Origin origin, Problem problem, String detail) {
        replica.answers().watched(origin, new WatchOutcome.NotServed(problem, detail));
    }

    private void await(Waiting watch) {
        if (waiting.size() >= MAX_WAITING) {
            refuse(watch.origin(), Problem.OVERLOADED, "too many watches wait in partition " + replica.partition);
            return;
        }
        waiting.removeIf(other -> other.origin().equals(watch.origin()));
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
            lookedAt += 1 + entry.changes().size();
            bytes += add(changes, entry, seenItems(request, index), request.prefix());
        }
        if (changes.isEmpty() && index >= end && mayWait(watch, index)) {
            return Optional.of(new Waiting(watch.origin(), request, watch.untilNanos(), watch.begun(), index));
        }
        answer(watch.origin(), changes, index);
        return Optional.empty();
    }

    private static int seenItems(WatchRequest request, long index) {
        return request.after().filter(after -> after.index() == index).isPresent() ? request.items() : 0;
    }

    /** Who has waited for long, in time or in entries passed by, is told where it is: it goes on from there elsewhere. */
    private boolean mayWait(Waiting watch, long looked) {
        long passed = replica.log().bytesAfter(watch.begun()) - replica.log().bytesAfter(looked);
        return context.nanos() < watch.untilNanos() && passed <= context.settings.retainedBytes() / PASSED_SHARE;
    }

    /** Adds the entry's changes from that one on; answers their bytes. */
    private static long add(List<KeyChange> changes, Entry entry, int fromItem, Bytes prefix) {
        long bytes = 0;
        for (int item = fromItem; item < entry.changes().size(); item++) {
            Change change = entry.changes().get(item);
            if (key(change).filter(key -> key.startsWith(prefix)).isPresent()) {
                KeyChange shown = shown(change, entry, item);
                changes.add(shown);
                bytes += shown.bytes();
            }
        }
        return bytes;
    }

    /** The client's key that a change is about. */
    private static Optional<Bytes> key(Change change) {
        return switch (change) {
            case Change.Put put -> Optional.of(put.key());
            case Change.Delete delete -> Optional.of(delete.key());
            case Change.Expire expire -> expire.space() == Space.KEYS ? Optional.of(expire.key()) : Optional.empty();
            case Change.Remember _, Change.Renew _, Change.Time _, Change.Barrier _, Change.Checksum _ ->
                Optional.empty();
        };
    }

    private static KeyChange shown(Change change, Entry entry, int item) {
        Revision revision = Positions.revision(entry.position());
        return switch (change) {
            case Change.Put put -> new KeyChange.Put(put.key(), put.record(), item, entry.logTimeMillis());
            case Change.Delete delete -> new KeyChange.Deleted(delete.key(), revision, item, entry.logTimeMillis());
            case Change.Expire expire -> new KeyChange.Expired(expire.key(), revision, item, entry.logTimeMillis());
            case Change.Remember _, Change.Renew _, Change.Time _, Change.Barrier _, Change.Checksum _ ->
                throw new IllegalStateException("a change of no key is not shown");
        };
    }

    private void answer(Origin origin, List<KeyChange> changes, long upTo) {
        answer(origin, changes, revisionAt(upTo));
    }

    private Revision revisionAt(long index) {
        return new Revision(replica.log().termAt(index), index);
    }

    private void answer(Origin origin, List<KeyChange> changes, Revision upTo) {
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
                nothing(watch);
            } else {
                earliestNanos = Math.min(earliestNanos, watch.untilNanos());
            }
        }
    }

    /** Nobody else had anything to show, if this is the leader. */
    private void nothing(Waiting watch) {
        Revision looked = revisionAt(watch.looked());
        reads.confirm(new Reads.Claim(
                watch.origin(),
                context.nanos(),
                context.nanos() + CONFIRM_NANOS,
                () -> answer(watch.origin(), List.of(), looked),
                detail -> refuse(watch.origin(), Problem.NO_QUORUM, detail)));
    }

    void stepDown() {
        waiting.forEach(watch -> replica.answers().notLeader(watch.origin(), replica.term()));
        waiting.clear();
    }
}
