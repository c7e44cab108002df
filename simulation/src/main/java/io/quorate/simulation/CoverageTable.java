package io.quorate.simulation;

import io.quorate.simulation.Coverage.Happening;
import io.quorate.simulation.Coverage.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was covered, as lines for a person: a row for each fault, a column for each step. */
public final class CoverageTable {
    private CoverageTable() {}

    /** The table, what its columns are, and what happened besides. */
    public static List<String> of(Coverage coverage) {
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder("%-17s %7s".formatted("fault", "made"));
        for (int i = 0; i < Step.values().length; i++) {
            head.append(" %6s".formatted(letter(i)));
        }
        lines.add(head.toString());
        for (FaultKind kind : FaultKind.values()) {
            StringBuilder row = new StringBuilder("%-17s %7d".formatted(kind.written(), coverage.made(kind)));
            for (Step step : Step.values()) {
                row.append(" %6d".formatted(coverage.hits(kind, step)));
            }
            lines.add(row.toString());
        }
        int column = 0;
        for (Step step : Step.values()) {
            lines.add("%s  %s, met %d times".formatted(letter(column++), words(step), coverage.hits(step)));
        }
        for (Happening happening : Happening.values()) {
            lines.add("%d times: %s".formatted(coverage.count(happening), words(happening)));
        }
        return lines;
    }

    private static char letter(int column) {
        return (char) ('a' + column);
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
