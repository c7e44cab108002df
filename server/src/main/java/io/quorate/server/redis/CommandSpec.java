package io.quorate.server.redis;

import io.quorate.api.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of the table of commands.
 *
 * @param name in capitals
 * @param arity how many words it has, its name among them; negative for at least so many
 * @param flags as COMMAND tells them: {@code write} or {@code readonly}, and more
 * @param firstKey the place of the first key, 0 for none
 * @param lastKey the place of the last one, counted from the end when negative
 * @param step from one key to the next
 * @param summary one sentence
 */
record CommandSpec(
        String name,
        int arity,
        Family family,
        List<String> flags,
        int firstKey,
        int lastKey,
        int step,
        String summary,
        Preparation preparation) {
    /** Looks at the arguments. */
    interface Preparation {
        /** What there is to do. */
        Prepared of(Arguments arguments, Session session) throws RefusedException;
    }

    /** Of a command over one key, which is its first argument. */
    static CommandSpec ofKey(String name, int arity, Family family, boolean writes, String summary, ByKey byKey) {
        return new CommandSpec(
                name,
                arity,
                family,
                List.of(writes ? "write" : "readonly"),
                1,
                1,
                1,
                summary,
                (arguments, session) -> new Prepared.OverKeys(byKey.of(arguments, arguments.at(1), session)));
    }

    /** Of a command over several keys, from its first argument on. */
    static CommandSpec ofKeys(
            String name, int arity, int step, boolean writes, Family family, String summary, OverKeys overKeys) {
        return new CommandSpec(
                name,
                arity,
                family,
                List.of(writes ? "write" : "readonly"),
                1,
                -1,
                step,
                summary,
                (arguments, session) -> new Prepared.OverKeys(overKeys.of(arguments, session)));
    }

    /** Of a command without keys. */
    static CommandSpec plain(String name, int arity, Family family, String summary, Preparation preparation) {
        return new CommandSpec(name, arity, family, List.of("fast", "loading", "stale"), 0, 0, 0, summary, preparation);
    }

    /** Looks at the arguments of a command over one key. */
    interface ByKey {
        /** What it does. */
        Operation of(Arguments arguments, Bytes key, Session session) throws RefusedException;
    }

    /** Looks at the arguments of a command over several keys. */
    interface OverKeys {
        /** What it does. */
        Operation of(Arguments arguments, Session session) throws RefusedException;
    }

    /** Whether it can have so many words. */
    boolean takes(int words) {
        return arity >= 0 ? words == arity : words >= -arity;
    }

    /** The keys among the words. */
    List<Bytes> keys(Arguments arguments) {
        List<Bytes> keys = new ArrayList<>();
        int last = lastKey < 0 ? arguments.count() + lastKey : lastKey;
        for (int place = firstKey; firstKey > 0 && place <= last && place < arguments.count(); place += step) {
            keys.add(arguments.at(place));
        }
        return keys;
    }
}
