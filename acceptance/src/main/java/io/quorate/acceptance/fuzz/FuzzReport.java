package io.quorate.acceptance.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of a run.
 *
 * @param requests by kind
 * @param answers by status
 * @param violationCount of all, of which the first are shown
 */
record FuzzReport(
        long seed,
        long sent,
        long connections,
        double seconds,
        Map<String, Long> requests,
        Map<Integer, Long> answers,
        long violationCount,
        List<String> violations) {
    /** Whether nothing is wrong. */
    boolean isClean() {
        return violationCount == 0;
    }

    /** For people. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("seed %d: %d requests over %d connections in %.0f s".formatted(seed, sent, connections, seconds));
        lines.add("requests  " + counts(requests));
        lines.add("answers   " + counts(answers));
        violations.forEach(violation -> lines.add("VIOLATION: " + violation));
        lines.add(isClean() ? "Nothing is wrong." : "Violations: " + violationCount + ".");
        return String.join(System.lineSeparator(), lines);
    }

    private static String counts(Map<?, Long> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }
}
