package io.quorate.cli.verb;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The command line that goes on with a watch or a scan from a position. */
final class GoOn {
    private static final String FROM = "--from";
    private static final String LIMIT = "--limit";

    /** What comes after it is no option. */
    private static final String END_OF_OPTIONS = "--";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

    private GoOn() {}

    /** The same words as before, the verb first, with another position, as a shell takes them. */
    static String command(List<String> words, String position) {
        return command(words, position, OptionalLong.empty());
    }

    /**
     * The same.
     *
     * @param left how many there are still to be, if that was limited
     */
    static String command(List<String> words, String position, OptionalLong left) {
        List<String> options = new ArrayList<>(List.of(FROM, position));
        left.ifPresent(limit -> options.addAll(List.of(LIMIT, Long.toString(limit))));
        List<String> again = without(left.isPresent() ? Set.of(FROM, LIMIT) : Set.of(FROM), words);
        again.addAll(1, options);
        return again.stream().map(GoOn::quoted).collect(Collectors.joining(" ", "quorate ", ""));
    }

    private static List<String> without(Set<String> options, List<String> words) {
        List<String> others = new ArrayList<>();
        Iterator<String> each = words.iterator();
        boolean beforeEnd = true;
        while (each.hasNext()) {
            String word = each.next();
            beforeEnd &= !word.equals(END_OF_OPTIONS);
            if (beforeEnd && options.contains(word)) {
                each.next();
            } else if (!beforeEnd || options.stream().noneMatch(option -> word.startsWith(option + "="))) {
                others.add(word);
            }
        }
        return others;
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
