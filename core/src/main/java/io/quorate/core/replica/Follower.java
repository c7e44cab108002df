package io.quorate.core.replica;

import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.log.Entry;
import io.quorate.core.log.LogRecord;
import io.quorate.core.message.Replication;
import io.quorate.core.message.Replication.Append;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The role of taking entries from the leader of the replica's term. Actions {@code Accept} and {@code Acknowledge}.
 *
 * <p>What it confirmed counts for one term only: a new term begins with nothing confirmed.
 */
final class Follower {
    private final Replica replica;
    private final WorkerContext context;
    private final EntryTraces traces;
    private @Nullable Member leader;
    private long confirmed;
    private long leaderCommit;

    Follower(Replica replica, WorkerContext context) {
        this.replica = replica;
        this.context = context;
        this.traces = new EntryTraces(replica, context, this);
    }

    EntryTraces traces() {
        return traces;
    }

    Optional<Member> leader() {
        return Optional.ofNullable(leader);
    }

    void termRaised() {
        leader = null;
        confirmed = 0;
        leaderCommit = 0;
        traces.forget();
    }

    /** From here on it follows that leader, which is the only one of the replica's term. */
    void follow(Member leaderOfTerm) {
        if (!leaderOfTerm.equals(leader)) {
            leader = leaderOfTerm;
            context.changed.add(replica.partition);
        }
    }

    /**
     * Takes what it does not have. While its disk is behind it leaves entries as if they had been lost on their way, and
     * does not ask for others: its leader sends them again when no acknowledgement comes.
     */
    void append(Append append) {
        follow(append.leader());
        if (replica.isInstalling()) {
            return;
        }
        ReplicaLog log = replica.log();
        LogPosition previous = append.previous();
        boolean fits = previous.index() < log.base().index() || log.matches(previous);
        if (context.diskIsBehind() && !(fits && append.entries().isEmpty())) {
            return;
        }
        if (!fits) {
            reply(new Replication.Mismatch(replica.partition, replica.term(), context.self, hint(previous)));
            return;
        }
        append.entries().forEach(this::take);
        confirm(previous.index() + append.entries().size());
        leaderCommit = Math.max(leaderCommit, append.commitIndex());
        advance();
        if (acknowledged() >= confirmed) {
            acknowledge();
        }
    }

    /** Everything up to here is as the leader of this term has it. */
    void confirm(long index) {
        confirmed = Math.max(confirmed, index);
    }

    private void take(Entry entry) {
        ReplicaLog log = replica.log();
        if (entry.index() <= log.base().index()) {
            return;
        }
        if (entry.index() <= log.last().index()) {
            if (!context.rules.truncation().conflicts(log.termAt(entry.index()), entry.term())) {
                return;
            }
            Invariants.check(entry.index() > replica.commitIndex(), "a committed entry would be cut");
            log.truncateFrom(entry.index());
        }
        long sequence = context.persist(new LogRecord.EntryWritten(replica.partition, entry), replica);
        log.append(entry, sequence);
        if (!traces.isEmpty()) {
            traces.received(entry.index());
        }
    }

    /** Where the logs certainly agree: the end of this one if it is short, else what is committed here. */
    private long hint(LogPosition previous) {
        long last = replica.log().last().index();
        return previous.index() > last ? last : Math.min(replica.commitIndex(), previous.index() - 1);
    }

    long acknowledged() {
        ReplicaLog log = replica.log();
        return context.rules
                .acknowledge()
                .acknowledged(confirmed, log.durableIndex(), log.last().index());
    }

    /** Applies what the leader's commit index allows. */
    void advance() {
        replica.committed(Math.min(leaderCommit, acknowledged()));
        if (!traces.isEmpty()) {
            traces.advanced(acknowledged(), replica.table().applied().index());
        }
    }

    void acknowledge() {
        if (leader != null && acknowledged() > 0 && replica.termIsDurable()) {
            reply(new Replication.Appended(
                    replica.partition,
                    replica.term(),
                    context.self,
                    acknowledged(),
                    replica.table().applied().index()));
        }
    }

    void grant(Replication.LeaseRequest request) {
        follow(request.leader());
        if (!replica.termIsDurable()) {
            return;
        }
        replica.fencing().promise(request.term());
        reply(new Replication.LeaseGranted(replica.partition, request.term(), context.self, request.sentNanos()));
    }

    void reply(Replication.Reply reply) {
        if (leader != null) {
            context.emit(new Effect.SendReply(leader.worker(), reply));
        }
    }
}
