package io.quorate.client;

import io.quorate.api.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/** Knows whom to ask for a key; thread-safe. */
interface Directory {
    /** Whom to ask. */
    sealed interface Candidates {
        /**
         * These, best first; at least one.
         *
         * @param replicas so many of them, the first ones, are known to keep the key
         */
        record Known(List<Worker> workers, int replicas) implements Candidates {
            /** Of none of them it is known what it keeps. */
            Known(List<Worker> workers) {
                this(workers, 0);
            }

            /** The same, beginning with another replica each turn. */
            List<Worker> inTurn(int turn) {
                List<Worker> inTurn = new ArrayList<>(workers);
                Collections.rotate(inTurn.subList(0, replicas), -Math.floorMod(turn, Math.max(1, replicas)));
                return inTurn;
            }
        }

        /**
         * Nobody is known.
         *
         * @param hopeful whether that may be different in a moment
         */
        record Nobody(String detail, boolean hopeful) implements Candidates {}
    }

    /** Whom to ask for the key; waits at most until the deadline when nothing is known yet. */
    Candidates candidates(Bytes key, Deadline deadline) throws InterruptedException;

    /**
     * The partition of the key; empty when there is no map to tell it. Waits at most until the deadline when nothing is
     * known yet.
     */
    OptionalInt partition(Bytes key, Deadline deadline) throws InterruptedException;

    /** Takes note that what {@link #candidates} answered may be out of date; waits for nothing. */
    void doubt();
}
