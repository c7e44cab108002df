package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.core.message.PartitionReport;
import java.util.Locale;

/** What a scenario's {@code expect} lines look at. */
final class ScenarioExpectations {
    private final ScenarioWorld world;

    ScenarioExpectations(ScenarioWorld world) {
        this.world = world;
    }

    void check(ScenarioLine words) {
        String subject = words.next();
        if (world.hasWorker(subject)) {
            worker(world.worker(subject), words);
        } else {
            outcome(subject, words.rest());
        }
    }

    /** The script may leave the end of an outcome away. */
    private void outcome(String name, String wanted) {
        String found = world.result(name);
        boolean agrees = found.equals(wanted) || found.startsWith(wanted + " ");
        assertThat(agrees)
                .as("%s: wanted \"%s\", found \"%s\"", name, wanted, found)
                .isTrue();
    }

    private void worker(ScenarioWorker worker, ScenarioLine words) {
        while (words.hasNext()) {
            String aspect = words.next();
            switch (aspect) {
                case "answers" -> same(aspect, words.rest(), answers(worker));
                case "pulled" -> same(aspect, words.rest(), worker.pulled());
                case "log" -> same(aspect, words.next(), Integer.toString(worker.disk.logRecords()));
                case "entry" -> entry(worker, words.number(), words.next());
                case "stored" ->
                    same(
                            aspect,
                            words.next(),
                            Integer.toString(
                                    worker.disk.content(ScenarioWorld.PARTITION).size()));
                case "searches" -> same(aspect, words.next(), Integer.toString(worker.searches()));
                case "remembered" -> same(aspect, words.next(), Integer.toString(worker.remembered()));
                case "has" -> has(worker, words.next());
                case "holds" -> holds(worker, words.next());
                default -> same(aspect, words.next(), aspect(worker, aspect));
            }
        }
    }

    private static void entry(ScenarioWorker worker, long index, String wanted) {
        same("changes of entry " + index, wanted, worker.disk.kindsAt(index));
    }

    private static String answers(ScenarioWorker worker) {
        return worker.answers.isEmpty() ? "nothing" : String.join(", ", worker.answers);
    }

    /** A read of the replica as it is: {@code a=1}, {@code a=} for a missing key, {@code a=not-served}. */
    private void has(ScenarioWorker worker, String assignment) {
        String[] sides = assignment.split("=", 2);
        String found = world.peek(worker.id(), Bytes.utf8(sides[0]));
        String value = found.replaceFirst(" local by .*", "");
        String shown = found.startsWith("not-served ") ? "not-served" : value;
        same("value of " + sides[0], sides[1], shown.equals("missing") ? "" : shown);
    }

    /** What its replica has, whether or not it serves reads. */
    private static void holds(ScenarioWorker worker, String assignment) {
        String[] sides = assignment.split("=", 2);
        same("value of " + sides[0], sides[1], worker.held(Bytes.utf8(sides[0])));
    }

    private static String aspect(ScenarioWorker worker, String aspect) {
        if (worker.report().isEmpty()) {
            return "none";
        }
        PartitionReport report = worker.report().orElseThrow();
        return switch (aspect) {
            case "last" -> report.last().term() + "-" + report.last().index();
            case "applied" -> Long.toString(report.appliedIndex());
            case "committed" -> Long.toString(report.commitIndex());
            case "term" -> Long.toString(report.term());
            case "role" -> report.role().name().toLowerCase(Locale.ROOT);
            case "established" -> Boolean.toString(report.established());
            default -> throw new IllegalArgumentException("nothing is known of \"" + aspect + "\"");
        };
    }

    private static void same(String what, String wanted, String found) {
        assertThat(found).as(what).isEqualTo(wanted);
    }
}
