package io.quorate.core.message;

import io.quorate.api.Outcome;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ScanOutcome;
import io.quorate.api.WatchOutcome;

/** The answer to a forwarded request. */
public sealed interface ForwardedReply {
    /** The request's name at the worker that forwarded. */
    long ticket();

    /** What became of a write. */
    record Written(long ticket, Outcome outcome) implements ForwardedReply {}

    /** What became of a read. */
    record Answered(long ticket, ReadOutcome outcome) implements ForwardedReply {}

    /** What became of a scan. */
    record Scanned(long ticket, ScanOutcome outcome) implements ForwardedReply {}

    /** What became of a watch. */
    record Watched(long ticket, WatchOutcome outcome) implements ForwardedReply {}

    /**
     * The worker does not lead the partition; the request did not reach a log.
     *
     * @param term the greatest term that the worker knows of
     */
    record NotLeader(long ticket, long term) implements ForwardedReply {}
}
