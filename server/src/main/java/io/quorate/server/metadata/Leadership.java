package io.quorate.server.metadata;

import io.quorate.core.controller.MetadataLog.Activity;
import io.quorate.core.controller.MetadataLog.Listener;
import java.util.Optional;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listener who is active.
 *
 * <p>Events only say that something changed, possibly late and in another order than it happened; what is announced is
 * looked up on the listener's thread. Role and term are not read at once: a term that leadership was lost in may still
 * be shown, but every loss is followed by an event, so what is announced last is right.
 */
final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final Listener listener;
    private final ListenerThread listenerThread;
    private final String controllerId;
    private volatile Optional<DivisionInfo> division = Optional.empty();
    private volatile long readyEpoch = -1;
    private volatile Activity announced = new Activity(false, 0, Optional.empty());

    Leadership(Listener listener, ListenerThread listenerThread, String controllerId) {
        this.listener = listener;
        this.listenerThread = listenerThread;
        this.controllerId = controllerId;
    }

    /** From now on there is something to look up. */
    void joined(DivisionInfo info) {
        division = Optional.of(info);
        changed();
    }

    /** The first entry of this controller's own epoch, and with it all before, has been applied. */
    void ready(long epoch) {
        listenerThread.post(() -> {
            readyEpoch = epoch;
            announce();
        });
    }

    /** Another leader, or none. */
    void changed() {
        listenerThread.post(this::announce);
    }

    private void announce() {
        Activity now = lookUp();
        if (!now.equals(announced)) {
            announced = now;
            LOG.info(
                    "Controller {} is {} in epoch {}; active: {}",
                    controllerId,
                    now.active() ? "active" : "not active",
                    now.epoch(),
                    now.activeControllerId().orElse("none known"));
            listener.activityChanged(now);
        }
    }

    /** As it is now; active only if the listener was told. */
    Activity current() {
        Activity now = lookUp();
        Activity told = announced;
        boolean active = now.active() && told.active() && told.epoch() == now.epoch();
        return new Activity(active, now.epoch(), now.activeControllerId());
    }

    private Activity lookUp() {
        return division.map(this::activityOf).orElseGet(this::announcedInactive);
    }

    private Activity announcedInactive() {
        return new Activity(false, announced.epoch(), Optional.empty());
    }

    private Activity activityOf(DivisionInfo info) {
        long epoch = info.getCurrentTerm();
        boolean active = info.isLeader() && epoch == readyEpoch;
        Optional<String> leader = Optional.ofNullable(info.getLeaderId()).map(RaftPeerId::toString);
        return new Activity(active, epoch, active ? Optional.of(controllerId) : leader);
    }
}
