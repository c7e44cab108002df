package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Consistency;
import io.quorate.api.Explanation;
import io.quorate.api.KeyChange;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ScanOutcome;
import io.quorate.api.WatchOutcome;
import io.quorate.core.wire.ItemResultsV1;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Outcomes as scripts write them. */
final class ScenarioText {
    /** With this begin the encoded results of several commands, and no number does. */
    private static final byte ITEMS = 1;

    private ScenarioText() {}

    static String of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied applied ->
                "applied %s acks %d %s%s%s"
                        .formatted(
                                applied.revision(),
                                applied.acks(),
                                applied.existed() ? "replaced" : "new",
                                applied.result().map(ScenarioText::ofResult).orElse(""),
                                applied.explanation().map(ScenarioText::of).orElse(""));
            case Outcome.ConditionFailed failed -> "condition-failed " + failed.current();
            case Outcome.NotApplied refused -> "not-applied " + of(refused.problem());
            case Outcome.Unknown unknown -> unknown.forgotten() ? "unknown forgotten" : "unknown";
        };
    }

    /** Of several commands, what they read. */
    private static String ofResult(Bytes result) {
        return result.at(0) == ITEMS
                ? ItemResultsV1.decode(result).stream()
                        .flatMap(item -> item.found().stream())
                        .map(record -> text(record.value().bytes()))
                        .collect(Collectors.joining(",", " told ", ""))
                : " result " + text(result);
    }

    private static String of(Explanation how) {
        return " explained by %s in %d%s"
                .formatted(
                        how.takenBy(),
                        how.committedMicros() / 1_000,
                        how.replicas().stream().map(ScenarioText::of).collect(Collectors.joining()));
    }

    private static String of(Explanation.ReplicaTimes replica) {
        return " "
                + replica.worker()
                + Stream.of(
                                replica.receivedMicros(),
                                replica.onDiskMicros(),
                                replica.acknowledgedMicros(),
                                replica.appliedMicros())
                        .map(time -> time.isPresent() ? Long.toString(time.getAsLong() / 1_000) : "-")
                        .collect(Collectors.joining("/", " ", ""));
    }

    static String of(ReadOutcome outcome) {
        return switch (outcome) {
            case ReadOutcome.Found found -> text(found.record().value().bytes()) + by(found.served());
            case ReadOutcome.Missing missing -> "missing" + by(missing.served());
            case ReadOutcome.NotServed refused -> "not-served " + of(refused.problem());
        };
    }

    private static String by(ReadOutcome.Served served) {
        return served.consistency() == Consistency.LINEARIZABLE
                ? ""
                : " " + served.consistency().name().toLowerCase(Locale.ROOT) + " by " + served.worker();
    }

    private static String text(Bytes bytes) {
        return bytes.asUtf8().orElse("(binary)");
    }

    private static String of(Problem problem) {
        return problem.type();
    }

    static String of(ScanOutcome outcome) {
        return switch (outcome) {
            case ScanOutcome.Page page -> {
                Stream<String> records = page.records().stream()
                        .map(each -> each.key() + "=" + each.record().value().bytes());
                String end = page.next().map(next -> "next " + next).orElse("end");
                yield Stream.concat(records, Stream.of(end)).collect(Collectors.joining(" "));
            }
            case ScanOutcome.NotServed not -> "not-served " + not.problem().type();
        };
    }

    static String of(WatchOutcome outcome) {
        return switch (outcome) {
            case WatchOutcome.Changes page ->
                Stream.concat(page.changes().stream().map(ScenarioText::of), Stream.of("up-to " + page.upTo()))
                        .collect(Collectors.joining(" "));
            case WatchOutcome.NotServed not -> "not-served " + not.problem().type();
        };
    }

    private static String of(KeyChange change) {
        return switch (change) {
            case KeyChange.Put put -> put.key() + "=" + put.record().value().bytes();
            case KeyChange.Deleted deleted -> "-" + deleted.key();
            case KeyChange.Expired expired -> "expired:" + expired.key();
        };
    }
}
