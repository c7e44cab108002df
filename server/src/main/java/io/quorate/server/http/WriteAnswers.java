package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.api.WriteRequest;
import io.vertx.core.http.HttpHeaders;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** What clients are told of their writes. */
final class WriteAnswers {
    private WriteAnswers() {}

    static void put(Exchange exchange, Bytes key, Outcome outcome) {
        if (outcome instanceof Outcome.Applied applied) {
            tagged(exchange, applied)
                    .with(HttpHeaders.ETAG, '"' + applied.revision().toString() + '"')
                    .json(applied.existed() ? 200 : 201, written(key, applied));
        } else {
            refused(exchange, outcome);
        }
    }

    /** A key that is not there can be given no lifetime: that is a miss, unless a condition was asked for. */
    static void retime(Exchange exchange, WriteRequest request, Outcome outcome) {
        if (outcome instanceof Outcome.ConditionFailed failed && isMiss(request.command(), failed)) {
            exchange.with(KvHeaders.OUTCOME, Problems.NOT_APPLIED);
            exchange.refuse(Refusal.of(Problem.KEY_NOT_FOUND, "There is no key " + request.key() + "."));
        } else {
            put(exchange, request.key(), outcome);
        }
    }

    static boolean isMiss(Command command, Outcome.ConditionFailed failed) {
        return failed.current().equals(Revision.NONE) && command.condition().equals(Condition.ALWAYS);
    }

    static void delete(Exchange exchange, Bytes key, Outcome outcome) {
        if (outcome instanceof Outcome.Applied applied) {
            tagged(exchange, applied).with(KvHeaders.EXISTED, Boolean.toString(applied.existed()));
            if (applied.explanation().isEmpty()) {
                exchange.empty(204);
            } else {
                exchange.json(200, written(key, applied));
            }
        } else {
            refused(exchange, outcome);
        }
    }

    /** A record that came from elsewhere: an older one is not an error, what is here stays. */
    static void replicate(Exchange exchange, Bytes key, Outcome outcome) {
        switch (outcome) {
            case Outcome.Applied applied ->
                tagged(exchange, applied)
                        .with(HttpHeaders.ETAG, '"' + applied.revision().toString() + '"')
                        .json(applied.existed() ? 200 : 201, written(key, applied));
            case Outcome.ConditionFailed(Revision current, int _) ->
                exchange.with(KvHeaders.OUTCOME, Problems.NOT_APPLIED).json(200, kept(key, current));
            case Outcome.NotApplied notApplied -> refused(exchange, notApplied);
            case Outcome.Unknown unknown -> refused(exchange, unknown);
        }
    }

    static Exchange tagged(Exchange exchange, Outcome.Applied applied) {
        return exchange.with(KvHeaders.REVISION, applied.revision().toString())
                .with(KvHeaders.OUTCOME, Problems.APPLIED);
    }

    private static Bytes written(Bytes key, Outcome.Applied applied) {
        return JsonText.object(json -> {
            JsonText.bytes(json, "key", key);
            json.writeStringProperty("revision", applied.revision().toString());
            applied.result().ifPresent(number -> JsonText.bytes(json, "value", number));
            acknowledged(json, applied);
            ExplanationJson.write(json, applied);
        });
    }

    static void acknowledged(JsonGenerator json, Outcome.Applied applied) {
        json.writeNumberProperty("acks", applied.acks());
        json.writeNumberProperty("replicas", applied.replicas());
        json.writeNumberProperty("quorum", applied.quorum());
    }

    private static Bytes kept(Bytes key, Revision current) {
        return JsonText.object(json -> {
            JsonText.bytes(json, "key", key);
            json.writeStringProperty("revision", current.toString());
            json.writeBooleanProperty("written", false);
            json.writeStringProperty("detail", "What is here is not older; it stays.");
        });
    }

    private static void refused(Exchange exchange, Outcome outcome) {
        refused(exchange, outcome, _ -> {});
    }

    /** @param more members of the problem beside the usual ones */
    static void refused(Exchange exchange, Outcome outcome, Consumer<JsonGenerator> more) {
        switch (outcome) {
            case Outcome.Applied applied -> throw new IllegalStateException("applied is no refusal");
            case Outcome.ConditionFailed(Revision current, int _) -> {
                exchange.with(KvHeaders.OUTCOME, Problems.NOT_APPLIED);
                if (!current.equals(Revision.NONE)) {
                    exchange.with(HttpHeaders.ETAG, '"' + current.toString() + '"');
                }
                exchange.refuse(
                        Refusal.of(Problem.CONDITION_FAILED, "The condition did not hold; nothing was written."),
                        Problems.NOT_APPLIED,
                        more);
            }
            case Outcome.NotApplied(Problem problem, String detail) -> {
                exchange.with(KvHeaders.OUTCOME, Problems.NOT_APPLIED);
                exchange.refuse(Refusal.of(problem, detail));
            }
            case Outcome.Unknown unknown -> {
                exchange.with(KvHeaders.OUTCOME, Problems.UNKNOWN);
                exchange.refuse(unknown(unknown), Problems.UNKNOWN, json -> {});
            }
        }
    }

    /** Why it is not known what became of a write. */
    static Refusal unknown(Outcome.Unknown outcome) {
        return Refusal.of(outcome.forgotten() ? Problem.SESSION_ENDED : Problem.DEADLINE, outcome.detail());
    }
}
