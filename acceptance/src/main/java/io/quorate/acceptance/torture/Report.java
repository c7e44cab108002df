package io.quorate.acceptance.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of a run.
 *
 * @param command runs the same again
 * @param network how the processes were connected
 * @param longestPauseMillis how long the machine gave this process no time; faults of the machine are not the cluster's
 * @param operations how many calls of each kind ended how
 * @param notMade the kinds of faults that this machine did not allow, and why
 * @param verdict whether the history is linearizable
 * @param data the cluster's folder with the logs
 * @param history the file with every call
 */
record Report(
        long seed,
        String command,
        String network,
        long longestPauseMillis,
        Map<String, Map<String, Long>> operations,
        List<StrikeReport> strikes,
        Map<String, String> notMade,
        HistoryVerdict verdict,
        List<String> violations,
        String data,
        String history) {
    private static final long NOTABLE_PAUSE_MILLIS = 500;

    /** Whether nothing is wrong. */
    boolean isClean() {
        return violations.isEmpty();
    }

    /** How long partitions were not available, by the kind of fault. */
    Map<String, Percentiles> unavailability() {
        Map<String, List<Long>> samples = strikes.stream()
                .collect(Collectors.groupingBy(
                        StrikeReport::kind,
                        TreeMap::new,
                        Collectors.flatMapping(
                                strike -> strike.unavailableMillis().values().stream(), Collectors.toList())));
        Map<String, Percentiles> percentiles = new TreeMap<>();
        samples.forEach((kind, millis) -> percentiles.put(kind, Percentiles.of(millis)));
        return percentiles;
    }

    private Map<String, Long> strikesByKind() {
        return strikes.stream().collect(Collectors.groupingBy(StrikeReport::kind, TreeMap::new, Collectors.counting()));
    }

    /** For programs. */
    Map<String, Object> json() {
        Map<String, Object> json = new java.util.LinkedHashMap<>();
        json.put("seed", seed);
        json.put("clean", isClean());
        json.put("command", command);
        json.put("network", network);
        json.put("longestPauseMillis", longestPauseMillis);
        json.put("operations", operations);
        json.put("faults", strikesByKind());
        json.put("unavailability", unavailability());
        json.put("strikes", strikes);
        json.put("notMade", notMade);
        json.put("linearizability", verdict);
        json.put("violations", violations);
        json.put("data", data);
        json.put("history", history);
        return json;
    }

    /** For people. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("seed " + seed + ", network: " + network);
        operations.forEach((call, endings) -> lines.add("%-10s %s".formatted(call, counts(endings))));
        lines.addAll(unavailabilityLines());
        notMade.forEach((kind, why) -> lines.add("not made: " + kind + ", because " + why));
        if (longestPauseMillis > NOTABLE_PAUSE_MILLIS) {
            lines.add("the machine itself stood still for up to " + longestPauseMillis
                    + " ms: it has too little CPU for this");
        }
        lines.add("history: %d calls, %d keys, %d not linearizable, %d undecided"
                .formatted(
                        verdict.calls(),
                        verdict.keys(),
                        verdict.violations().size(),
                        verdict.undecided().size()));
        violations.forEach(violation -> lines.add("VIOLATION: " + violation));
        lines.add(isClean() ? "Nothing is wrong." : "Violations: " + violations.size() + ".");
        lines.add("history " + history + ", logs " + data + "/<id>/log.txt");
        if (!isClean()) {
            lines.add("The same again: " + command);
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String counts(Map<String, Long> endings) {
        return endings.entrySet().stream()
                .map(ending -> ending.getValue() + " " + ending.getKey())
                .collect(Collectors.joining(", "));
    }

    private List<String> unavailabilityLines() {
        List<String> lines = new ArrayList<>();
        lines.add("%-18s %6s %9s %9s %9s %9s".formatted("fault", "times", "samples", "p50 ms", "p99 ms", "max ms"));
        Map<String, Long> times = strikesByKind();
        unavailability()
                .forEach((kind, percentiles) -> lines.add("%-18s %6d %9d %9d %9d %9d"
                        .formatted(
                                kind,
                                times.getOrDefault(kind, 0L),
                                percentiles.samples(),
                                percentiles.p50Millis(),
                                percentiles.p99Millis(),
                                percentiles.maxMillis())));
        return lines;
    }
}
