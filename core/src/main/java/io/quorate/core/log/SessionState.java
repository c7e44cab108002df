package io.quorate.core.log;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered of a session's writes. It is one record, renewed with each write, so that a write, its outcome and
 * what it lets be forgotten are one step, and the session ends as a whole.
 *
 * @param lowest the least number of which the client may still ask; every write below it is forgotten
 * @param decided what became of writes from {@code lowest} on, by their numbers
 */
public record SessionState(long lowest, SortedMap<Long, Remembered> decided) {
    /** Of a session in which nothing was written. */
    public static final SessionState NEW = new SessionState(1, new TreeMap<>());

    public SessionState {
        decided = new TreeMap<>(decided);
    }

    /** What became of the write of that number, if it is remembered. */
    public Optional<Remembered> outcome(long sequence) {
        return Optional.ofNullable(decided.get(sequence));
    }

    /** When every write below that number is forgotten, and none above. */
    public SessionState from(long number) {
        return number == lowest ? this : new SessionState(number, decided.tailMap(number));
    }

    /** Once a write was decided. */
    public SessionState with(long sequence, Remembered outcome) {
        SortedMap<Long, Remembered> more = new TreeMap<>(decided);
        more.put(sequence, outcome);
        return new SessionState(lowest, more);
    }

    /** By their numbers, ascending; not to be changed. */
    @Override
    public SortedMap<Long, Remembered> decided() {
        return Collections.unmodifiableSortedMap(decided);
    }
}
