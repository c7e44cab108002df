package io.quorate.acceptance.torture;

import java.util.List;

/**
 * What a recorded history says.
 *
 * @param keys how many keys it is about
 * @param calls how many calls it has
 * @param violations why the history of a key cannot be that of a linearizable store, for each key of which that is so
 * @param undecided the keys whose histories were too tangled to decide within the bounds
 */
record HistoryVerdict(int keys, long calls, List<String> violations, List<String> undecided) {
    HistoryVerdict {
        violations = List.copyOf(violations);
        undecided = List.copyOf(undecided);
    }
}
