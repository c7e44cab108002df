package io.quorate.simulation.history;

import io.quorate.api.Revision;

/** Which version of a key a condition expects, or was found in its place. */
public sealed interface Version {
    /** The key does not exist. */
    record Absent() implements Version {
        @Override
        public String toString() {
            return "absent";
        }
    }

    /** The key exists with this revision. */
    record At(Revision revision) implements Version {
        @Override
        public String toString() {
            return revision.toString();
        }
    }
}
