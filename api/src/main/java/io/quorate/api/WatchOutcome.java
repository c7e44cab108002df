package io.quorate.api;

import java.util.List;

/** What became of a watch of a partition. */
public sealed interface WatchOutcome {
    /**
     * All changes between the place asked for and the end of an entry, as far as their keys were asked for.
     *
     * @param changes in the order of the log
     * @param upTo the last entry that was looked at, all of it
     * @param worker who answered
     */
    record Changes(List<KeyChange> changes, Revision upTo, String worker) implements WatchOutcome {
        public Changes {
            changes = List.copyOf(changes);
        }
    }

    /** It was not answered; it may be asked again unless the place is gone. */
    record NotServed(Problem problem, String detail) implements WatchOutcome {}
}
