package io.quorate.client;

import io.quorate.api.Explanation;
import io.quorate.api.Explanation.ReplicaTimes;
import io.quorate.api.Revision;
import java.util.Optional;

/** Reads how a write went off its answer. */
final class ExplanationReader {
    private static final String MEMBER = "explanation";

    private ExplanationReader() {}

    /** What the answer says of it; empty when it says nothing that is understood. */
    static Optional<Explanation> read(Json answer) {
        return answer.member(MEMBER)
                .filter(how ->
                        how.text("takenBy").isPresent() && how.text("leader").isPresent())
                .map(ExplanationReader::explanation);
    }

    private static Explanation explanation(Json how) {
        return new Explanation(
                how.text("takenBy").orElseThrow(),
                how.text("leader").orElseThrow(),
                (int) micros(how, "partition"),
                new Revision(Math.max(0, micros(how, "term")), Math.max(0, micros(how, "index"))),
                (int) micros(how, "quorum"),
                micros(how, "arrivedMicros"),
                micros(how, "appendedMicros"),
                micros(how, "committedMicros"),
                micros(how, "answeredMicros"),
                micros(how, "explainedMicros"),
                how.elements("replicas").stream()
                        .map(ExplanationReader::replica)
                        .toList());
    }

    private static ReplicaTimes replica(Json replica) {
        return new ReplicaTimes(
                replica.text("worker").orElse(""),
                replica.number("receivedMicros"),
                replica.number("onDiskMicros"),
                replica.number("acknowledgedMicros"),
                replica.number("appliedMicros"));
    }

    private static long micros(Json how, String name) {
        return how.number(name).orElse(0);
    }
}
