package io.quorate.api;

import java.util.List;
import java.util.Optional;

/** What a command demands of the key as it finds it; the leader evaluates it in the order of the log. */
public sealed interface Condition {
    /** The most revisions that one condition may name. */
    int MAX_REVISIONS = 64;

    /** Whether the condition holds for what is there; an expired record is not there. */
    boolean holds(Optional<Record> current);

    /** Whatever is there. */
    record Always() implements Condition {
        @Override
        public boolean holds(Optional<Record> current) {
            return true;
        }
    }

    /** The key exists. */
    record Exists() implements Condition {
        @Override
        public boolean holds(Optional<Record> current) {
            return current.isPresent();
        }
    }

    /** The key does not exist. */
    record Absent() implements Condition {
        @Override
        public boolean holds(Optional<Record> current) {
            return current.isEmpty();
        }
    }

    /**
     * The key has one of these revisions.
     *
     * @param revisions at most {@link #MAX_REVISIONS}; with none of them it never holds
     */
    record AnyOf(List<Revision> revisions) implements Condition {
        public AnyOf {
            revisions = List.copyOf(revisions);
            requireFew(revisions);
        }

        @Override
        public boolean holds(Optional<Record> current) {
            return current.filter(record -> revisions.contains(record.revision()))
                    .isPresent();
        }
    }

    /**
     * The key does not exist or has another revision than these.
     *
     * @param revisions at most {@link #MAX_REVISIONS}
     */
    record NoneOf(List<Revision> revisions) implements Condition {
        public NoneOf {
            revisions = List.copyOf(revisions);
            requireFew(revisions);
        }

        @Override
        public boolean holds(Optional<Record> current) {
            return current.filter(record -> revisions.contains(record.revision()))
                    .isEmpty();
        }
    }

    /** The condition that always holds. */
    Condition ALWAYS = new Always();

    private static void requireFew(List<Revision> revisions) {
        if (revisions.size() > MAX_REVISIONS) {
            throw new IllegalArgumentException("a condition names at most " + MAX_REVISIONS + " revisions");
        }
    }
}
