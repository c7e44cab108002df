package io.quorate.acceptance.torture;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of everything that a run makes outside its folder, so that a later run knows what one that crashed has left.
 *
 * @param pid the process of the run
 */
record RunTag(long pid) {
    private static final String PREFIX = "qrt";
    private static final int RADIX = 36;
    private static final Pattern FORM = Pattern.compile(PREFIX + "([0-9a-z]{1,6})(?:-.*)?");

    static RunTag ofThisProcess() {
        return new RunTag(ProcessHandle.current().pid());
    }

    /** The tag that a name begins with. */
    static Optional<RunTag> in(String name) {
        Matcher matcher = FORM.matcher(name);
        return matcher.matches() ? Optional.of(new RunTag(Long.parseLong(matcher.group(1), RADIX))) : Optional.empty();
    }

    /** Whether the run is over; a process that has its number by chance keeps what it left for the time being. */
    boolean isOver() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** For a bridge, an interface or a file system: at most 15 characters with an id of three. */
    String of(String id) {
        return text() + "-" + id;
    }

    /** The tag alone. */
    String text() {
        return PREFIX + Long.toString(pid, RADIX);
    }
}
