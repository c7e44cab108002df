package io.quorate.acceptance.torture;

import io.quorate.simulation.history.History;
import io.quorate.simulation.history.HistoryLines;
import io.quorate.simulation.history.LinearizabilityChecker;
import io.quorate.simulation.history.MalformedHistory;
import io.quorate.simulation.history.Operation;
import io.quorate.simulation.history.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks whether a history in a file is linearizable, key by key, so that every key that is not is named. */
final class HistoryCheck {
    private static final int LINES_AT_A_TIME = 50_000;
    private static final int MAX_EXPLAINED = 5;

    private HistoryCheck() {}

    /** Throws {@link IllegalStateException} when the file cannot be read as a history. */
    static HistoryVerdict of(Path file) {
        try {
            return verdict(byKey(file));
        } catch (IOException | MalformedHistory e) {
            throw new IllegalStateException(file + " is no readable history: " + e.getMessage(), e);
        }
    }

    private static Map<String, List<Operation>> byKey(Path file) throws IOException {
        Map<String, List<Operation>> keys = new TreeMap<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (List<String> some = some(lines); !some.isEmpty(); some = some(lines)) {
                HistoryLines.read(new StringReader(String.join("\n", some)))
                        .operations()
                        .forEach(operation -> keys.computeIfAbsent(operation.key(), _ -> new ArrayList<>())
                                .add(operation));
            }
        }
        return keys;
    }

    private static List<String> some(BufferedReader lines) throws IOException {
        List<String> some = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            some.add(line);
            if (some.size() == LINES_AT_A_TIME) {
                break;
            }
        }
        return some;
    }

    private static HistoryVerdict verdict(Map<String, List<Operation>> keys) {
        LinearizabilityChecker checker = new LinearizabilityChecker(LinearizabilityChecker.DEFAULT_MAX_STEPS);
        List<String> violations = new ArrayList<>();
        List<String> undecided = new ArrayList<>();
        long calls = 0;
        for (List<Operation> operations : keys.values()) {
            calls += operations.size();
            switch (checker.check(new History(operations))) {
                case Verdict.Linearizable() -> {}
                case Verdict.NotLinearizable broken -> violations.add(text(broken, violations.size()));
                case Verdict.Undecided(String key, long steps) -> undecided.add(key + " after " + steps + " steps");
            }
        }
        return new HistoryVerdict(keys.size(), calls, violations, undecided);
    }

    private static String text(Verdict.NotLinearizable broken, int explained) {
        return explained < MAX_EXPLAINED
                ? String.join("\n  ", broken.explanation())
                : broken.explanation().getFirst();
    }
}
