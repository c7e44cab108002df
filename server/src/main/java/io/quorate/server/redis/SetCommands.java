package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.Value;
import java.util.List;
import java.util.Optional;

/** SET and the commands that are short for one of its forms. */
final class SetCommands {
    private SetCommands() {}

    private record Options(Condition condition, boolean get, Lifetime lifetime) {}

    static List<CommandSpec> all() {
        return List.of(
                CommandSpec.ofKey("SET", -3, Family.STRING, true, "Sets the value of a key.", SetCommands::set),
                CommandSpec.ofKey(
                        "SETNX",
                        3,
                        Family.STRING,
                        true,
                        "Sets the value of a key that does not exist.",
                        SetCommands::setIfAbsent),
                CommandSpec.ofKey(
                        "SETEX",
                        4,
                        Family.STRING,
                        true,
                        "Sets a value for so many seconds.",
                        (arguments, key, session) -> setFor(arguments, key, session, Expiries.Form.EX)),
                CommandSpec.ofKey(
                        "PSETEX",
                        4,
                        Family.STRING,
                        true,
                        "Sets a value for so many milliseconds.",
                        (arguments, key, session) -> setFor(arguments, key, session, Expiries.Form.PX)));
    }

    private static Operation set(Arguments arguments, Bytes key, Session session) throws RefusedException {
        Options options = options(arguments);
        Value value = Values.given(arguments.at(2), session);
        return options.get() ? setAndGet(key, value, options) : set(key, value, options, Reply.OK, Reply.NOTHING);
    }

    private static Options options(Arguments arguments) throws RefusedException {
        Condition condition = Condition.ALWAYS;
        Optional<Lifetime> lifetime = Optional.empty();
        boolean get = false;
        for (int place = 3; place < arguments.count(); place++) {
            String word = arguments.word(place);
            Optional<Expiries.Form> form = Expiries.Form.named(word);
            if (word.equals("GET")) {
                get = true;
            } else if ((word.equals("NX") || word.equals("XX")) && condition.equals(Condition.ALWAYS)) {
                condition = word.equals("NX") ? new Condition.Absent() : new Condition.Exists();
            } else if (word.equals("KEEPTTL") && lifetime.isEmpty()) {
                lifetime = Optional.of(new Lifetime.Keep());
            } else if (form.isPresent() && lifetime.isEmpty() && place + 1 < arguments.count()) {
                lifetime = Optional.of(Expiries.option("set", form.get(), arguments.whole(place + 1)));
                place++;
            } else {
                throw Errors.syntax();
            }
        }
        return new Options(condition, get, lifetime.orElse(Lifetime.FOREVER));
    }

    private static Operation set(Bytes key, Value value, Options options, Reply done, Reply notDone) {
        Command.Put put = new Command.Put(key, value, options.condition(), options.lifetime());
        Operation.Direct direct = options.condition().equals(Condition.ALWAYS)
                ? Operation.Direct.of(put, _ -> done)
                : Operation.Direct.of(put, _ -> done, notDone);
        return Operation.direct(key, direct, draft -> {
            if (!holds(options.condition(), draft.value(key))) {
                return notDone;
            }
            draft.put(key, value, options.lifetime());
            return done;
        });
    }

    private static Operation setAndGet(Bytes key, Value value, Options options) {
        Operation.Evaluation evaluation = draft -> {
            Optional<Value> before = draft.value(key);
            if (holds(options.condition(), before)) {
                draft.put(key, value, options.lifetime());
            }
            return Values.reply(before);
        };
        if (!options.condition().equals(Condition.ALWAYS)) {
            return Operation.evaluated(key, evaluation);
        }
        Command put = new Command.Put(key, value, Condition.ALWAYS, options.lifetime());
        return Operation.direct(
                key,
                new Operation.Direct(List.of(new Command.Get(key), put), Values::found, Optional.empty()),
                evaluation);
    }

    private static boolean holds(Condition condition, Optional<Value> before) {
        return switch (condition) {
            case Condition.Absent _ -> before.isEmpty();
            case Condition.Exists _ -> before.isPresent();
            case Condition.Always _, Condition.AnyOf _, Condition.NoneOf _ -> true;
        };
    }

    private static Operation setIfAbsent(Arguments arguments, Bytes key, Session session) throws RefusedException {
        Value value = Values.given(arguments.at(2), session);
        Options absent = new Options(new Condition.Absent(), false, Lifetime.FOREVER);
        return set(key, value, absent, Reply.ONE, Reply.ZERO);
    }

    private static Operation setFor(Arguments arguments, Bytes key, Session session, Expiries.Form form)
            throws RefusedException {
        Lifetime lifetime = Expiries.option(arguments.name(), form, arguments.whole(2));
        Value value = Values.given(arguments.at(3), session);
        return set(key, value, new Options(Condition.ALWAYS, false, lifetime), Reply.OK, Reply.OK);
    }
}
