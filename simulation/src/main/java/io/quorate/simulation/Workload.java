package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.Lifetime;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.WriteName;
import io.quorate.api.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** What clients ask for: every kind of write, each kind on keys of its own. */
final class Workload {
    private static final int PLAIN = 9;
    private static final int MOVED = 3;
    private static final int COUNTED = 2;
    private static final int COMPARED = 3;
    private static final int BRIEF = 3;
    private static final int PAIRED = 4;
    private static final double REPEATABLE = 0.4;
    private static final double WIDE = 0.03;
    private static final double EXPLAINED = 0.03;
    private static final int LONGEST_LIFE_MILLIS = 4_000;

    /** These keys have one tag, and so one partition. */
    private static final String PAIRED_KIND = "{paired}";

    private final RandomGenerator random;

    Workload(RandomGenerator random) {
        this.random = random;
    }

    Bytes key() {
        int number = random.nextInt(PLAIN + MOVED + COUNTED + COMPARED + BRIEF + PAIRED);
        return Bytes.utf8(kind(number) + "-" + number);
    }

    private static String kind(int number) {
        if (number < PLAIN) {
            return "key";
        }
        if (number < PLAIN + MOVED) {
            return "moved";
        }
        if (number < PLAIN + MOVED + COUNTED) {
            return "counted";
        }
        if (number < PLAIN + MOVED + COUNTED + COMPARED) {
            return "compared";
        }
        return number < PLAIN + MOVED + COUNTED + COMPARED + BRIEF ? "brief" : PAIRED_KIND;
    }

    /**
     * A write of a key.
     *
     * @param name no other call has it
     * @param last the last revision of a key that anybody was told of
     * @param numbered names a write of that content in a session, if there is one
     */
    WriteRequest write(
            Bytes key,
            long name,
            Function<Bytes, Revision> last,
            long wallMillis,
            Function<Bytes, Optional<WriteName>> numbered) {
        List<Command> commands = key.toString().startsWith(PAIRED_KIND)
                ? together(key, name, last)
                : List.of(command(key, name, last.apply(key), wallMillis));
        boolean named = random.nextDouble() < REPEATABLE;
        Bytes text = Bytes.utf8("call-" + name);
        Optional<WriteName> inSession = named && random.nextBoolean() ? numbered.apply(text) : Optional.empty();
        Optional<WriteName> keyed =
                named ? Optional.of(IdempotencyKey.of(key, text.toString(), text)) : Optional.empty();
        return new WriteRequest(commands, inSession.or(() -> keyed))
                .withAcks(random.nextDouble() < WIDE ? WriteRequest.ALL : WriteRequest.AS_THE_CLUSTER)
                .explained(random.nextDouble() < EXPLAINED);
    }

    /** Two or three commands, each on a key of its own, some of them with a condition. */
    private List<Command> together(Bytes key, long name, Function<Bytes, Revision> last) {
        int first = PLAIN + MOVED + COUNTED + COMPARED + BRIEF;
        int from = Integer.parseInt(key.toString().substring(PAIRED_KIND.length() + 1)) - first;
        int count = 2 + random.nextInt(2);
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Bytes each = Bytes.utf8(PAIRED_KIND + "-" + (first + (from + i) % PAIRED));
            Condition condition = random.nextInt(6) == 0 ? expected(last.apply(each)) : Condition.ALWAYS;
            commands.add(oneOfThem(each, "value-" + name + "-" + i, condition));
        }
        return commands;
    }

    private Command oneOfThem(Bytes key, String value, Condition condition) {
        double kind = random.nextDouble();
        if (kind < 0.15) {
            return new Command.Delete(key, condition);
        }
        return kind < 0.35
                ? new Command.Get(key, condition)
                : new Command.Put(key, Value.json(value), condition, Lifetime.FOREVER);
    }

    private Command command(Bytes key, long name, Revision last, long wallMillis) {
        Value value = Value.json("value-" + name);
        boolean removes = random.nextDouble() < 0.15;
        return switch (key.toString().split("-", 2)[0]) {
            case "moved" -> removes ? new Command.Put(key, value) : moved(key, value, name, wallMillis);
            case "counted" -> new Command.Add(key, random.nextInt(-3, 10));
            case "compared" ->
                removes
                        ? new Command.Delete(key, expected(last))
                        : new Command.Put(key, value, expected(last), Lifetime.FOREVER);
            case "brief" -> removes ? new Command.Delete(key) : brief(key, value, wallMillis);
            default -> removes ? new Command.Delete(key) : new Command.Put(key, value);
        };
    }

    private Command moved(Bytes key, Value value, long name, long wallMillis) {
        long time = wallMillis + random.nextLong(-200, 200);
        return new Command.Replicate(key, value, time, name % 2 == 0 ? "elsewhere" : "there");
    }

    private Condition expected(Revision last) {
        return last.equals(Revision.NONE) || random.nextInt(10) == 0
                ? new Condition.Absent()
                : new Condition.AnyOf(List.of(last));
    }

    private Command brief(Bytes key, Value value, long wallMillis) {
        return switch (random.nextInt(6)) {
            case 0 -> new Command.Retime(key, lifetime(wallMillis), Condition.ALWAYS);
            case 1 -> new Command.Put(key, value, new Condition.Exists(), new Lifetime.Keep());
            case 2 -> new Command.Put(key, value, new Condition.Absent(), lifetime(wallMillis));
            default -> new Command.Put(key, value, Condition.ALWAYS, lifetime(wallMillis));
        };
    }

    private Lifetime lifetime(long wallMillis) {
        long millis = 1L + random.nextInt(LONGEST_LIFE_MILLIS);
        return random.nextInt(4) == 0 ? new Lifetime.Until(wallMillis + millis) : new Lifetime.For(millis);
    }
}
