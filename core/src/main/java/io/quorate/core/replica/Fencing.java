package io.quorate.core.replica;

import io.quorate.core.message.Order;
import io.quorate.core.message.OrderAnswer;
import org.jspecify.annotations.Nullable;

/**
 * A replica's promises to leaders, and its answers to fences. Actions {@code Grant} and {@code AnswerFence}.
 *
 * <p>A fence is answered once the term is on disk and every lease granted has run out or was given up.
 */
final class Fencing {
    private final Replica replica;
    private final WorkerContext context;
    private long promisedUntilNanos;
    private long promisedTerm;
    private long releasedTerm;
    private @Nullable String waitingController;

    Fencing(Replica replica, WorkerContext context) {
        this.replica = replica;
        this.context = context;
    }

    /**
     * After a restart: a promise of which nothing is remembered may have been made until now.
     * Action {@code Crash} of the leases.
     */
    void assumePromise() {
        if (context.rules.lease().promisedBeforeStart()) {
            promise(replica.term());
        }
    }

    /** Promises the leader of {@code term} to answer no fence until the lease and its drift have passed. */
    void promise(long term) {
        promisedTerm = Math.max(promisedTerm, term);
        promisedUntilNanos = Math.max(promisedUntilNanos, context.nanos() + context.settings.promiseNanos());
    }

    void fence(String controller, Order.Fence order) {
        if (order.term() < replica.term()) {
            context.emit(new Effect.AnswerOrder(
                    controller, new OrderAnswer.TermTooOld(replica.partition, replica.term(), context.self)));
            return;
        }
        if (order.term() > replica.term()) {
            long ledTerm = replica.leads() ? replica.term() : 0;
            replica.raiseTerm(order.term());
            if (ledTerm > 0) {
                context.emit(new Effect.AnswerOrder(
                        controller, new OrderAnswer.LeaseReleased(replica.partition, ledTerm, context.self)));
            }
        }
        releasedTerm = Math.max(releasedTerm, order.releasedTerm());
        waitingController = controller;
        poll();
    }

    boolean hasPromised() {
        return releasedTerm < promisedTerm && context.nanos() < promisedUntilNanos;
    }

    boolean awaitsPromise() {
        return waitingController != null && hasPromised();
    }

    /** A newer term makes the wait of an older fence pointless. */
    void termRaised() {
        waitingController = null;
    }

    /** Answers the fence if nothing stands in the way any more; answers whether one still waits. */
    boolean poll() {
        if (waitingController == null) {
            return false;
        }
        if (!replica.termIsDurable() || replica.isInstalling()) {
            return true;
        }
        boolean released = releasedTerm >= promisedTerm;
        if (!released && context.nanos() < promisedUntilNanos) {
            context.wakeBy(promisedUntilNanos);
            return true;
        }
        context.emit(new Effect.AnswerOrder(
                waitingController,
                new OrderAnswer.Fenced(
                        replica.partition,
                        replica.term(),
                        context.self,
                        context.incarnation,
                        replica.log().durable())));
        waitingController = null;
        return false;
    }
}
