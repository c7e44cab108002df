package io.quorate.server.store;

import io.quorate.core.port.ReplicaMeta;
import org.jspecify.annotations.Nullable;

/** Which metas may follow the stored one, so that a late write never reaches a state that has been replaced. */
final class GenerationRule {
    private GenerationRule() {}

    /**
     * Whether a batch under {@code next} is written: in the current generation only; once the replica was deleted, a new
     * one begins with a greater generation.
     */
    static boolean accepts(@Nullable ReplicaMeta current, ReplicaMeta next) {
        if (current == null) {
            return true;
        }
        if (current.present()) {
            return next.generation() == current.generation();
        }
        return next.generation() > current.generation()
                || (!next.present() && next.generation() == current.generation());
    }

    /** Whether the batch begins a replica where none was. */
    static boolean begins(@Nullable ReplicaMeta current, ReplicaMeta next) {
        return next.present() && (current == null || !current.present());
    }

    /** Checks that a snapshot under {@code next} may replace the current state. */
    static void checkInstall(@Nullable ReplicaMeta current, ReplicaMeta next, int partition) {
        if (next.partition() != partition || !next.present()) {
            throw new IllegalArgumentException("a snapshot of partition " + partition + " under " + next);
        }
        if (current != null && next.generation() <= current.generation()) {
            throw new IllegalArgumentException("a snapshot must raise the generation: " + next + " after " + current);
        }
    }

    /** Checks that a deleted replica is left without changes. */
    static void checkBatch(ReplicaMeta meta, int changes) {
        if (!meta.present() && changes > 0) {
            throw new IllegalArgumentException(changes + " changes of a deleted replica: " + meta);
        }
    }
}
