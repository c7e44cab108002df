package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes that wait for what only the store knows; those on one key wait in the order in which they came.
 *
 * <p>What is loaded for a write stays true in memory's absence while the load is under way: whatever changes the key
 * later is in memory, as no flush is done that was issued after the load. A write that needs several loads looks at
 * memory again, for all of its keys, in the turn in which each of them ends.
 */
final class Loading {
    private record Place(Space space, Bytes key) {}

    private final Replica replica;
    private final Consumer<WriteAttempt> resume;
    private final Map<Place, Deque<WriteAttempt>> waiting = new LinkedHashMap<>();

    /** @param resume takes a write on when it knows more */
    Loading(Replica replica, Consumer<WriteAttempt> resume) {
        this.replica = replica;
        this.resume = resume;
    }

    boolean isUnderWay(Space space, Bytes key) {
        return waiting.containsKey(new Place(space, key));
    }

    /** Has the write wait until the key is loaded, behind those that wait for it already. */
    void await(Space space, Bytes key, WriteAttempt attempt) {
        Place place = new Place(space, key);
        Deque<WriteAttempt> queue = waiting.get(place);
        if (queue != null) {
            queue.addLast(attempt);
            return;
        }
        waiting.put(place, new ArrayDeque<>(List.of(attempt)));
        replica.load(space, key, record -> loaded(place, record), () -> {});
    }

    private void loaded(Place place, Optional<Record> record) {
        Deque<WriteAttempt> queue = waiting.remove(place);
        if (queue != null) {
            queue.forEach(attempt -> attempt.loaded(place.space(), place.key(), record));
            queue.forEach(resume);
        }
    }

    /** None of them reached a log. */
    void stepDown() {
        waiting.values()
                .forEach(
                        queue -> queue.forEach(attempt -> replica.answers().notLeader(attempt.origin, replica.term())));
        waiting.clear();
    }
}
