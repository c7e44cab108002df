package io.quorate.acceptance.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a run has found to be wrong; thread-safe. */
final class Findings {
    private final Consumer<String> events;
    private final List<String> violations = new ArrayList<>();

    /** @param events hears of each at once */
    Findings(Consumer<String> events) {
        this.events = events;
    }

    /** Something that Quorate promises did not hold. */
    void violation(String what) {
        synchronized (violations) {
            violations.add(what);
        }
        events.accept("VIOLATION: " + what);
    }

    List<String> violations() {
        synchronized (violations) {
            return List.copyOf(violations);
        }
    }
}
