package io.quorate.core.replica;

import io.quorate.core.message.Order;

/** Whether an order to lead is obeyed by the replica it reaches. Action {@code Lead} of the protocol. */
public interface LeadRule {
    /**
     * An order is for exactly one term and one incarnation: a leader that was restarted has forgotten what it appended
     * and whom it answered, and never leads again in its term.
     *
     * @param term of the replica
     * @param incarnation of this worker
     */
    boolean obeys(Order.Lead order, long term, long incarnation);

    /** The rule of the product. */
    LeadRule STANDARD = (order, term, incarnation) -> order.term() == term && order.incarnation() == incarnation;
}
