package io.quorate.acceptance.torture;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a run does to a cluster. */
enum FaultKind {
    /** A worker is killed and started again, at once or after its replicas have been replaced. */
    KILL,
    /** All processes are killed at once and started again. */
    KILL_ALL,
    /** The active controller is killed and started again. */
    KILL_CONTROLLER,
    /** A worker is suspended for a while. */
    PAUSE,
    /** A controller is suspended for a while. */
    PAUSE_CONTROLLER,
    /** A worker is killed and started again on an empty data folder. */
    LOSE_DISK,
    /** A worker is stopped in order and started again. */
    RESTART,
    /** Packets between some of the processes get lost, in one direction or both. */
    CUT,
    /** The disk of a worker fills up and is freed again. */
    FILL_DISK;

    /** As the command line writes it. */
    String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<FaultKind> named(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.written().equals(text))
                .findFirst();
    }
}
