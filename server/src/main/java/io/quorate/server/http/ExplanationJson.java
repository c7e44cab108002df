package io.quorate.server.http;

import io.quorate.api.Explanation;
import io.quorate.api.Explanation.ReplicaTimes;
import io.quorate.api.Outcome;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/** How a write went, as JSON: times in microseconds after the worker that took it got it. */
final class ExplanationJson {
    static final String MEMBER = "explanation";

    private ExplanationJson() {}

    /** The member, if that was asked for. */
    static void write(JsonGenerator json, Outcome.Applied applied) {
        applied.explanation().ifPresent(how -> write(json, how));
    }

    private static void write(JsonGenerator json, Explanation how) {
        json.writeObjectPropertyStart(MEMBER);
        json.writeStringProperty("takenBy", how.takenBy());
        json.writeStringProperty("leader", how.leader());
        json.writeNumberProperty("partition", how.partition());
        json.writeNumberProperty("term", how.revision().term());
        json.writeNumberProperty("index", how.revision().index());
        json.writeNumberProperty("quorum", how.quorum());
        json.writeNumberProperty("arrivedMicros", how.arrivedMicros());
        json.writeNumberProperty("appendedMicros", how.appendedMicros());
        json.writeNumberProperty("committedMicros", how.committedMicros());
        json.writeNumberProperty("answeredMicros", how.answeredMicros());
        json.writeNumberProperty("explainedMicros", how.explainedMicros());
        JsonText.objects(json, "replicas", how.replicas(), replica -> write(json, how, replica));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Explanation how, ReplicaTimes replica) {
        json.writeStringProperty("worker", replica.worker());
        json.writeStringProperty("role", replica.worker().equals(how.leader()) ? "leader" : "follower");
        time(json, "receivedMicros", replica.receivedMicros());
        time(json, "onDiskMicros", replica.onDiskMicros());
        time(json, "acknowledgedMicros", replica.acknowledgedMicros());
        time(json, "appliedMicros", replica.appliedMicros());
        time(json, "committedWithoutItMicros", how.committedWithout(replica.worker()));
    }

    /** Null for what is not known, or would not have been. */
    private static void time(JsonGenerator json, String name, OptionalLong micros) {
        if (micros.isPresent()) {
            json.writeNumberProperty(name, micros.getAsLong());
        } else {
            json.writeNullProperty(name);
        }
    }
}
