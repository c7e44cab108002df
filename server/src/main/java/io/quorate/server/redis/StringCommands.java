package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.Value;
import java.util.List;
import java.util.Optional;

/** Commands that read or replace a whole value, but for SET. */
final class StringCommands {
    private StringCommands() {}

    static List<CommandSpec> all() {
        return List.of(
                CommandSpec.ofKey("GET", 2, Family.STRING, false, "Returns the value of a key.", StringCommands::get),
                CommandSpec.ofKey(
                        "STRLEN", 2, Family.STRING, false, "Returns the length of a value.", StringCommands::length),
                CommandSpec.ofKey(
                        "GETSET",
                        3,
                        Family.STRING,
                        true,
                        "Sets a value and returns the one before.",
                        StringCommands::getSet),
                CommandSpec.ofKey(
                        "GETDEL",
                        2,
                        Family.STRING,
                        true,
                        "Deletes a key and returns its value.",
                        StringCommands::getDel),
                CommandSpec.ofKey(
                        "GETEX",
                        -2,
                        Family.STRING,
                        true,
                        "Returns a value and changes when the key expires.",
                        StringCommands::getEx),
                CommandSpec.ofKey("APPEND", 3, Family.STRING, true, "Appends to a value.", StringCommands::append));
    }

    private static Operation get(Arguments arguments, Bytes key, Session session) {
        return Operation.evaluated(key, draft -> Values.reply(draft.value(key)));
    }

    private static Operation length(Arguments arguments, Bytes key, Session session) {
        return Operation.evaluated(
                key,
                draft -> new Reply.Whole(
                        draft.value(key).map(value -> value.bytes().length()).orElse(0)));
    }

    private static Operation getSet(Arguments arguments, Bytes key, Session session) throws RefusedException {
        Value value = Values.given(arguments.at(2), session);
        return Operation.direct(
                key,
                new Operation.Direct(
                        List.of(new Command.Get(key), new Command.Put(key, value)), Values::found, Optional.empty()),
                draft -> {
                    Reply before = Values.reply(draft.value(key));
                    draft.put(key, value, Lifetime.FOREVER);
                    return before;
                });
    }

    private static Operation getDel(Arguments arguments, Bytes key, Session session) {
        return Operation.direct(
                key,
                new Operation.Direct(
                        List.of(new Command.Get(key), new Command.Delete(key)), Values::found, Optional.empty()),
                draft -> {
                    Reply before = Values.reply(draft.value(key));
                    draft.delete(key);
                    return before;
                });
    }

    private static Operation getEx(Arguments arguments, Bytes key, Session session) throws RefusedException {
        Optional<Lifetime> lifetime = getExLifetime(arguments);
        if (lifetime.isEmpty()) {
            return get(arguments, key, session);
        }
        Lifetime wanted = lifetime.get();
        return Operation.direct(
                key,
                new Operation.Direct(
                        List.of(new Command.Get(key), new Command.Retime(key, wanted, Condition.ALWAYS)),
                        Values::found,
                        Optional.of(Reply.NOTHING)),
                draft -> {
                    Optional<Value> found = draft.value(key);
                    found.ifPresent(_ -> draft.retime(key, wanted));
                    return Values.reply(found);
                });
    }

    private static Optional<Lifetime> getExLifetime(Arguments arguments) throws RefusedException {
        if (arguments.count() == 2) {
            return Optional.empty();
        }
        String word = arguments.word(2);
        if (arguments.count() == 3 && word.equals("PERSIST")) {
            return Optional.of(Lifetime.FOREVER);
        }
        Optional<Expiries.Form> form = Expiries.Form.named(word);
        if (arguments.count() != 4 || form.isEmpty()) {
            throw Errors.syntax();
        }
        return Optional.of(Expiries.option("getex", form.get(), arguments.whole(3)));
    }

    private static Operation append(Arguments arguments, Bytes key, Session session) {
        Bytes more = arguments.at(2);
        int most = session.settings().maxValueBytes();
        return Operation.evaluated(key, draft -> {
            Optional<Value> before = draft.value(key);
            Bytes old = before.map(Value::bytes).orElse(Bytes.EMPTY);
            if ((long) old.length() + more.length() > most) {
                return Errors.failure(Errors.TOO_LONG);
            }
            byte[] joined = new byte[old.length() + more.length()];
            old.copyTo(joined, 0);
            more.copyTo(joined, old.length());
            draft.put(key, Values.changed(before, Bytes.wrap(joined)), new Lifetime.Keep());
            return new Reply.Whole(joined.length);
        });
    }
}
