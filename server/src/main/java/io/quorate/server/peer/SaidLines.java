package io.quorate.server.peer;

import java.util.HashSet;
import java.util.Set;

/** Remembers which log lines were said lately, so that a peer that tries for ever does not fill the log. */
final class SaidLines {
    /** Ticks after which a line may be said again. */
    private static final int FORGET_AFTER_TICKS = 60;

    private final Set<String> said = new HashSet<>();
    private int ticks;

    /** Whether the line is new; it counts as said from then on. */
    boolean isNew(String line) {
        if (said.size() >= PeerLimits.MAX_REMEMBERED_LINES) {
            said.clear();
        }
        return said.add(line);
    }

    void tick() {
        ticks++;
        if (ticks >= FORGET_AFTER_TICKS) {
            ticks = 0;
            said.clear();
        }
    }
}
