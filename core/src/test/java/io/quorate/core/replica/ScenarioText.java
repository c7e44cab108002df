package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;

/** Outcomes as scripts write them. */
final class ScenarioText {
    private ScenarioText() {}

    static String of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied applied ->
                "applied %s acks %d %s%s"
                        .formatted(
                                applied.revision(),
                                applied.acks(),
                                applied.existed() ? "replaced" : "new",
                                applied.result()
                                        .map(result -> " result " + text(result))
                                        .orElse(""));
            case Outcome.ConditionFailed failed -> "condition-failed " + failed.current();
            case Outcome.NotApplied refused -> "not-applied " + of(refused.problem());
            case Outcome.Unknown _ -> "unknown";
        };
    }

    static String of(ReadOutcome outcome) {
        return switch (outcome) {
            case ReadOutcome.Found found -> text(found.record().value().bytes());
            case ReadOutcome.Missing _ -> "missing";
            case ReadOutcome.NotServed refused -> "not-served " + of(refused.problem());
        };
    }

    private static String text(Bytes bytes) {
        return bytes.asUtf8().orElse("(binary)");
    }

    private static String of(Problem problem) {
        return problem.type();
    }
}
