package io.quorate.core.controller;

import io.quorate.api.Bytes;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The replicated log of the controllers' decisions: opaque commands, committed in one order that every controller
 * applies.
 *
 * <p>Nothing is ever read through this log. A controller decides on the state it has applied and proposes a command
 * that names the version it was decided on; whether the decision stands is judged where the command is applied, the
 * same on every controller. A controller that was active and does not know yet that it no longer is can therefore do
 * no harm.
 *
 * <p>All methods may be called from any thread.
 */
public interface MetadataLog extends AutoCloseable {

    /**
     * Proposes a command. Never throws for an expected reason and does not wait for a disk or the network.
     *
     * <p>An empty command is committed like any other but handed to no listener: its outcome tells whether this
     * controller could still commit.
     *
     * <p>Commands that one thread proposes are committed in that order, except for those that are refused.
     *
     * @param whenDecided called once: before this method returns when the command is refused at once, else on the
     *     thread of the {@link Listener}, after the command was applied there if it is committed
     */
    void propose(Bytes command, Consumer<ProposalOutcome> whenDecided);

    /** Who is active, as far as this controller knows. */
    Activity activity();

    /**
     * Whether the listener was told everything that was committed when this controller came to the group; false as
     * long as that is not known, so it is asked until it is true.
     */
    boolean caughtUp();

    /**
     * Gives leadership to another controller if this one is active and another can take it; returns when that is done
     * or has failed, after a few seconds at most.
     */
    void stepDown();

    /**
     * Stops taking part, decides every proposal still open, and releases ports, files and threads; bounded in time.
     * The listener is not called any more afterwards. Not to be called on the listener's thread. A second call does
     * nothing.
     */
    @Override
    void close();

    /**
     * Which controller is active.
     *
     * @param active whether this controller leads the group and has applied everything that was committed before
     * @param epoch the number of the leadership, greater for each later one; 0 before the first
     * @param activeControllerId who leads, this controller included, when it is known
     */
    record Activity(boolean active, long epoch, Optional<String> activeControllerId) {}

    /** What became of a proposed command. */
    sealed interface ProposalOutcome {
        /** The command is committed, and applied on this controller. */
        record Committed(long index) implements ProposalOutcome {}

        /** The command is surely not in the log. */
        record Refused(Refusal refusal, Optional<String> activeControllerId) implements ProposalOutcome {}

        /** The command may be in the log; whether it is shows only when later entries are applied. */
        record Unknown(String reason) implements ProposalOutcome {}
    }

    /** Why a command was not taken. */
    enum Refusal {
        /** Another controller is active, or none; the hint says which if it is known. */
        NOT_ACTIVE,
        /** Too many commands, or too many bytes of them, are waiting to be decided: propose again later. */
        OVERLOADED,
        /** The command is larger than the log takes. */
        TOO_LARGE,
        /** This log is closed or has failed. */
        CLOSED
    }

    /** What the log drives. Calls are made one at a time, in order, on one thread. */
    interface Listener {
        /**
         * A command was committed; called for every command, in order, on every controller.
         *
         * @param index its place in the log, greater than that of any command before, not always by one
         * @param epoch the epoch in which it was proposed
         */
        void applied(long index, long epoch, Bytes command);

        /** Everything up to {@code index} is replaced by a state that {@link #snapshot} once gave. */
        void restored(long index, Bytes snapshot);

        /** The whole state as of the last applied index. */
        Bytes snapshot();

        /**
         * Who is active has changed. {@code active} is true only after everything that was committed before this
         * epoch has been applied.
         */
        void activityChanged(Activity activity);
    }
}
