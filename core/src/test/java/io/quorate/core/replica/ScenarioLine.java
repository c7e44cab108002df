package io.quorate.core.replica;

import io.quorate.core.cluster.Now;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The words of a line of a scenario, taken from the left. */
final class ScenarioLine {
    private final Deque<String> words;

    ScenarioLine(String line) {
        this.words = new ArrayDeque<>(List.of(line.strip().split("\\s+")));
    }

    boolean hasNext() {
        return !words.isEmpty();
    }

    String next() {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a word is missing at the end");
        }
        return words.removeFirst();
    }

    void word(String wanted) {
        String found = next();
        if (!found.equals(wanted)) {
            throw new IllegalArgumentException("\"" + wanted + "\" was expected in place of \"" + found + "\"");
        }
    }

    long number() {
        return Long.parseLong(next());
    }

    /** The word after {@code name}, if {@code name} comes next. */
    Optional<String> option(String name) {
        if (!name.equals(words.peekFirst())) {
            return Optional.empty();
        }
        words.removeFirst();
        return Optional.of(next());
    }

    /** Whether {@code name} comes next. */
    boolean flag(String name) {
        boolean comes = name.equals(words.peekFirst());
        if (comes) {
            words.removeFirst();
        }
        return comes;
    }

    Optional<Long> number(String name) {
        return option(name).map(Long::parseLong);
    }

    List<String> until(String end) {
        return leading(word -> !word.equals(end));
    }

    List<String> leading(Predicate<String> wanted) {
        List<String> taken = new ArrayList<>();
        while (!words.isEmpty() && wanted.test(words.getFirst())) {
            taken.add(words.removeFirst());
        }
        return taken;
    }

    String rest() {
        String rest = String.join(" ", words);
        words.clear();
        return rest;
    }

    void end() {
        if (hasNext()) {
            throw new IllegalArgumentException("\"" + rest() + "\" is not understood");
        }
    }

    /** A duration such as {@code 700ms} or {@code 2s}. */
    static long nanos(String text) {
        if (text.endsWith("ms")) {
            return Long.parseLong(text.substring(0, text.length() - 2)) * Now.NANOS_PER_MILLI;
        }
        if (text.endsWith("s")) {
            return Long.parseLong(text.substring(0, text.length() - 1)) * 1_000 * Now.NANOS_PER_MILLI;
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a duration such as 700ms or 2s");
    }
}
