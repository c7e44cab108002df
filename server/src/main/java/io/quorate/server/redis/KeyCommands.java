package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.ItemResult;
import io.quorate.api.WriteRequest;
import java.util.List;
import java.util.Optional;

/** Commands about whether keys exist. */
final class KeyCommands {
    private KeyCommands() {}

    static List<CommandSpec> all() {
        return List.of(
                CommandSpec.ofKeys("DEL", -2, 1, true, Family.KEY, "Deletes keys.", KeyCommands::delete),
                CommandSpec.ofKeys("UNLINK", -2, 1, true, Family.KEY, "Deletes keys.", KeyCommands::delete),
                CommandSpec.ofKeys(
                        "EXISTS", -2, 1, false, Family.KEY, "Counts the keys that exist.", KeyCommands::count),
                CommandSpec.ofKeys(
                        "TOUCH", -2, 1, false, Family.KEY, "Counts the keys that exist.", KeyCommands::count),
                CommandSpec.ofKey(
                        "TYPE",
                        2,
                        Family.KEY,
                        false,
                        "Returns the type of a value.",
                        (arguments, key, session) -> type(key)));
    }

    private static Operation type(Bytes key) {
        return Operation.evaluated(
                key, draft -> new Reply.Simple(draft.value(key).isPresent() ? "string" : "none"));
    }

    private static Operation delete(Arguments arguments, Session session) {
        return deletion(arguments.from(1));
    }

    private static Operation deletion(List<Bytes> keys) {
        Optional<Operation.Direct> direct = keys.size() > WriteRequest.MAX_COMMANDS
                ? Optional.empty()
                : Optional.of(new Operation.Direct(
                        keys.stream().<Command>map(Command.Delete::new).toList(),
                        results -> new Reply.Whole(
                                results.stream().filter(ItemResult::existed).count()),
                        Optional.empty()));
        return new Operation(
                keys,
                draft -> {
                    long deleted = 0;
                    for (Bytes key : keys) {
                        deleted += draft.value(key).isPresent() ? 1 : 0;
                        draft.delete(key);
                    }
                    return new Reply.Whole(deleted);
                },
                direct,
                Optional.of(new Sum(keys, KeyCommands::deletion)));
    }

    private static Operation count(Arguments arguments, Session session) {
        return counting(arguments.from(1));
    }

    private static Operation counting(List<Bytes> keys) {
        return new Operation(
                keys,
                draft -> new Reply.Whole(keys.stream()
                        .filter(key -> draft.value(key).isPresent())
                        .count()),
                Optional.empty(),
                Optional.of(new Sum(keys, KeyCommands::counting)));
    }

    private interface OfKeys {
        Operation of(List<Bytes> keys);
    }

    /** A command whose answer is the sum of those of its parts. */
    private record Sum(List<Bytes> keys, OfKeys kind) implements Operation.Split {
        @Override
        public Operation of(List<Integer> places) {
            return kind.of(places.stream().map(keys::get).toList());
        }

        @Override
        public Reply whole(List<Operation.Part> parts) {
            return new Reply.Whole(parts.stream()
                    .mapToLong(part -> part.reply() instanceof Reply.Whole(long number) ? number : 0)
                    .sum());
        }
    }
}
