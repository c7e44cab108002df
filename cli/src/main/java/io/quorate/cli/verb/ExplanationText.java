package io.quorate.cli.verb;

import io.quorate.api.Explanation;
import io.quorate.api.Explanation.ReplicaTimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** How a write went, drawn for a terminal: a line for each replica, to scale. */
final class ExplanationText {
    private static final int TRACK_CHARS = 40;
    private static final double MICROS_PER_MILLI = 1_000;
    private static final String ROW = "%-14s %s  %9s %9s %9s %9s  %s";

    private final Explanation how;
    private final long endMicros;

    private ExplanationText(Explanation how) {
        this.how = how;
        this.endMicros = Math.max(
                1,
                how.replicas().stream()
                        .flatMapToLong(replica -> LongStream.concat(
                                replica.acknowledgedMicros().stream(), replica.appliedMicros().stream()))
                        .reduce(how.answeredMicros(), Math::max));
    }

    /** The lines, without an end of line. */
    static List<String> lines(Explanation how) {
        return new ExplanationText(how).lines();
    }

    /** The same for programs; times in microseconds, those left out that are not known. */
    static Map<String, Object> json(Explanation how) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("takenBy", how.takenBy());
        json.put("leader", how.leader());
        json.put("partition", how.partition());
        json.put("term", how.revision().term());
        json.put("index", how.revision().index());
        json.put("quorum", how.quorum());
        json.put("arrivedMicros", how.arrivedMicros());
        json.put("appendedMicros", how.appendedMicros());
        json.put("committedMicros", how.committedMicros());
        json.put("answeredMicros", how.answeredMicros());
        json.put("explainedMicros", how.explainedMicros());
        json.put(
                "replicas",
                how.replicas().stream().map(replica -> json(how, replica)).toList());
        return json;
    }

    private static Map<String, Object> json(Explanation how, ReplicaTimes replica) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("worker", replica.worker());
        put(json, "receivedMicros", replica.receivedMicros());
        put(json, "onDiskMicros", replica.onDiskMicros());
        put(json, "acknowledgedMicros", replica.acknowledgedMicros());
        put(json, "appliedMicros", replica.appliedMicros());
        put(json, "committedWithoutItMicros", how.committedWithout(replica.worker()));
        return json;
    }

    private static void put(Map<String, Object> json, String name, OptionalLong micros) {
        micros.ifPresent(time -> json.put(name, time));
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(route());
        lines.add(ROW.formatted("", scale(), "received", "on disk", "acked", "applied", "quorum without it"));
        how.replicas().forEach(replica -> lines.add(row(replica)));
        lines.add("= to disk   - acknowledgement under way   * applied   | quorum of %d after %s; applied after %s"
                .formatted(how.quorum(), millis(how.committedMicros()), millis(how.answeredMicros())));
        return lines;
    }

    private String route() {
        String taken = how.takenBy().equals(how.leader())
                ? how.leader() + " took the write and leads"
                : "%s took the write, and %s got it after %s: it leads"
                        .formatted(how.takenBy(), how.leader(), millis(how.arrivedMicros()));
        return "%s partition %d in term %d; entry %d"
                .formatted(
                        taken,
                        how.partition(),
                        how.revision().term(),
                        how.revision().index());
    }

    private String scale() {
        String end = millis(endMicros);
        return "0" + " ".repeat(TRACK_CHARS - 1 - end.length()) + end;
    }

    private String row(ReplicaTimes replica) {
        boolean leads = replica.worker().equals(how.leader());
        OptionalLong without = how.committedWithout(replica.worker());
        String otherwise =
                leads ? "another would lead first" : without.isPresent() ? millis(without.getAsLong()) : "not reached";
        return ROW.formatted(
                replica.worker() + (leads ? " leader" : ""),
                track(replica),
                millis(replica.receivedMicros()),
                millis(replica.onDiskMicros()),
                millis(replica.acknowledgedMicros()),
                millis(replica.appliedMicros()),
                otherwise);
    }

    private String track(ReplicaTimes replica) {
        char[] track = new char[TRACK_CHARS];
        Arrays.fill(track, '.');
        draw(track, replica.onDiskMicros(), replica.acknowledgedMicros(), '-');
        draw(track, replica.receivedMicros(), replica.onDiskMicros(), '=');
        replica.appliedMicros().ifPresent(micros -> track[at(micros)] = '*');
        track[at(how.committedMicros())] = '|';
        return new String(track);
    }

    private void draw(char[] track, OptionalLong from, OptionalLong to, char sign) {
        if (from.isPresent() && to.isPresent()) {
            Arrays.fill(track, at(from.getAsLong()), Math.max(at(from.getAsLong()), at(to.getAsLong())) + 1, sign);
        }
    }

    private int at(long micros) {
        return Math.clamp(micros * (TRACK_CHARS - 1) / endMicros, 0, TRACK_CHARS - 1);
    }

    private static String millis(OptionalLong micros) {
        return micros.isPresent() ? millis(micros.getAsLong()) : "?";
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.2f ms", micros / MICROS_PER_MILLI);
    }
}
