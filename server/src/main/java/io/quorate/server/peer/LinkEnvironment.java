package io.quorate.server.peer;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.util.function.Supplier;

/**
 * What all links of one process share.
 *
 * @param vertx gives timers
 * @param context the one context on which everything happens
 * @param settings times and versions
 * @param self who this process is now
 * @param events told what arrives and how the links stand
 * @param counters the counts by peer
 * @param lines keeps the log from repeating itself
 */
record LinkEnvironment(
        Vertx vertx,
        Context context,
        PeerSettings settings,
        Supplier<PeerIdentity> self,
        PeerEvents events,
        PeerCounters counters,
        SaidLines lines) {
    /** The same outcome, told on the context: servers and clients tell theirs on threads of their own. */
    <T> Future<T> here(Future<T> outcome) {
        PromiseInternal<T> promise = ((ContextInternal) context).promise();
        outcome.onComplete(promise);
        return promise.future();
    }
}
