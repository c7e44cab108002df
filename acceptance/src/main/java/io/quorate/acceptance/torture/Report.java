package io.quorate.acceptance.torture;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of a run.
 *
 * @param command runs the same again
 * @param network how the processes were connected
 * @param operations how many calls of each kind ended how
 * @param notMade the kinds of faults that this machine did not allow, and why
 * @param verdict whether the history is linearizable; empty when it could not be checked
 * @param data the cluster's folder with the logs
 * @param history the file with every call
 */
record Report(
        long seed,
        String command,
        String network,
        Map<String, Map<String, Long>> operations,
        List<StrikeReport> strikes,
        Map<String, String> notMade,
        Optional<HistoryVerdict> verdict,
        List<String> violations,
        String data,
        String history) {
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
        json.put("operations", operations);
        json.put("faults", strikesByKind());
        json.put("unavailability", unavailability());
        json.put("strikes", strikes);
        json.put("notMade", notMade);
        verdict.ifPresent(each -> json.put("linearizability", each));
        json.put("violations", violations);
        json.put("data", data);
        json.put("history", history);
        return json;
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "seed %d, network: %s", seed, network);
        operations.forEach((request, endings) -> line(
                text,
                "%-10s %s",
                request,
                endings.entrySet().stream()
                        .map(ending -> ending.getValue() + " " + ending.getKey())
                        .collect(Collectors.joining(", "))));
        line(text, "%-18s %6s %9s %9s %9s %9s", "fault", "times", "samples", "p50 ms", "p99 ms", "max ms");
        Map<String, Long> times = strikesByKind();
        unavailability()
                .forEach((kind, percentiles) -> line(
                        text,
                        "%-18s %6d %9d %9d %9d %9d",
                        kind,
                        times.getOrDefault(kind, 0L),
                        percentiles.samples(),
                        percentiles.p50Millis(),
                        percentiles.p99Millis(),
                        percentiles.maxMillis()));
        notMade.forEach((kind, why) -> line(text, "not made: %s, because %s", kind, why));
        verdict.ifPresent(each -> line(
                text,
                "history: %d calls, %d keys, %d not linearizable, %d undecided",
                each.calls(),
                each.keys(),
                each.violations().size(),
                each.undecided().size()));
        violations.forEach(violation -> line(text, "VIOLATION: %s", violation));
        line(text, "%s", isClean() ? "Nothing is wrong." : violations.size() + " violations.");
        line(text, "history %s, logs %s/<id>/log.txt", history, data);
        if (!isClean()) {
            line(text, "The same again: %s", command);
        }
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String form, Object... words) {
        text.append(form.formatted(words)).append(System.lineSeparator());
    }
}
