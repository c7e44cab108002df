package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.Value;
import io.quorate.api.WriteRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Commands that read or set the values of several keys. */
final class SeveralKeysCommands {
    private SeveralKeysCommands() {}

    private record Pair(Bytes key, Value value) {}

    static List<CommandSpec> all() {
        return List.of(
                CommandSpec.ofKeys(
                        "MGET",
                        -2,
                        1,
                        false,
                        Family.STRING,
                        "Returns the values of keys.",
                        (arguments, session) -> values(arguments.from(1))),
                CommandSpec.ofKeys(
                        "MSET",
                        -3,
                        2,
                        true,
                        Family.STRING,
                        "Sets the values of keys.",
                        (arguments, session) -> setting(pairs(arguments, session))),
                CommandSpec.ofKeys(
                        "MSETNX",
                        -3,
                        2,
                        true,
                        Family.STRING,
                        "Sets the values of keys of which none exists.",
                        (arguments, session) -> settingIfAbsent(pairs(arguments, session))));
    }

    private static List<Pair> pairs(Arguments arguments, Session session) throws RefusedException {
        if (arguments.count() % 2 == 0) {
            throw Errors.arity(arguments.name());
        }
        List<Pair> pairs = new ArrayList<>();
        for (int place = 1; place < arguments.count(); place += 2) {
            pairs.add(new Pair(arguments.at(place), Values.given(arguments.at(place + 1), session)));
        }
        return pairs;
    }

    private static Operation values(List<Bytes> keys) {
        return new Operation(
                keys,
                draft -> new Reply.Many(
                        keys.stream().map(key -> Values.reply(draft.value(key))).toList()),
                Optional.empty(),
                Optional.of(new InOrder(keys)));
    }

    private record InOrder(List<Bytes> keys) implements Operation.Split {
        @Override
        public Operation of(List<Integer> places) {
            return values(places.stream().map(keys::get).toList());
        }

        @Override
        public Reply whole(List<Operation.Part> parts) {
            Reply[] values = new Reply[keys.size()];
            Arrays.fill(values, Reply.NOTHING);
            for (Operation.Part part : parts) {
                if (part.reply() instanceof Reply.Many(List<Reply> items)) {
                    for (int i = 0; i < items.size(); i++) {
                        values[part.places().get(i)] = items.get(i);
                    }
                }
            }
            return new Reply.Many(List.of(values));
        }
    }

    private static Operation setting(List<Pair> pairs) {
        Optional<Operation.Direct> direct = pairs.size() > WriteRequest.MAX_COMMANDS
                ? Optional.empty()
                : Optional.of(new Operation.Direct(
                        pairs.stream()
                                .<Command>map(pair -> new Command.Put(pair.key(), pair.value()))
                                .toList(),
                        _ -> Reply.OK,
                        Optional.empty()));
        return new Operation(
                keys(pairs),
                draft -> {
                    pairs.forEach(pair -> draft.put(pair.key(), pair.value(), Lifetime.FOREVER));
                    return Reply.OK;
                },
                direct,
                Optional.of(new Settings(pairs)));
    }

    private static List<Bytes> keys(List<Pair> pairs) {
        return pairs.stream().map(Pair::key).toList();
    }

    private record Settings(List<Pair> pairs) implements Operation.Split {
        @Override
        public Operation of(List<Integer> places) {
            return setting(places.stream().map(pairs::get).toList());
        }

        @Override
        public long bytes(int place) {
            Pair pair = pairs.get(place);
            return (long) pair.key().length() + pair.value().bytes().length();
        }

        @Override
        public Reply whole(List<Operation.Part> parts) {
            return Reply.OK;
        }
    }

    /** A key that is named twice has a condition once, as the first of its values would break it. */
    private static Operation settingIfAbsent(List<Pair> pairs) {
        List<Bytes> keys = keys(pairs);
        boolean isDirect = pairs.size() <= WriteRequest.MAX_COMMANDS
                && keys.stream().distinct().count() == keys.size();
        Optional<Operation.Direct> direct = isDirect
                ? Optional.of(new Operation.Direct(
                        pairs.stream()
                                .<Command>map(pair -> new Command.Put(
                                        pair.key(), pair.value(), new Condition.Absent(), Lifetime.FOREVER))
                                .toList(),
                        _ -> Reply.ONE,
                        Optional.of(Reply.ZERO)))
                : Optional.empty();
        return new Operation(
                keys,
                draft -> {
                    if (keys.stream().anyMatch(key -> draft.value(key).isPresent())) {
                        return Reply.ZERO;
                    }
                    pairs.forEach(pair -> draft.put(pair.key(), pair.value(), Lifetime.FOREVER));
                    return Reply.ONE;
                },
                direct,
                Optional.empty());
    }
}
