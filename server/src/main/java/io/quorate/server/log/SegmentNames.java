package io.quorate.server.log;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the files of a log are called; any other file in the folder is left alone. */
final class SegmentNames {
    private static final Pattern NUMBERED = Pattern.compile("(segment|spare|filling)-(\\d{16})\\.log");

    private SegmentNames() {}

    /** A segment of the log in its given use. */
    static String segment(long use) {
        return numbered("segment", use);
    }

    /** A file out of use, named after its last one; what is in it does not count. */
    static String spare(long use) {
        return numbered("spare", use);
    }

    /** A file that is being made. */
    static String filling(long use) {
        return numbered("filling", use);
    }

    static boolean isOfLog(String name) {
        return NUMBERED.matcher(name).matches();
    }

    /** The uses of all names of one kind, ascending. */
    static List<Long> segments(List<String> names) {
        return uses("segment", names);
    }

    static List<Long> spares(List<String> names) {
        return uses("spare", names);
    }

    static List<Long> fillings(List<String> names) {
        return uses("filling", names);
    }

    /** A use number greater than every one that a name speaks of. */
    static long nextUse(List<String> names) {
        return 1
                + names.stream()
                        .map(NUMBERED::matcher)
                        .filter(Matcher::matches)
                        .mapToLong(SegmentNames::use)
                        .max()
                        .orElse(0);
    }

    private static List<Long> uses(String kind, List<String> names) {
        return names.stream()
                .map(NUMBERED::matcher)
                .filter(match -> match.matches() && match.group(1).equals(kind))
                .map(SegmentNames::use)
                .sorted()
                .toList();
    }

    private static long use(Matcher match) {
        return Long.parseLong(match.group(2));
    }

    private static String numbered(String kind, long use) {
        return "%s-%016d.log".formatted(kind, use);
    }
}
