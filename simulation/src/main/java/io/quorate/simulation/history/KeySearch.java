package io.quorate.simulation.history;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The search for one order of a key's operations that explains every answer.
 *
 * <p>It puts one operation after another into the order, among those that start before any other open one ends, and
 * goes back where none fits. Writes of unknown fate are tried last, only where they change something, and never have
 * to be used: whatever an unused one could do now it can do later.
 *
 * <p>A read, or a write whose condition failed, is placed at once when it fits and leaves the state as it is. In an
 * order that has it later it can be moved here: nothing open has to precede it, no state changes by the move, and
 * there it told nothing that is not known here. So there is nothing to go back to.
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

    private enum Kind {
        DECIDED,
        OPTIONAL,
        OBSERVER
    }

    private record Placed(KeyState before, int operation, Kind kind) {}

    private final KeyHistory history;
    private final long maxSteps;
    private final OpenCalls open;
    private final int[] twins;
    private final int[] olderOfDecided;
    private final int[] olderOfOptional;
    private final BitSet placedDecided = new BitSet();
    private final BitSet placedOptional = new BitSet();
    private final Set<Configuration> seen = new HashSet<>();
    private final Deque<Placed> order = new ArrayDeque<>();
    private KeyState state = KeyState.ABSENT;
    private int place;
    private int nextOptional;
    private long steps;
    private boolean exhausted;
    private int mostDecided = -1;
    private List<Operation> longest = List.of();
    private List<Operation> stuck = List.of();
    private KeyState reached = KeyState.ABSENT;

    KeySearch(KeyHistory history, long maxSteps) {
        this.history = history;
        this.maxSteps = maxSteps;
        this.open = new OpenCalls(history.decided);
        this.twins = history.twins();
        this.olderOfDecided = history.olderOfDecided();
        this.olderOfOptional = history.olderOfOptional();
    }

    End run() {
        observe();
        while (!open.isEmpty()) {
            if (steps >= maxSteps) {
                return End.GIVEN_UP;
            }
            if (!placeDecided() && !placeOptional()) {
                remember();
                goBack();
                if (exhausted) {
                    return End.NONE;
                }
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

    /** The operations one of which would have to follow the longest order, and those that must come before them. */
    List<Operation> stuck() {
        return stuck;
    }

    private boolean placeDecided() {
        for (; !open.isEnd(place); place = open.next(place)) {
            int operation = open.operation(place);
            steps++;
            if (!isPlaced(olderOfDecided[operation])) {
                continue;
            }
            Optional<KeyState> next = state.after(history.step(history.decided.get(operation)));
            if (next.isPresent() && isNew(placedDecided, operation, next.get())) {
                open.lift(operation);
                goOn(new Placed(state, operation, Kind.DECIDED), next.get());
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
            boolean itsTurn = isPlaced(olderOfOptional[nextOptional])
                    && (twins[nextOptional] < 0 || placedOptional.get(twins[nextOptional]));
            if (!itsTurn || placedOptional.get(nextOptional)) {
                continue;
            }
            steps++;
            Optional<KeyState> next = state.after(history.step(write)).filter(after -> !after.equals(state));
            if (next.isPresent() && isNew(placedOptional, nextOptional, next.get())) {
                goOn(new Placed(state, nextOptional, Kind.OPTIONAL), next.get());
                return true;
            }
        }
        return false;
    }

    /** Whether the write of the next older revision, if there is one, has its place: it would find none later. */
    private boolean isPlaced(int older) {
        return older < 0 || placedDecided.get(older);
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
        observe();
        nextOptional = 0;
    }

    /** Places all that sees the state as it is. */
    private void observe() {
        for (place = open.first(); !open.isEmpty() && !open.isEnd(place); place = open.next(place)) {
            int operation = open.operation(place);
            Step step = history.step(history.decided.get(operation));
            steps++;
            if (step.isObserver() && state.after(step).filter(state::equals).isPresent()) {
                placedDecided.set(operation);
                open.lift(operation);
                order.addLast(new Placed(state, operation, Kind.OBSERVER));
            }
        }
        place = open.first();
    }

    /** Undoes the last choice and all that followed from it. */
    private void goBack() {
        while (!order.isEmpty()) {
            Placed last = order.removeLast();
            state = last.before();
            if (last.kind() == Kind.OPTIONAL) {
                placedOptional.clear(last.operation());
                place = open.firstEnd();
                nextOptional = last.operation() + 1;
                return;
            }
            placedDecided.clear(last.operation());
            open.putBack(last.operation());
            if (last.kind() == Kind.DECIDED) {
                place = open.next(open.startOf(last.operation()));
                nextOptional = 0;
                return;
            }
        }
        exhausted = true;
    }

    private void remember() {
        int count = placedDecided.cardinality();
        if (count <= mostDecided) {
            return;
        }
        mostDecided = count;
        reached = state;
        longest = order.stream()
                .map(placed ->
                        (placed.kind() == Kind.OPTIONAL ? history.optional : history.decided).get(placed.operation()))
                .toList();
        Set<Operation> candidates = new LinkedHashSet<>();
        for (int at = open.first(); !open.isEnd(at); at = open.next(at)) {
            int older = olderOfDecided[open.operation(at)];
            if (!isPlaced(older)) {
                candidates.add(history.decided.get(older));
            }
            candidates.add(history.decided.get(open.operation(at)));
        }
        stuck = List.copyOf(candidates);
    }
}
