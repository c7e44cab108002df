package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.Record;
import java.util.List;

/** Commands about when keys expire. */
final class ExpiryCommands {
    private static final long MILLIS = 1_000;
    private static final long NO_KEY = -2;
    private static final long NO_EXPIRY = -1;

    private ExpiryCommands() {}

    private record Demands(boolean nx, boolean xx, boolean gt, boolean lt) {
        boolean any() {
            return nx || xx || gt || lt;
        }

        /** Whether a key that expires then may get another expiry; one that never does counts as the latest. */
        boolean hold(long currentMillis, long wantedMillis) {
            boolean expires = currentMillis != Record.NEVER;
            return !(nx && expires)
                    && !(xx && !expires)
                    && !(gt && wantedMillis <= currentMillis)
                    && !(lt && wantedMillis >= currentMillis);
        }
    }

    static List<CommandSpec> all() {
        return List.of(
                expire("EXPIRE", Expiries.Form.EX, "Lets a key expire in so many seconds."),
                expire("PEXPIRE", Expiries.Form.PX, "Lets a key expire in so many milliseconds."),
                expire("EXPIREAT", Expiries.Form.EXAT, "Lets a key expire at a moment in seconds."),
                expire("PEXPIREAT", Expiries.Form.PXAT, "Lets a key expire at a moment in milliseconds."),
                left("TTL", MILLIS, false, "Returns the seconds until a key expires."),
                left("PTTL", 1, false, "Returns the milliseconds until a key expires."),
                left("EXPIRETIME", MILLIS, true, "Returns the moment in seconds at which a key expires."),
                left("PEXPIRETIME", 1, true, "Returns the moment in milliseconds at which a key expires."),
                CommandSpec.ofKey(
                        "PERSIST",
                        2,
                        Family.EXPIRY,
                        true,
                        "Lets a key exist until it is deleted.",
                        (arguments, key, session) -> Operation.evaluated(key, draft -> persist(draft, key))));
    }

    private static CommandSpec expire(String name, Expiries.Form form, String summary) {
        return CommandSpec.ofKey(
                name, -3, Family.EXPIRY, true, summary, (arguments, key, session) -> expire(arguments, key, form));
    }

    private static Operation expire(Arguments arguments, Bytes key, Expiries.Form form) throws RefusedException {
        long millis = Expiries.millis(arguments.name(), form, arguments.whole(2));
        Demands demands = demands(arguments);
        Operation.Evaluation evaluation = draft -> expire(draft, key, form, millis, demands);
        if (demands.any()) {
            return Operation.evaluated(key, evaluation);
        }
        if (millis <= 0) {
            return Operation.direct(key, Operation.Direct.of(new Command.Delete(key), Values::existed), evaluation);
        }
        Command retime = new Command.Retime(key, Expiries.lifetime(form, millis), Condition.ALWAYS);
        return Operation.direct(key, Operation.Direct.of(retime, _ -> Reply.ONE, Reply.ZERO), evaluation);
    }

    private static Demands demands(Arguments arguments) throws RefusedException {
        boolean nx = false;
        boolean xx = false;
        boolean gt = false;
        boolean lt = false;
        for (int place = 3; place < arguments.count(); place++) {
            switch (arguments.word(place)) {
                case "NX" -> nx = true;
                case "XX" -> xx = true;
                case "GT" -> gt = true;
                case "LT" -> lt = true;
                default -> throw new RefusedException("ERR Unsupported option " + Errors.shown(arguments.at(place)));
            }
        }
        if (nx && (xx || gt || lt)) {
            throw new RefusedException("ERR NX and XX, GT or LT options at the same time are not compatible");
        }
        if (gt && lt) {
            throw new RefusedException("ERR GT and LT options at the same time are not compatible");
        }
        return new Demands(nx, xx, gt, lt);
    }

    private static Reply expire(Draft draft, Bytes key, Expiries.Form form, long millis, Demands demands) {
        long wanted = form.isMoment() ? millis : draft.nowMillis() + millis;
        if (draft.value(key).isEmpty() || !demands.hold(draft.expiresMillis(key), wanted)) {
            return Reply.ZERO;
        }
        if (wanted <= draft.nowMillis()) {
            draft.delete(key);
        } else {
            draft.retime(key, Expiries.lifetime(form, millis));
        }
        return Reply.ONE;
    }

    private static CommandSpec left(String name, long unitMillis, boolean isMoment, String summary) {
        return CommandSpec.ofKey(
                name,
                2,
                Family.EXPIRY,
                false,
                summary,
                (arguments, key, session) ->
                        Operation.evaluated(key, draft -> new Reply.Whole(left(draft, key, unitMillis, isMoment))));
    }

    private static long left(Draft draft, Bytes key, long unitMillis, boolean isMoment) {
        if (draft.value(key).isEmpty()) {
            return NO_KEY;
        }
        long expires = draft.expiresMillis(key);
        if (expires == Record.NEVER) {
            return NO_EXPIRY;
        }
        if (isMoment) {
            return expires / unitMillis;
        }
        return (Math.max(0, expires - draft.nowMillis()) + unitMillis / 2) / unitMillis;
    }

    private static Reply persist(Draft draft, Bytes key) {
        boolean expires = draft.value(key).isPresent() && draft.expiresMillis(key) != Record.NEVER;
        if (expires) {
            draft.retime(key, Lifetime.FOREVER);
        }
        return Reply.flag(expires);
    }
}
