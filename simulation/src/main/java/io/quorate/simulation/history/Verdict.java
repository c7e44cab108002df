package io.quorate.simulation.history;

import java.util.ArrayList;
import java.util.List;

/** Whether a history is linearizable. */
public sealed interface Verdict {
    /** Some order explains every answer. */
    record Linearizable() implements Verdict {}

    /**
     * No order explains the answers about a key.
     *
     * @param key the first such key
     * @param upToNanos when the answer came with which it could not be explained any more
     * @param prefix as many operations as fit into one order, in that order
     * @param reached what the key holds after them
     * @param stuck the operations one of which would have to come next, and none can
     */
    record NotLinearizable(String key, long upToNanos, List<Operation> prefix, String reached, List<Operation> stuck)
            implements Verdict {
        /** So many operations of the order are shown, the last ones. */
        public static final int MAX_LINES_OF_PREFIX = 20;

        public NotLinearizable {
            prefix = List.copyOf(prefix);
            stuck = List.copyOf(stuck);
        }

        /** Lines for a person. */
        public List<String> explanation() {
            List<String> lines = new ArrayList<>();
            lines.add("key %s: no order explains what was answered up to %d ns".formatted(key, upToNanos));
            int hidden = Math.max(0, prefix.size() - MAX_LINES_OF_PREFIX);
            lines.add("%d operations fit in this order%s:"
                    .formatted(prefix.size(), hidden == 0 ? "" : ", of which the last " + MAX_LINES_OF_PREFIX));
            prefix.stream().skip(hidden).forEach(operation -> lines.add("  " + operation.line()));
            lines.add("after them the key is " + reached + ", and none of these can follow:");
            stuck.forEach(operation -> lines.add("  " + operation.line()));
            return lines;
        }
    }

    /**
     * The search was given up, and nothing else was found wrong.
     *
     * @param key the first such key
     * @param steps after which it was given up
     */
    record Undecided(String key, long steps) implements Verdict {}
}
