package io.quorate.core.replica;

import io.quorate.api.Outcome;
import io.quorate.api.Partitioning;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadRequest;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WatchRequest;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.Now;
import io.quorate.core.message.ForwardedRequest;

/** A client's request that this worker took and has not answered. */
final class GatewayRequest {
    /** Where a request is. */
    sealed interface Whereabouts {
        /** Here; it is in no log. */
        record Waiting(long retryAtNanos) implements Whereabouts {}

        /** With the leader on this worker. */
        record Local() implements Whereabouts {}

        /** With the leader on another worker, in that term. */
        record Forwarded(String worker, long term) implements Whereabouts {}
    }

    private static final long NANOS_PER_MICRO = 1_000;

    final long ticket;
    final ClientRequest request;
    final long takenNanos;
    final long deadlineNanos;
    /** When the answer of a leader that was deposed is no longer waited for. */
    long giveUpAtNanos = Long.MAX_VALUE;

    /** When it was handed to the leader that has it. */
    long handedNanos;

    /** A leader that was lost may have taken it. */
    boolean mayBeInLog;

    private boolean isChecked;

    Whereabouts whereabouts = new Whereabouts.Waiting(0);

    GatewayRequest(long ticket, ClientRequest request, long takenNanos, long deadlineNanos) {
        this.ticket = ticket;
        this.request = request;
        this.takenNanos = takenNanos;
        this.deadlineNanos = deadlineNanos;
    }

    /** Looked at once: that takes a while for many keys. */
    boolean isOfOnePartition(Partitioning partitioning) {
        isChecked = isChecked || request.isOfOnePartition(partitioning);
        return isChecked;
    }

    /**
     * A leader's outcome; an explanation by the clock of this worker. What was not spent at the leader was spent under
     * way, half of it on the way there.
     */
    Outcome seenFromHere(Outcome outcome, Now now, String here) {
        if (!(outcome instanceof Outcome.Applied applied)) {
            return outcome;
        }
        return applied.explanation()
                .<Outcome>map(how -> {
                    long away = (now.monotonicNanos() - handedNanos) / NANOS_PER_MICRO;
                    long underWay = Math.max(0, away - how.explainedMicros());
                    long handed = (handedNanos - takenNanos) / NANOS_PER_MICRO;
                    return applied.with(how.takenBy(here, handed + underWay / 2));
                })
                .orElse(outcome);
    }

    boolean isPatient() {
        return request instanceof ClientRequest.Watch;
    }

    boolean isWrite() {
        return request instanceof ClientRequest.Write;
    }

    /** The same for another worker, which has so long for it. */
    ForwardedRequest forwarded(int partition, long millis, long mapVersion) {
        return switch (request) {
            case ClientRequest.Write(WriteRequest write) ->
                new ForwardedRequest.Write(ticket, partition, millis, mapVersion, write);
            case ClientRequest.Read(ReadRequest read) ->
                new ForwardedRequest.Read(ticket, partition, millis, mapVersion, read.key());
            case ClientRequest.Scan(ScanRequest scan) -> new ForwardedRequest.Scan(ticket, millis, mapVersion, scan);
            case ClientRequest.Watch(WatchRequest watch) ->
                new ForwardedRequest.Watch(ticket, millis, mapVersion, watch);
        };
    }

    /** The answer that it reached no log and is not answered otherwise. */
    Effect refused(Problem problem, String detail) {
        return switch (request) {
            case ClientRequest.Write _ -> new Effect.WriteDone(ticket, new Outcome.NotApplied(problem, detail));
            case ClientRequest.Read _ -> new Effect.ReadDone(ticket, new ReadOutcome.NotServed(problem, detail));
            case ClientRequest.Scan _ -> new Effect.ScanDone(ticket, new ScanOutcome.NotServed(problem, detail));
            case ClientRequest.Watch _ -> new Effect.WatchDone(ticket, new WatchOutcome.NotServed(problem, detail));
        };
    }

    /** Whether the next leader may know more of a write that is answered so. */
    boolean isLeftOpenBy(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Unknown unknown -> !unknown.forgotten();
            case Outcome.NotApplied(Problem problem, String _) ->
                mayBeInLog
                        && problem != Problem.IDEMPOTENCY_REUSED
                        && problem != Problem.NOT_AN_INTEGER
                        && problem != Problem.SESSION_ENDED;
            case Outcome.Applied _, Outcome.ConditionFailed _ -> false;
        };
    }

    /** What is known with a leader's answer: a session that has ended does not tell what an earlier leader did. */
    Outcome known(Outcome answer) {
        boolean ended = mayBeInLog
                && answer instanceof Outcome.NotApplied(Problem problem, String _)
                && problem == Problem.SESSION_ENDED;
        return ended
                ? new Outcome.Unknown(
                        "another leader was given the write before, and its session has ended since: it is not done any more",
                        true)
                : answer;
    }
}
