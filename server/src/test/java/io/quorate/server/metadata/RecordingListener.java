package io.quorate.server.metadata;

import io.quorate.api.Bytes;
import io.quorate.core.controller.MetadataLog;
import io.quorate.core.controller.MetadataLog.Activity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A listener whose state is the list of all commands, and that notes everything it is told. */
final class RecordingListener implements MetadataLog.Listener {
    private final List<String> commands = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final List<Activity> activities = new ArrayList<>();
    private Optional<Thread> caller = Optional.empty();
    private long lastIndex = -1;
    private int restored;
    private int appliedHere;
    private int snapshots;
    private List<String> commandsWhenActivated = List.of();

    @Override
    public synchronized void applied(long index, long epoch, Bytes command) {
        noteCaller();
        if (index <= lastIndex) {
            faults.add("index " + index + " after " + lastIndex);
        }
        if (epoch < 1) {
            faults.add("epoch " + epoch);
        }
        lastIndex = index;
        appliedHere++;
        commands.add(text(command));
    }

    @Override
    public synchronized void restored(long index, Bytes snapshot) {
        noteCaller();
        if (index < lastIndex) {
            faults.add("restored " + index + " after " + lastIndex);
        }
        lastIndex = index;
        restored++;
        commands.clear();
        commands.addAll(text(snapshot).lines().toList());
    }

    @Override
    public synchronized Bytes snapshot() {
        noteCaller();
        snapshots++;
        return Bytes.utf8(String.join("\n", commands));
    }

    @Override
    public synchronized void activityChanged(Activity activity) {
        noteCaller();
        activities.add(activity);
        if (activity.active()) {
            commandsWhenActivated = List.copyOf(commands);
        }
    }

    private void noteCaller() {
        if (caller.isEmpty()) {
            caller = Optional.of(Thread.currentThread());
        } else if (!caller.get().equals(Thread.currentThread())) {
            faults.add("called on " + Thread.currentThread() + " and on " + caller.get());
        }
    }

    private static String text(Bytes bytes) {
        return bytes.asUtf8().orElseThrow();
    }

    synchronized List<String> commands() {
        return List.copyOf(commands);
    }

    /** What it was told that breaks the contract. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized List<Activity> activities() {
        return List.copyOf(activities);
    }

    /** What it had been given when it was last told that its controller is active. */
    synchronized List<String> commandsWhenActivated() {
        return commandsWhenActivated;
    }

    synchronized boolean calledOnCurrentThread() {
        return caller.equals(Optional.of(Thread.currentThread()));
    }

    synchronized int restored() {
        return restored;
    }

    synchronized int appliedHere() {
        return appliedHere;
    }

    synchronized int snapshots() {
        return snapshots;
    }
}
