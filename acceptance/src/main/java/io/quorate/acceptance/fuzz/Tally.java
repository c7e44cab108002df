package io.quorate.acceptance.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was sent and what came; thread-safe. */
final class Tally {
    private static final int SHOWN = 20;
    private static final int SHOWN_CHARS = 4_000;

    private final Map<String, Long> requests = new TreeMap<>();
    private final Map<Integer, Long> answers = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private long sent;
    private long connections;
    private long violationCount;

    /** @param complaints of all that was received */
    synchronized void add(Burst burst, Received received, List<String> complaints) {
        connections++;
        sent += burst.requests();
        requests.merge(burst.kind().written(), (long) burst.requests(), Long::sum);
        RawAnswer.parse(received.bytes()).answers().forEach(answer -> answers.merge(answer.status(), 1L, Long::sum));
        complaints.forEach(complaint -> violation("burst " + burst.number() + ", " + complaint + "\nto "
                + new String(burst.bytes(), StandardCharsets.ISO_8859_1)));
    }

    synchronized void violation(String what) {
        violationCount++;
        if (violations.size() < SHOWN) {
            violations.add(what.length() <= SHOWN_CHARS ? what : what.substring(0, SHOWN_CHARS) + "…");
        }
    }

    synchronized long sent() {
        return sent;
    }

    synchronized FuzzReport report(long seed, double seconds) {
        return new FuzzReport(
                seed,
                sent,
                connections,
                seconds,
                new TreeMap<>(requests),
                new TreeMap<>(answers),
                violationCount,
                List.copyOf(violations));
    }
}
