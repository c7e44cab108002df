package io.quorate.core.controller.state;

import io.quorate.core.cluster.Configuration;

/**
 * A replacement under way.
 *
 * @param target the configuration it leads to
 */
public record Move(Kind kind, Configuration target) {
    /** Why replicas are replaced. */
    public enum Kind {
        /** A replica was lost, or there are too few, or too many, or their quorum is not the cluster's. */
        REPAIR,
        /** Nothing is wrong; another worker is to carry the load. */
        BALANCE
    }
}
