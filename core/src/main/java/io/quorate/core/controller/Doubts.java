package io.quorate.core.controller;

import io.quorate.core.cluster.Now;
import io.quorate.core.message.Heartbeat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Tells a process that should not be from the late messages of one that was.
 *
 * <p>A heartbeat that cannot be right may be an old one that was delayed. A process that sends them goes on counting:
 * {@link ControllerLimits#DOUBTFUL_HEARTBEATS} in a row are taken for one.
 */
final class Doubts {
    private record Process(String worker, UUID disk, long incarnation, String http, String peer) {}

    private record Run(long sequence, int length, long firstNanos) {}

    private final Map<Process, Run> runs = new LinkedHashMap<>();

    /** Counts the heartbeat and answers whether its process surely runs. */
    boolean surely(Heartbeat heartbeat, Now now) {
        Process process = process(heartbeat);
        Run before = runs.remove(process);
        Run run = before != null && heartbeat.sequence() > before.sequence
                ? new Run(heartbeat.sequence(), before.length + 1, before.firstNanos)
                : new Run(heartbeat.sequence(), 1, now.monotonicNanos());
        if (runs.size() >= ControllerLimits.MAX_DOUBTS) {
            runs.remove(runs.keySet().iterator().next());
        }
        runs.put(process, run);
        return run.length >= ControllerLimits.DOUBTFUL_HEARTBEATS;
    }

    /** When the process was doubted first; now if it never was. */
    long firstNanos(Heartbeat heartbeat, Now now) {
        Run run = runs.get(process(heartbeat));
        return run == null ? now.monotonicNanos() : run.firstNanos;
    }

    /** The heartbeat is right: what came late from the same process is forgotten. */
    void settled(Heartbeat heartbeat) {
        if (!runs.isEmpty()) {
            runs.remove(process(heartbeat));
        }
    }

    /** Whether a process that claims to be this incarnation of the disk is doubted. */
    boolean doubted(String worker, UUID disk, long incarnation) {
        return runs.keySet().stream()
                .anyMatch(process -> process.worker.equals(worker)
                        && process.disk.equals(disk)
                        && process.incarnation == incarnation);
    }

    private static Process process(Heartbeat heartbeat) {
        return new Process(
                heartbeat.worker(),
                heartbeat.disk(),
                heartbeat.incarnation(),
                heartbeat.address().http(),
                heartbeat.address().peer());
    }
}
