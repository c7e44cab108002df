package io.quorate.core.log;

import io.quorate.core.cluster.LogPosition;
import java.util.List;

/**
 * One entry of a partition's log.
 *
 * @param term the term of the leader that made it
 * @param index its place, from 1, without gaps
 * @param previousTerm the term of the entry before it, 0 for the first
 * @param logTimeMillis never less than the previous entry's
 * @param commitIndex what the leader knew to be committed when it made the entry
 * @param changes in the order in which they apply
 */
public record Entry(
        long term, long index, long previousTerm, long logTimeMillis, long commitIndex, List<Change> changes) {
    public Entry {
        changes = List.copyOf(changes);
    }

    /** Its place among logs. */
    public LogPosition position() {
        return new LogPosition(term, index);
    }
}
