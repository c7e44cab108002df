package io.quorate.server.metadata;

import io.quorate.api.Bytes;
import io.quorate.core.controller.MetadataLog;
import io.quorate.core.controller.MetadataLog.ProposalOutcome.Committed;
import io.quorate.core.controller.MetadataLog.ProposalOutcome.Refused;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A member of an {@link InMemoryMetadataGroup}. */
final class InMemoryMetadataLog implements MetadataLog {
    private final String id;
    private final InMemoryMetadataGroup group;
    private final Listener listener;
    private final ExecutorService listenerThread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private volatile Activity activity = new Activity(false, 0, Optional.empty());
    private volatile boolean caughtUp;
    private volatile boolean closed;

    InMemoryMetadataLog(String id, InMemoryMetadataGroup group, Listener listener) {
        this.id = id;
        this.group = group;
        this.listener = listener;
    }

    Listener listener() {
        return listener;
    }

    /** What was committed before is handed over to the listener's thread. */
    void handedOver() {
        later(() -> caughtUp = true);
    }

    /** Runs the task on the listener's thread, after those before. */
    void later(Runnable task) {
        listenerThread.execute(task);
    }

    void announce(Activity now) {
        later(() -> {
            if (!now.equals(activity)) {
                activity = now;
                listener.activityChanged(now);
            }
        });
    }

    @Override
    public void propose(Bytes command, Consumer<ProposalOutcome> whenDecided) {
        if (closed) {
            whenDecided.accept(new Refused(Refusal.CLOSED, Optional.empty()));
        } else if (command.length() > MetadataLogLimits.MAX_COMMAND_BYTES) {
            whenDecided.accept(new Refused(Refusal.TOO_LARGE, activity.activeControllerId()));
        } else {
            Optional<Committed> committed = activity.active() ? group.commit(id, command) : Optional.empty();
            committed.ifPresentOrElse(
                    outcome -> later(() -> whenDecided.accept(outcome)),
                    () -> whenDecided.accept(new Refused(Refusal.NOT_ACTIVE, activity.activeControllerId())));
        }
    }

    @Override
    public Activity activity() {
        return closed ? new Activity(false, activity.epoch(), Optional.empty()) : activity;
    }

    @Override
    public boolean caughtUp() {
        return caughtUp;
    }

    @Override
    public void stepDown() {
        group.stepDown(id);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        group.leave(id);
        listenerThread.shutdown();
        try {
            if (!listenerThread.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The listener of " + id + " does not return");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
