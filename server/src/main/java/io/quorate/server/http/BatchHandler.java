package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.Partitioning;
import io.quorate.api.Problem;
import io.quorate.api.WriteRequest;
import io.quorate.core.port.WorkerService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /batch}: several writes and reads in one request, each for itself, or all of them or none. */
final class BatchHandler {
    private static final Set<String> MEMBERS = Set.of("atomic", "items");
    private static final String FORM =
            "The body is {\"items\":[{\"op\":\"put\",\"key\":\"…\",\"value\":\"…\"},…]}, with"
                    + " \"atomic\":true if all are to be done or none.";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private record Batch(List<BatchItem> items, boolean atomic) {}

    private final WorkerService service;
    private final HttpSettings settings;

    BatchHandler(WorkerService service, HttpSettings settings) {
        this.service = service;
        this.settings = settings;
    }

    void handle(Exchange exchange) {
        record Terms(WriteNaming naming, int acks) {}
        Parsed<Terms> terms = Routes.jsonOnly(exchange)
                .then(nothing -> exchange.query(List.of(WriteTerms.W)))
                .then(query -> WriteTerms.of(exchange, query, false))
                .then(given -> given.condition().equals(Condition.ALWAYS)
                        ? Parsed.ok(new Terms(given.naming(), given.acks()))
                        : Parsed.bad("Conditions of a batch stand in its items: ifMatch, ifNoneMatch."));
        switch (terms) {
            case Parsed.Refused<Terms>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Terms>(Terms(WriteNaming naming, int acks)) ->
                exchange.readBody(settings.maxJsonBodyBytes(), ValueForms.tooLarge(settings.maxValueBytes()), body -> {
                    switch (parse(body)) {
                        case Parsed.Refused<Batch>(Refusal refusal) -> exchange.refuse(refusal);
                        case Parsed.Ok<Batch>(Batch(List<BatchItem> items, boolean atomic)) -> {
                            if (atomic) {
                                together(exchange, items, naming, acks);
                            } else {
                                oneByOne(exchange, items, naming, acks);
                            }
                        }
                    }
                });
        }
    }

    private Parsed<Batch> parse(Bytes body) {
        JsonNode document;
        try {
            document = MAPPER.readTree(body.toArray());
        } catch (JacksonException malformed) {
            return Parsed.bad("The JSON body is malformed. " + FORM);
        }
        JsonNode items = document.path("items");
        boolean known = document.isObject()
                && document.properties().stream().map(Map.Entry::getKey).allMatch(MEMBERS::contains);
        JsonNode atomic = document.path("atomic");
        if (!known || !items.isArray() || !(atomic.isMissingNode() || atomic.isBoolean())) {
            return Parsed.bad(FORM);
        }
        if (items.isEmpty() || items.size() > WriteRequest.MAX_COMMANDS) {
            return Parsed.bad("A batch has 1 to " + WriteRequest.MAX_COMMANDS + " items, not " + items.size() + ".");
        }
        List<BatchItem> parsed = new ArrayList<>();
        for (JsonNode item : items) {
            switch (BatchItem.of(item, settings.maxValueBytes())) {
                case Parsed.Refused<BatchItem>(Refusal refusal) -> {
                    return Parsed.refused(new Refusal(
                            refusal.problem(),
                            refusal.status(),
                            "Item " + parsed.size() + ": " + refusal.detail() + " Nothing was written."));
                }
                case Parsed.Ok<BatchItem>(BatchItem good) -> parsed.add(good);
            }
        }
        return Parsed.ok(new Batch(parsed, atomic.booleanValue(false)));
    }

    private void oneByOne(Exchange exchange, List<BatchItem> items, WriteNaming naming, int acks) {
        if (naming instanceof WriteNaming.Numbered) {
            exchange.refuse(Refusal.badRequest("A Quorate-Session names one write: make the batch atomic, or send its"
                    + " items one by one, each with a number of its own. Nothing was written."));
            return;
        }
        if (naming instanceof WriteNaming.Keyed(String text) && text.length() > IdempotencyKey.MAX_CHARS - 4) {
            exchange.refuse(Refusal.badRequest("The Idempotency-Key of a batch has at most "
                    + (IdempotencyKey.MAX_CHARS - 4) + " characters, as the number of each item is added to it."));
            return;
        }
        if (items.stream().anyMatch(BatchHandler::isConditionalGet)) {
            exchange.refuse(Refusal.badRequest("A get has a condition only in a batch that is atomic, where nothing is"
                    + " done if it does not hold. Nothing was written."));
            return;
        }
        BatchAnswers answers = new BatchAnswers(exchange, items);
        BatchReads reads = new BatchReads(service, exchange, items, answers, settings.requestTimeoutMillis());
        for (int number = 0; number < items.size(); number++) {
            int item = number;
            switch (items.get(number)) {
                case BatchItem.Get _ -> reads.add(item);
                case BatchItem.Write(Command command) -> {
                    WriteRequest request =
                            request(List.of(command), ofItem(naming, item)).withAcks(acks);
                    service.write(
                            request,
                            settings.requestTimeoutMillis(),
                            exchange.guarded(outcome -> answers.written(item, request, outcome)));
                }
            }
        }
        reads.start();
    }

    private static boolean isConditionalGet(BatchItem item) {
        return item instanceof BatchItem.Get get && !get.condition().equals(Condition.ALWAYS);
    }

    private static WriteNaming ofItem(WriteNaming naming, int item) {
        return naming instanceof WriteNaming.Keyed(String text) ? new WriteNaming.Keyed(text + "#" + item) : naming;
    }

    private static WriteRequest request(List<Command> commands, WriteNaming naming) {
        return new WriteRequest(commands, naming.of(commands));
    }

    private void together(Exchange exchange, List<BatchItem> items, WriteNaming naming, int acks) {
        List<Command> commands = items.stream().map(BatchHandler::command).toList();
        Optional<Refusal> refusal = refusal(commands);
        if (refusal.isPresent()) {
            exchange.refuse(refusal.get());
            return;
        }
        WriteRequest request = request(commands, naming).withAcks(acks);
        service.write(
                request,
                settings.requestTimeoutMillis(),
                exchange.guarded(outcome -> TooFewAcks.of(request, outcome)
                        .ifPresentOrElse(
                                few -> few.answerTogether(exchange),
                                () -> BatchAnswers.together(exchange, request, outcome))));
    }

    private static Command command(BatchItem item) {
        return switch (item) {
            case BatchItem.Write(Command command) -> command;
            case BatchItem.Get(Bytes key, Condition condition) -> new Command.Get(key, condition);
        };
    }

    private Optional<Refusal> refusal(List<Command> commands) {
        int partitions = service.map().partitions();
        if (partitions == 0) {
            return Optional.of(Refusal.withoutMap());
        }
        Partitioning partitioning = new Partitioning(partitions);
        if (commands.stream()
                        .mapToInt(each -> partitioning.of(each.key()))
                        .distinct()
                        .count()
                > 1) {
            return Optional.of(
                    Refusal.badRequest("The keys of a batch that is atomic belong to one partition: write the"
                            + " same tag in braces into each, for example {user:7}/name and {user:7}/mail. Nothing was"
                            + " written."));
        }
        long bytes = commands.stream()
                .mapToLong(each ->
                        each instanceof Command.Put put ? put.value().bytes().length() : 0)
                .sum();
        return bytes > settings.maxValueBytes()
                ? Optional.of(Refusal.of(
                        Problem.VALUE_TOO_LARGE,
                        "The values of a batch that is atomic have together at most " + settings.maxValueBytes()
                                + " bytes (MAX_VALUE_BYTES). Nothing was written."))
                : Optional.empty();
    }
}
