package io.quorate.cli.verb;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The command line that goes on with a watch from a position. */
final class GoOn {
    private static final String FROM = "--from";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

    private GoOn() {}

    /** The same words as before, the verb first, with another position, as a shell takes them. */
    static String command(List<String> words, String position) {
        List<String> again = new ArrayList<>();
        Iterator<String> left = words.iterator();
        while (left.hasNext()) {
            String word = left.next();
            if (word.equals(FROM)) {
                left.next();
            } else if (!word.startsWith(FROM + "=")) {
                again.add(word);
            }
        }
        again.addAll(1, List.of(FROM, position));
        return again.stream().map(GoOn::quoted).collect(Collectors.joining(" ", "quorate ", ""));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
