package io.quorate.core.replica;

import io.quorate.api.Outcome;
import io.quorate.api.ReadOutcome;

/** Takes the answers to clients' requests. */
interface Answers {
    void written(Origin origin, Outcome outcome);

    void read(Origin origin, ReadOutcome outcome);

    /** The replica does not lead; the request reached no log. */
    void notLeader(Origin origin, long term);
}
