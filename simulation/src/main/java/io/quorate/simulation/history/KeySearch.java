package io.quorate.simulation.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The search for one order of a key's operations that explains every answer.
 *
 * <p>It puts one operation after another into the order, among those that start before any other open one ends, and
 * goes back where none fits. Writes of unknown fate are tried last, only where they change something, and never have
 * to be used: whatever an unused one could do now it can do later.
 */
final class KeySearch {
    /** How a search ended. */
    enum End {
        FOUND,
        NONE,
        GIVEN_UP
    }

    /**
     * Which operations are in the order, whatever their order, and what they lead to: the search from here on is the
     * same.
     *
     * @param decidedBefore all decided operations below this number are in the order
     * @param decided further ones, counted from that number
     */
    private record Configuration(int decidedBefore, BitSet decided, BitSet optional, KeyState state) {}

    private record Placed(KeyState before, int operation, boolean isOptional) {}

    private final KeyHistory history;
    private final long maxSteps;
    private final OpenCalls open;
    private final int[] twins;
    private final BitSet placedDecided = new BitSet();
    private final BitSet placedOptional = new BitSet();
    private final Set<Configuration> seen = new HashSet<>();
    private final Deque<Placed> order = new ArrayDeque<>();
    private KeyState state = KeyState.ABSENT;
    private int place;
    private int nextOptional;
    private long steps;
    private int mostDecided = -1;
    private List<Operation> longest = List.of();
    private List<Operation> stuck = List.of();
    private KeyState reached = KeyState.ABSENT;

    KeySearch(KeyHistory history, long maxSteps) {
        this.history = history;
        this.maxSteps = maxSteps;
        this.open = new OpenCalls(history.decided);
        this.twins = history.twins();
    }

    End run() {
        place = open.first();
        while (!open.isEmpty()) {
            if (steps >= maxSteps) {
                return End.GIVEN_UP;
            }
            if (!placeDecided() && !placeOptional()) {
                remember();
                if (order.isEmpty()) {
                    return End.NONE;
                }
                goBack();
            }
        }
        return End.FOUND;
    }

    /** Operations that were tried. */
    long steps() {
        return steps;
    }

    /** As many operations as fit into one order, in that order. */
    List<Operation> longest() {
        return longest;
    }

    /** What the key holds after the longest order. */
    KeyState reached() {
        return reached;
    }

    /** The operations one of which would have to follow the longest order. */
    List<Operation> stuck() {
        return stuck;
    }

    private boolean placeDecided() {
        for (; !open.isEnd(place); place = open.next(place)) {
            int operation = open.operation(place);
            steps++;
            Optional<KeyState> next = state.after(history.step(history.decided.get(operation)));
            if (next.isPresent() && isNew(placedDecided, operation, next.get())) {
                open.lift(operation);
                goOn(new Placed(state, operation, false), next.get());
                return true;
            }
        }
        return false;
    }

    private boolean placeOptional() {
        long firstEnd = open.nanos(place);
        for (; nextOptional < twins.length; nextOptional++) {
            Operation write = history.optional.get(nextOptional);
            if (write.startNanos() > firstEnd) {
                return false;
            }
            boolean itsTurn = twins[nextOptional] < 0 || placedOptional.get(twins[nextOptional]);
            if (!itsTurn || placedOptional.get(nextOptional)) {
                continue;
            }
            steps++;
            Optional<KeyState> next = state.after(history.step(write)).filter(after -> !after.equals(state));
            if (next.isPresent() && isNew(placedOptional, nextOptional, next.get())) {
                goOn(new Placed(state, nextOptional, true), next.get());
                return true;
            }
        }
        return false;
    }

    /** Marks the operation as placed unless the search was here before. */
    private boolean isNew(BitSet placed, int operation, KeyState next) {
        placed.set(operation);
        int before = placedDecided.nextClearBit(0);
        BitSet beyond = placedDecided.get(before, Math.max(before, placedDecided.length()));
        if (seen.add(new Configuration(before, beyond, (BitSet) placedOptional.clone(), next))) {
            return true;
        }
        placed.clear(operation);
        return false;
    }

    private void goOn(Placed placed, KeyState next) {
        order.addLast(placed);
        state = next;
        place = open.first();
        nextOptional = 0;
    }

    private void goBack() {
        Placed last = order.removeLast();
        state = last.before();
        if (last.isOptional()) {
            placedOptional.clear(last.operation());
            place = open.firstEnd();
            nextOptional = last.operation() + 1;
        } else {
            placedDecided.clear(last.operation());
            open.putBack(last.operation());
            place = open.next(open.startOf(last.operation()));
            nextOptional = 0;
        }
    }

    private void remember() {
        int count = placedDecided.cardinality();
        if (count <= mostDecided) {
            return;
        }
        mostDecided = count;
        reached = state;
        longest = order.stream()
                .map(placed -> (placed.isOptional() ? history.optional : history.decided).get(placed.operation()))
                .toList();
        List<Operation> candidates = new ArrayList<>();
        for (int at = open.first(); !open.isEnd(at); at = open.next(at)) {
            candidates.add(history.decided.get(open.operation(at)));
        }
        stuck = List.copyOf(candidates);
    }
}
