package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.ItemResult;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.WriteRequest;
import io.quorate.core.wire.ItemResultsV1;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Gathers what became of the items of a batch and answers when all are known. */
final class BatchAnswers {
    /** What is read goes into one answer, which is made as a whole. */
    private static final int MAX_VALUE_BYTES = 4 << 20;

    private final Exchange exchange;
    private final List<BatchItem> items;
    private final List<Consumer<JsonGenerator>> answers;
    private int awaited;
    private long valueBytes;

    BatchAnswers(Exchange exchange, List<BatchItem> items) {
        this.exchange = exchange;
        this.items = items;
        this.answers = new ArrayList<>(Collections.nCopies(items.size(), _ -> {}));
        this.awaited = items.size();
    }

    void read(int item, ReadOutcome outcome) {
        Bytes key = items.get(item).key();
        answered(
                item,
                switch (outcome) {
                    case ReadOutcome.Found(Record record, ReadOutcome.Served _) -> found(key, record);
                    case ReadOutcome.Missing _ -> problem(key, Problem.KEY_NOT_FOUND, "There is no key " + key + ".");
                    case ReadOutcome.NotServed(Problem problem, String detail) -> problem(key, problem, detail);
                });
    }

    private Consumer<JsonGenerator> found(Bytes key, Record record) {
        int length = record.value().bytes().length();
        if (valueBytes + length > MAX_VALUE_BYTES) {
            return problem(
                    key,
                    Problem.VALUE_TOO_LARGE,
                    "The values that a batch reads have together at most " + MAX_VALUE_BYTES
                            + " bytes: read this key by itself.");
        }
        valueBytes += length;
        return json -> {
            json.writeNumberProperty("status", 200);
            ValueForms.writeWhole(json, key, record);
        };
    }

    void written(int item, WriteRequest request, Outcome outcome) {
        Command command = request.command();
        Optional<TooFewAcks> few = TooFewAcks.of(request, outcome);
        if (few.isPresent()) {
            answered(
                    item,
                    problem(
                            command.key(),
                            few.get().refusal(),
                            Problems.APPLIED,
                            json -> few.get().write(json)));
            return;
        }
        answered(
                item,
                switch (outcome) {
                    case Outcome.Applied applied -> json -> applied(json, command, applied);
                    case Outcome.ConditionFailed failed -> conditionFailed(command, failed);
                    case Outcome.NotApplied(Problem problem, String detail) -> problem(command.key(), problem, detail);
                    case Outcome.Unknown(String detail, boolean _) ->
                        problem(command.key(), Problem.DEADLINE, detail, Problems.UNKNOWN, _ -> {});
                });
    }

    private static void applied(JsonGenerator json, Command command, Outcome.Applied applied) {
        int status = command instanceof Command.Delete ? 204 : applied.existed() ? 200 : 201;
        json.writeNumberProperty("status", status);
        JsonText.bytes(json, "key", command.key());
        json.writeStringProperty("outcome", Problems.APPLIED);
        json.writeStringProperty("revision", applied.revision().toString());
        json.writeBooleanProperty("existed", applied.existed());
        applied.result().ifPresent(number -> JsonText.bytes(json, "value", number));
    }

    /** A key that is not there can be given no lifetime: that is a miss, unless a condition was asked for. */
    private static Consumer<JsonGenerator> conditionFailed(Command command, Outcome.ConditionFailed failed) {
        if (command instanceof Command.Retime && WriteAnswers.isMiss(command, failed)) {
            return problem(command.key(), Problem.KEY_NOT_FOUND, "There is no key " + command.key() + ".");
        }
        return problem(
                command.key(),
                Problem.CONDITION_FAILED,
                "The condition did not hold; nothing was written.",
                Problems.NOT_APPLIED,
                json -> current(json, failed.current()));
    }

    private static void current(JsonGenerator json, Revision current) {
        if (!current.equals(Revision.NONE)) {
            json.writeStringProperty("revision", current.toString());
        }
    }

    private static Consumer<JsonGenerator> problem(Bytes key, Problem problem, String detail) {
        return problem(key, problem, detail, Problems.NOT_APPLIED, _ -> {});
    }

    private static Consumer<JsonGenerator> problem(
            Bytes key, Problem problem, String detail, String outcome, Consumer<JsonGenerator> more) {
        return problem(key, Refusal.of(problem, detail), outcome, more);
    }

    private static Consumer<JsonGenerator> problem(
            Bytes key, Refusal refusal, String outcome, Consumer<JsonGenerator> more) {
        return json -> {
            JsonText.bytes(json, "key", key);
            Problems.write(json, refusal, outcome);
            more.accept(json);
        };
    }

    private void answered(int item, Consumer<JsonGenerator> answer) {
        answers.set(item, answer);
        awaited--;
        if (awaited == 0) {
            exchange.json(
                    200, JsonText.object(json -> JsonText.objects(json, "items", answers, each -> each.accept(json))));
        }
    }

    /** What became of a batch that is atomic. */
    static void together(Exchange exchange, WriteRequest request, Outcome outcome) {
        List<Command> commands = request.commands();
        if (!(outcome instanceof Outcome.Applied applied)) {
            WriteAnswers.refused(exchange, outcome, json -> {
                if (outcome instanceof Outcome.ConditionFailed failed) {
                    json.writeNumberProperty("item", failed.item());
                    JsonText.bytes(json, "key", commands.get(failed.item()).key());
                }
            });
            return;
        }
        WriteAnswers.tagged(exchange, applied).json(200, JsonText.object(json -> {
            json.writeStringProperty("revision", applied.revision().toString());
            WriteAnswers.acknowledged(json, applied);
            items(json, request, applied);
        }));
    }

    /** What the commands of a batch that is atomic came to. */
    static void items(JsonGenerator json, WriteRequest request, Outcome.Applied applied) {
        List<ItemResult> results = ItemResultsV1.of(request, applied);
        json.writeArrayPropertyStart("items");
        for (int i = 0; i < results.size(); i++) {
            json.writeStartObject();
            item(json, request.commands().get(i).key(), results.get(i));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void item(JsonGenerator json, Bytes key, ItemResult result) {
        if (result.found().isPresent()) {
            ValueForms.writeWhole(json, key, result.found().get());
        } else {
            JsonText.bytes(json, "key", key);
            result.result().ifPresent(number -> JsonText.bytes(json, "value", number));
        }
        json.writeBooleanProperty("existed", result.existed());
    }
}
