package io.quorate.simulation;

/** What must never be broken; each breach names one. */
public enum Promise {
    /** A partition has at most one leader in a term. */
    ONE_LEADER_PER_TERM("at most one leader leads a partition in a term"),
    /** A replica's term never falls, not even over a restart. */
    TERMS_ONLY_GROW("a replica's term never falls while its disk is the same"),
    /** Committed entries neither change nor differ nor vanish. */
    COMMITTED_IS_FINAL("what one replica applied at an index is what all apply there"),
    /** A leader commits entries of older terms only with one of its own. */
    COMMITTED_BY_OWN_TERM("a leader commits what an older term left only together with an entry of its own term"),
    /** A replica's state follows from the committed log up to its applied index. */
    STATE_FOLLOWS_FROM_LOG("a replica's state is what the committed log makes of it up to its applied index"),
    /** Whatever fence completes meets every acknowledged write and every committed entry. */
    ACKNOWLEDGED_IS_FENCE_PROOF(
            "an acknowledged write, and whatever is committed, is in the log that wins any complete fence"),
    /** What was acknowledged is in the committed log as it was asked for. */
    ACKNOWLEDGED_IS_COMMITTED("an acknowledged write is committed under its revision"),
    /** Conditions were judged in the order of the log. */
    CONDITIONS_FOLLOW_THE_LOG("a condition is judged by what the log holds before it"),
    /** A write that is repeated takes effect once, and every answer to it is the first. */
    REPEATED_IS_DONE_ONCE(
            "a write with a name, its idempotency key or its number in a session, takes effect once, whoever is asked how often"),
    /** What was refused as surely not applied never is. */
    REFUSED_IS_NOT_APPLIED("what was refused as not applied is nowhere in the committed log"),
    /** Nobody answers linearizable reads of a term after a greater one was established. */
    READ_UNDER_LEASE("no read is served by a leader after one of a greater term served"),
    /** A read sees what was acknowledged before it began. */
    READ_IS_FRESH("a linearizable read sees every write acknowledged before it began"),
    /** A bounded read lacks nothing that was acknowledged longer ago than it allows for. */
    BOUNDED_READ_IS_FRESH_ENOUGH(
            "a bounded read sees every write acknowledged longer before it began than it allows for"),
    /** A read sees the revision that it is to see. */
    READ_SEES_ITS_MINIMUM("a read that is to see a revision is answered by a state that has it"),
    /** A watch misses nothing, gets nothing twice and gets nothing that is not committed. */
    WATCH_IS_WHOLE("a watch shows every committed change of its keys once, in the order of the log"),
    /** Some order of all calls on a key explains every answer. */
    LINEARIZABLE("the calls on each key have an order that explains every answer"),
    /** Every call is answered by its deadline. */
    ANSWERED_IN_TIME("every call is answered soon after its deadline unless its worker is lost"),
    /** Without faults every call succeeds. */
    CALM_SUCCEEDS("without faults every operation succeeds"),
    /** Without faults all replicas become equal. */
    REPLICAS_BECOME_EQUAL("without faults all replicas become equal"),
    /** The core's own checks. */
    CORE_CHECK("the core's own checks hold");

    private final String words;

    Promise(String words) {
        this.words = words;
    }

    /** In a sentence. */
    public String words() {
        return words;
    }
}
