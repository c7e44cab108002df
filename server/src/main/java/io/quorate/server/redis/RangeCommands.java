package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Lifetime;
import io.quorate.api.Value;
import java.util.List;
import java.util.Optional;

/** Commands about a part of a value. */
final class RangeCommands {
    private RangeCommands() {}

    static List<CommandSpec> all() {
        return List.of(
                CommandSpec.ofKey(
                        "GETRANGE", 4, Family.STRING, false, "Returns a part of a value.", RangeCommands::part),
                CommandSpec.ofKey(
                        "SETRANGE",
                        4,
                        Family.STRING,
                        true,
                        "Overwrites a part of a value from an offset on.",
                        RangeCommands::overwrite));
    }

    private static Operation part(Arguments arguments, Bytes key, Session session) throws RefusedException {
        long first = arguments.whole(2);
        long last = arguments.whole(3);
        return Operation.evaluated(
                key,
                draft -> new Reply.Bulk(part(draft.value(key).map(Value::bytes).orElse(Bytes.EMPTY), first, last)));
    }

    /** Both ends included; negative ones count from the end. */
    private static Bytes part(Bytes bytes, long first, long last) {
        int length = bytes.length();
        if (first < 0 && last < 0 && first > last) {
            return Bytes.EMPTY;
        }
        long from = Math.max(0, first < 0 ? first + length : first);
        long to = Math.min(length - 1L, Math.max(0, last < 0 ? last + length : last));
        return length == 0 || from > to ? Bytes.EMPTY : bytes.slice((int) from, (int) to + 1);
    }

    private static Operation overwrite(Arguments arguments, Bytes key, Session session) throws RefusedException {
        long offset = arguments.whole(2);
        Bytes part = arguments.at(3);
        if (offset < 0) {
            throw new RefusedException(Errors.OFFSET_RANGE);
        }
        if (!part.isEmpty()
                && (offset > Integer.MAX_VALUE
                        || offset + part.length() > session.settings().maxValueBytes())) {
            throw new RefusedException(Errors.TOO_LONG);
        }
        return Operation.evaluated(key, draft -> {
            Optional<Value> before = draft.value(key);
            Bytes old = before.map(Value::bytes).orElse(Bytes.EMPTY);
            if (part.isEmpty()) {
                return new Reply.Whole(old.length());
            }
            byte[] joined = new byte[Math.max(old.length(), (int) offset + part.length())];
            old.copyTo(joined, 0);
            part.copyTo(joined, (int) offset);
            draft.put(key, Values.changed(before, Bytes.wrap(joined)), new Lifetime.Keep());
            return new Reply.Whole(joined.length);
        });
    }
}
