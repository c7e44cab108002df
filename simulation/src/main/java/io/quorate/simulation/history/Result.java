package io.quorate.simulation.history;

import io.quorate.api.Revision;
import java.util.Optional;

/** What a client was told about its call. */
public sealed interface Result {
    /**
     * A read was answered.
     *
     * @param value empty when the key does not exist
     * @param revision of that value, if the client was told
     */
    record ReadValue(Optional<String> value, Optional<Revision> revision) implements Result {
        public ReadValue {
            if (value.isEmpty() && revision.isPresent()) {
                throw new IllegalArgumentException("a key that does not exist has no revision: " + revision.get());
            }
        }
    }

    /**
     * A write took effect.
     *
     * @param revision of the entry that it made, if the client was told
     * @param existed whether the key was there before, if the client was told
     * @param total what {@link Call.Add} made of the number, if the client was told
     */
    record Applied(Optional<Revision> revision, Optional<Boolean> existed, Optional<Long> total) implements Result {}

    /** The condition of a write did not hold; this was there instead. */
    record ConditionFailed(Version current) implements Result {}

    /** Surely without effect, now and later. */
    record NotApplied() implements Result {}

    /** A write may take effect at any moment after its start, or never; also what never was answered. */
    record Unknown() implements Result {}
}
