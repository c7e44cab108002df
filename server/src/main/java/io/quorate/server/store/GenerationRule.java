package io.quorate.server.store;

import io.quorate.core.port.ReplicaMeta;
import org.jspecify.annotations.Nullable;

/**
 * What a batch does to the stored state, by its generation: a late one must never reach a state that has been replaced.
 *
 * <p>A worker that crashed between a replica's deletion and its next creation may show the store the new one alone, so
 * a greater generation is not an error: it begins empty.
 */
final class GenerationRule {
    private GenerationRule() {}

    /** Whether a batch under {@code next} is written; once the replica was deleted, only a new one can begin. */
    static boolean accepts(@Nullable ReplicaMeta current, ReplicaMeta next) {
        if (current == null || next.generation() > current.generation()) {
            return true;
        }
        return next.generation() == current.generation() && (current.present() || !next.present());
    }

    /** Whether what was stored goes when an accepted batch is written. */
    static boolean replaces(@Nullable ReplicaMeta current, ReplicaMeta next) {
        return current != null && current.present() && (!next.present() || next.generation() > current.generation());
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
