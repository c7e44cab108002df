package io.quorate.simulation.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The starts and ends of the operations that have no place in the order yet: a doubly linked list, by time, out of
 * which an operation is lifted and into which it is put back in constant time.
 *
 * <p>Starts come before ends of the same moment: what touches may overlap.
 */
final class OpenCalls {
    private static final int HEAD = 0;

    private record Event(int operation, boolean isEnd, long nanos) {}

    private final Event[] events;
    private final int[] next;
    private final int[] previous;
    private final int[] startOf;
    private final int[] endOf;

    OpenCalls(List<Operation> operations) {
        List<Event> sorted = new ArrayList<>();
        for (int each = 0; each < operations.size(); each++) {
            sorted.add(new Event(each, false, operations.get(each).startNanos()));
            sorted.add(new Event(each, true, operations.get(each).endNanos()));
        }
        sorted.sort(Comparator.comparingLong(Event::nanos).thenComparing(Event::isEnd));
        int places = sorted.size() + 1;
        this.events = new Event[places];
        this.next = new int[places];
        this.previous = new int[places];
        this.startOf = new int[operations.size()];
        this.endOf = new int[operations.size()];
        for (int place = 0; place < places; place++) {
            next[place] = (place + 1) % places;
            previous[place] = (place + places - 1) % places;
            if (place != HEAD) {
                events[place] = sorted.get(place - 1);
                (events[place].isEnd() ? endOf : startOf)[events[place].operation()] = place;
            }
        }
    }

    boolean isEmpty() {
        return next[HEAD] == HEAD;
    }

    int first() {
        return next[HEAD];
    }

    int next(int place) {
        return next[place];
    }

    boolean isEnd(int place) {
        return events[place].isEnd();
    }

    int operation(int place) {
        return events[place].operation();
    }

    long nanos(int place) {
        return events[place].nanos();
    }

    int startOf(int operation) {
        return startOf[operation];
    }

    /** The first end: whatever starts after it cannot come next. */
    int firstEnd() {
        int place = first();
        while (!isEnd(place)) {
            place = next[place];
        }
        return place;
    }

    void lift(int operation) {
        unlink(startOf[operation]);
        unlink(endOf[operation]);
    }

    /** Undoes the last {@link #lift} that is not undone. */
    void putBack(int operation) {
        link(endOf[operation]);
        link(startOf[operation]);
    }

    private void unlink(int place) {
        next[previous[place]] = next[place];
        previous[next[place]] = previous[place];
    }

    private void link(int place) {
        next[previous[place]] = place;
        previous[next[place]] = place;
    }
}
