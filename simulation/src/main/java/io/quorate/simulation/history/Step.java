package io.quorate.simulation.history;

import io.quorate.api.Revision;
import java.util.Optional;

/**
 * An operation as the model sees it: operations with equal steps do the same to every state.
 *
 * @param revision of the entry that a write made, if any operation reveals it
 */
record Step(Call call, Result result, Optional<Revision> revision) {
    /** Whether it writes nothing; it may still tell a revision. */
    boolean isObserver() {
        return result instanceof Result.ReadValue || result instanceof Result.ConditionFailed;
    }
}
