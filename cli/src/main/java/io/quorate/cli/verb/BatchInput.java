package io.quorate.cli.verb;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.WriteRequest;
import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.client.BatchItem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what is to be sent in batches: JSON objects one after the other, each of them an item or a whole batch. */
final class BatchInput {
    /** Items after each other make batches with so many bytes of keys and values, or one item. */
    private static final int MAX_BATCH_BYTES = 1 << 20;

    private static final Set<String> MEMBERS = Set.of("atomic", "items");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What is sent at once. */
    sealed interface Part {
        /** Items that are each for themselves. */
        record Items(List<BatchItem> items) implements Part {}

        /** Writes and reads of which all are done or none. */
        record Together(List<Command> commands) implements Part {}
    }

    private final List<Part> parts = new ArrayList<>();
    private final List<BatchItem> gathered = new ArrayList<>();
    private long gatheredBytes;
    private int items;

    private BatchInput() {}

    /** All of it, so that nothing is sent when some of it is wrong. */
    static List<Part> read(Bytes content) throws CommandRefusedException {
        BatchInput input = new BatchInput();
        try {
            Iterator<JsonNode> objects = MAPPER.readerFor(JsonNode.class).readValues(content.toArray());
            while (objects.hasNext()) {
                input.take(objects.next());
            }
        } catch (JacksonException malformed) {
            throw input.wrong("is no JSON: "
                    + String.valueOf(malformed.getOriginalMessage())
                            .lines()
                            .findFirst()
                            .orElse(""));
        }
        input.endBatch();
        if (input.parts.isEmpty()) {
            throw new CommandRefusedException(ExitCode.USAGE, "There are no items.");
        }
        return input.parts;
    }

    private void take(JsonNode object) throws CommandRefusedException {
        if (!object.has("items")) {
            gather(apart(item(object)));
            return;
        }
        endBatch();
        List<BatchItem> batch = new ArrayList<>();
        for (JsonNode item : object.path("items")) {
            batch.add(item(item));
        }
        requireForm(object, batch.size());
        if (object.path("atomic").booleanValue(false)) {
            parts.add(new Part.Together(commands(batch)));
        } else {
            for (BatchItem item : batch) {
                apart(item);
            }
            parts.add(new Part.Items(batch));
        }
    }

    /** An item that is to be done by itself. */
    private static BatchItem apart(BatchItem item) throws CommandRefusedException {
        if (item instanceof BatchItem.Write(Command.Get _)) {
            throw new CommandRefusedException(
                    ExitCode.USAGE, "A get has a condition only in a batch that is atomic. Nothing was sent.");
        }
        return item;
    }

    private static void requireForm(JsonNode batch, int size) throws CommandRefusedException {
        boolean known = batch.path("items").isArray()
                && batch.properties().stream().map(Map.Entry::getKey).allMatch(MEMBERS::contains)
                && (!batch.has("atomic") || batch.path("atomic").isBoolean());
        if (!known) {
            throw new CommandRefusedException(
                    ExitCode.USAGE,
                    "A batch is {\"items\":[…]}, with \"atomic\":true if all is to be done or nothing.");
        }
        if (size < 1 || size > WriteRequest.MAX_COMMANDS) {
            throw new CommandRefusedException(
                    ExitCode.USAGE, "A batch has 1 to " + WriteRequest.MAX_COMMANDS + " items, not " + size + ".");
        }
    }

    private static List<Command> commands(List<BatchItem> items) {
        List<Command> commands = new ArrayList<>();
        for (BatchItem item : items) {
            switch (item) {
                case BatchItem.Write(Command command) -> commands.add(command);
                case BatchItem.Read(Bytes key) -> commands.add(new Command.Get(key));
            }
        }
        return commands;
    }

    private BatchItem item(JsonNode object) throws CommandRefusedException {
        try {
            BatchItem item = ItemReader.read(object);
            items++;
            return item;
        } catch (ItemReader.NoItemException none) {
            throw wrong(String.valueOf(none.getMessage()));
        }
    }

    private CommandRefusedException wrong(String why) {
        return new CommandRefusedException(
                ExitCode.USAGE, "Item " + items + " (they begin with 0) " + why + ". Nothing was sent.");
    }

    private void gather(BatchItem item) {
        long bytes = bytes(item);
        if (gathered.size() == WriteRequest.MAX_COMMANDS || gatheredBytes + bytes > MAX_BATCH_BYTES) {
            endBatch();
        }
        gathered.add(item);
        gatheredBytes += bytes;
    }

    private static long bytes(BatchItem item) {
        long value = item instanceof BatchItem.Write(Command.Put put)
                ? put.value().bytes().length()
                : 0;
        return item.key().length() + value;
    }

    private void endBatch() {
        if (!gathered.isEmpty()) {
            parts.add(new Part.Items(List.copyOf(gathered)));
            gathered.clear();
            gatheredBytes = 0;
        }
    }
}
