package io.quorate.server.http;

import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.WriteRequest;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** A write that is applied, and that fewer replicas are known to have on disk than it asked for with {@code w}. */
record TooFewAcks(WriteRequest request, Outcome.Applied applied, int wanted) {
    /** What became of a write, if it is that. */
    static Optional<TooFewAcks> of(WriteRequest request, Outcome outcome) {
        if (!(outcome instanceof Outcome.Applied applied)) {
            return Optional.empty();
        }
        int wanted = Math.min(request.acks(), applied.replicas());
        return applied.acks() < wanted ? Optional.of(new TooFewAcks(request, applied, wanted)) : Optional.empty();
    }

    Refusal refusal() {
        return Refusal.of(
                Problem.TOO_FEW_ACKS,
                "The write is applied and %d replicas have it on disk; that %d have it was not confirmed in time. Do not send it again."
                        .formatted(applied.acks(), wanted));
    }

    /** The members that the problem of a write of one command has beside the usual ones. */
    void write(JsonGenerator json) {
        writeShared(json);
        json.writeBooleanProperty("existed", applied.existed());
        applied.result().ifPresent(number -> JsonText.bytes(json, "value", number));
        ExplanationJson.write(json, applied);
    }

    private void writeShared(JsonGenerator json) {
        json.writeStringProperty("revision", applied.revision().toString());
        WriteAnswers.acknowledged(json, applied);
    }

    void answer(Exchange exchange) {
        WriteAnswers.tagged(exchange, applied);
        exchange.refuse(refusal(), Problems.APPLIED, this::write);
    }

    /** Of a batch that is atomic: what its commands came to is told all the same. */
    void answerTogether(Exchange exchange) {
        WriteAnswers.tagged(exchange, applied);
        exchange.refuse(refusal(), Problems.APPLIED, json -> {
            writeShared(json);
            BatchAnswers.items(json, request, applied);
        });
    }
}
