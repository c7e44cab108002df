package io.quorate.core.replica;

/** Which entries of a leader's log a watch is shown. */
public interface WatchRule {
    /**
     * The last entry that is shown now.
     *
     * @param applied the last one that is committed and applied
     * @param last the last one of the log
     */
    default long upTo(long applied, long last) {
        return applied;
    }

    /**
     * The entry after which it begins.
     *
     * @param seen the last one that the watch has seen
     * @param barrier the first one of the leader's term
     */
    default long after(long seen, long barrier) {
        return seen;
    }

    /**
     * Whether all entries after that one are still kept.
     *
     * @param seen the last one that the watch has seen
     * @param base the last one that is not kept
     */
    default boolean isKept(long seen, long base) {
        return seen >= base;
    }

    /** The rule of the product. */
    WatchRule STANDARD = new WatchRule() {};
}
