package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Lifetime;
import io.quorate.api.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Commands that add to a number. */
final class NumberCommands {
    private static final int MAX_NUMBER_BYTES = 400;
    private static final int MAX_EXPONENT = 308;

    /** As many as Redis writes. */
    private static final int DECIMALS = 17;

    private NumberCommands() {}

    static List<CommandSpec> all() {
        return List.of(
                CommandSpec.ofKey(
                        "INCR",
                        2,
                        Family.NUMBER,
                        true,
                        "Adds 1 to a whole number.",
                        (arguments, key, session) -> add(key, 1)),
                CommandSpec.ofKey(
                        "DECR",
                        2,
                        Family.NUMBER,
                        true,
                        "Takes 1 from a whole number.",
                        (arguments, key, session) -> add(key, -1)),
                CommandSpec.ofKey(
                        "INCRBY",
                        3,
                        Family.NUMBER,
                        true,
                        "Adds to a whole number.",
                        (arguments, key, session) -> add(key, arguments.whole(2))),
                CommandSpec.ofKey(
                        "DECRBY",
                        3,
                        Family.NUMBER,
                        true,
                        "Takes from a whole number.",
                        (arguments, key, session) -> add(key, negated(arguments.whole(2)))),
                CommandSpec.ofKey(
                        "INCRBYFLOAT", 3, Family.NUMBER, true, "Adds to a number.", NumberCommands::addDecimal));
    }

    private static long negated(long amount) throws RefusedException {
        if (amount == Long.MIN_VALUE) {
            throw new RefusedException("ERR decrement would overflow");
        }
        return -amount;
    }

    private static Operation add(Bytes key, long amount) {
        return Operation.direct(
                key,
                Operation.Direct.of(
                        new Command.Add(key, amount),
                        results -> new Reply.Whole(results.getFirst()
                                .result()
                                .flatMap(Arguments::number)
                                .orElseThrow())),
                draft -> add(draft, key, amount));
    }

    private static Reply add(Draft draft, Bytes key, long amount) {
        Optional<Value> before = draft.value(key);
        Optional<Long> number =
                before.map(value -> Arguments.number(value.bytes())).orElse(Optional.of(0L));
        if (number.isEmpty()) {
            return Errors.failure(Errors.NOT_AN_INTEGER);
        }
        long sum = number.get() + amount;
        if (((number.get() ^ sum) & (amount ^ sum)) < 0) {
            return Errors.failure(Errors.WOULD_OVERFLOW);
        }
        draft.put(key, Values.changed(before, Bytes.utf8(Long.toString(sum))), new Lifetime.Keep());
        return new Reply.Whole(sum);
    }

    private static Operation addDecimal(Arguments arguments, Bytes key, Session session) throws RefusedException {
        BigDecimal amount = decimal(arguments.at(2)).orElseThrow(() -> new RefusedException(Errors.NOT_A_FLOAT));
        return Operation.evaluated(key, draft -> {
            Optional<Value> before = draft.value(key);
            Optional<BigDecimal> number =
                    before.map(value -> decimal(value.bytes())).orElse(Optional.of(BigDecimal.ZERO));
            if (number.isEmpty()) {
                return Errors.failure(Errors.NOT_A_FLOAT);
            }
            BigDecimal sum = number.get().add(amount).setScale(DECIMALS, RoundingMode.HALF_EVEN);
            if (!isInRange(sum)) {
                return Errors.failure("ERR increment would produce NaN or Infinity");
            }
            Bytes written = Bytes.utf8(written(sum));
            draft.put(key, Values.changed(before, written), new Lifetime.Keep());
            return new Reply.Bulk(written);
        });
    }

    private static String written(BigDecimal sum) {
        return sum.signum() == 0 ? "0" : sum.stripTrailingZeros().toPlainString();
    }

    /** What is not written as a number, or needs more digits than anybody reads, is none. */
    private static Optional<BigDecimal> decimal(Bytes given) {
        if (given.isEmpty() || given.length() > MAX_NUMBER_BYTES) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(new String(given.toArray(), StandardCharsets.ISO_8859_1));
            boolean fits = Math.abs((long) number.scale()) <= MAX_NUMBER_BYTES && isInRange(number);
            return fits ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    private static boolean isInRange(BigDecimal number) {
        return (long) number.precision() - number.scale() <= MAX_EXPONENT;
    }
}
