package io.quorate.spec;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What TLC said about a model, and the file in which it stands. */
record Run(Path file, String output) {
    private static final Pattern VIOLATED = Pattern.compile("Error: Invariant (\\w+) is violated");
    private static final Pattern STATE = Pattern.compile("(?m)^State (\\d+): ");
    private static final Pattern DEPTH = Pattern.compile("The depth of the complete state graph search is (\\d+)\\.");
    private static final Pattern DISTINCT =
            Pattern.compile("states generated, (\\d+) distinct states found, \\d+ states");

    /** Whether every reachable state was seen and all invariants hold in each. */
    boolean holds() {
        return output.contains("Model checking completed. No error has been found.");
    }

    Optional<String> violated() {
        return VIOLATED.matcher(output).results().map(hit -> hit.group(1)).findFirst();
    }

    /** Of a violation, the states of the way to it; else the longest shortest way to any state. */
    int depth() {
        return last(holds() ? DEPTH : STATE);
    }

    /** What becomes possible after the loss of these workers, as {@code Healing.tla} tells it. */
    String after(String lost) {
        if (tells("heals", lost)) {
            return "heals";
        }
        return tells("serves", lost) ? "serves" : "waits";
    }

    private boolean tells(String word, String lost) {
        return output.contains("<<\"" + word + "\", {" + lost + "}>>");
    }

    int distinctStates() {
        return last(DISTINCT);
    }

    private int last(Pattern pattern) {
        return pattern.matcher(output)
                .results()
                .reduce((first, second) -> second)
                .map((MatchResult hit) -> Integer.parseInt(hit.group(1)))
                .orElse(0);
    }
}
