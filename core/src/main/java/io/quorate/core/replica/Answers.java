package io.quorate.core.replica;

import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ScanOutcome;
import io.quorate.api.WatchOutcome;

/** Takes the answers to clients' requests. */
interface Answers {
    void written(Origin origin, Outcome outcome);

    void read(Origin origin, ReadOutcome outcome);

    void scanned(Origin origin, ScanOutcome outcome);

    void watched(Origin origin, WatchOutcome outcome);

    /** The request reached no log, and is not answered otherwise. */
    default void refuse(Origin origin, ClientRequest request, Problem problem, String detail) {
        switch (request) {
            case ClientRequest.Write _ -> written(origin, new Outcome.NotApplied(problem, detail));
            case ClientRequest.Read _ -> read(origin, new ReadOutcome.NotServed(problem, detail));
            case ClientRequest.Scan _ -> scanned(origin, new ScanOutcome.NotServed(problem, detail));
            case ClientRequest.Watch _ -> watched(origin, new WatchOutcome.NotServed(problem, detail));
        }
    }

    /** The replica does not lead; the request reached no log. */
    void notLeader(Origin origin, long term);
}
