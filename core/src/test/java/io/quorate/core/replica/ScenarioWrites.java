package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.Lifetime;
import io.quorate.api.Outcome;
import io.quorate.api.Revision;
import io.quorate.api.Session;
import io.quorate.api.SessionSequence;
import io.quorate.api.Value;
import io.quorate.api.WriteName;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.Now;
import io.quorate.core.wire.CommandCodecV1;
import java.util.List;
import java.util.Optional;

/** A scenario's lines that are writes: a command, where it is asked for, then options in any order. */
final class ScenarioWrites {
    private static final long WITHIN_NANOS = 10_000 * Now.NANOS_PER_MILLI;

    private final ScenarioWorld world;

    ScenarioWrites(ScenarioWorld world) {
        this.world = world;
    }

    /** A number in a session: {@code in s 7/5}, where {@code s} names the opening or is where the log has one. */
    private record Numbered(String session, long sequence, long lowest) {
        static Numbered of(String session, String numbers) {
            String[] sides = numbers.split("/", 2);
            return new Numbered(session, Long.parseLong(sides[0]), Long.parseLong(sides[1]));
        }
    }

    /** What follows {@code at w1}. */
    private static final class Options {
        Condition condition = Condition.ALWAYS;
        Lifetime lifetime = Lifetime.FOREVER;
        Optional<String> once = Optional.empty();
        Optional<Numbered> numbered = Optional.empty();
        Optional<String> name = Optional.empty();
        int acks = WriteRequest.AS_THE_CLUSTER;
        boolean explain;
        long withinNanos = WITHIN_NANOS;

        void read(ScenarioLine words) {
            while (words.hasNext()) {
                String option = words.next();
                switch (option) {
                    case "if" -> condition = condition(words.next());
                    case "unless" -> condition = new Condition.NoneOf(List.of(revision(words.next())));
                    case "ttl" -> lifetime = new Lifetime.For(millis(words.next()));
                    case "until" -> lifetime = new Lifetime.Until(words.number());
                    case "keep" -> lifetime = new Lifetime.Keep();
                    case "once" -> once = Optional.of(words.next());
                    case "in" -> numbered = Optional.of(Numbered.of(words.next(), words.next()));
                    case "as" -> name = Optional.of(words.next());
                    case "acks" -> acks = acks(words.next());
                    case "explain" -> explain = true;
                    case "within" -> withinNanos = ScenarioLine.nanos(words.next());
                    default -> throw new IllegalArgumentException("\"" + option + "\" is no option of a write");
                }
            }
        }

        private static int acks(String word) {
            return word.equals("all") ? WriteRequest.ALL : Integer.parseInt(word);
        }

        private static Condition condition(String word) {
            return switch (word) {
                case "absent" -> new Condition.Absent();
                case "exists" -> new Condition.Exists();
                default -> new Condition.AnyOf(List.of(revision(word)));
            };
        }

        private static Revision revision(String word) {
            String[] numbers = word.split("-", 2);
            return new Revision(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
        }

        private static long millis(String duration) {
            return ScenarioLine.nanos(duration) / Now.NANOS_PER_MILLI;
        }
    }

    void put(ScenarioLine words) {
        String assignment = words.next();
        String[] sides = assignment.split("=", 2);
        String at = at(words);
        Options options = options(words);
        Command put = new Command.Put(Bytes.utf8(sides[0]), Value.json(sides[1]), options.condition, options.lifetime);
        write(assignment, at, put, options);
    }

    /** Opens a session under that name. */
    void open(ScenarioLine words) {
        String name = words.next();
        String at = at(words);
        Options options = options(words);
        WriteRequest open = WriteRequest.of(new Command.OpenSession(Bytes.utf8("any")));
        world.write(name, at, open, options.withinNanos);
    }

    void delete(ScenarioLine words) {
        String key = words.next();
        String at = at(words);
        Options options = options(words);
        write(key, at, new Command.Delete(Bytes.utf8(key), options.condition), options);
    }

    void add(ScenarioLine words) {
        String sum = words.next();
        String[] sides = sum.split("\\+", 2);
        String at = at(words);
        Options options = options(words);
        Command add = new Command.Add(Bytes.utf8(sides[0]), Long.parseLong(sides[1]), options.condition);
        write(sum, at, add, options);
    }

    /** Several commands of one write: {@code a=1} puts, {@code a+1} adds, {@code -a} deletes, {@code ?a} reads; named {@code together}. */
    void together(ScenarioLine words) {
        List<Command> commands =
                words.until("at").stream().map(ScenarioWrites::command).toList();
        String at = at(words);
        Options options = options(words);
        world.write(
                options.name.orElse("together"),
                at,
                new WriteRequest(commands, name(commands, options)),
                options.withinNanos);
    }

    private static Command command(String word) {
        if (word.startsWith("-")) {
            return new Command.Delete(Bytes.utf8(word.substring(1)));
        }
        if (word.startsWith("?")) {
            return new Command.Get(Bytes.utf8(word.substring(1)));
        }
        int operator = word.indexOf('=') < 0 ? word.indexOf('+') : word.indexOf('=');
        Bytes key = Bytes.utf8(word.substring(0, operator));
        String operand = word.substring(operator + 1);
        return word.charAt(operator) == '='
                ? new Command.Put(key, Value.json(operand))
                : new Command.Add(key, Long.parseLong(operand));
    }

    void retime(ScenarioLine words) {
        String key = words.next();
        String at = at(words);
        Options options = options(words);
        write(key, at, new Command.Retime(Bytes.utf8(key), options.lifetime, options.condition), options);
    }

    void replicate(ScenarioLine words) {
        String assignment = words.next();
        String[] sides = assignment.split("=", 2);
        long time = words.number("time").orElse(Command.Replicate.ONLY_IF_ABSENT);
        String at = at(words);
        Options options = options(words);
        Command replicate = new Command.Replicate(Bytes.utf8(sides[0]), Value.json(sides[1]), time, "elsewhere");
        write(assignment, at, replicate, options);
    }

    private static String at(ScenarioLine words) {
        words.word("at");
        return words.next();
    }

    private static Options options(ScenarioLine words) {
        Options options = new Options();
        options.read(words);
        return options;
    }

    private void write(String name, String at, Command command, Options options) {
        List<Command> commands = List.of(command);
        world.write(
                options.name.orElse(name),
                at,
                new WriteRequest(commands, name(commands, options))
                        .withAcks(options.acks)
                        .explained(options.explain),
                options.withinNanos);
    }

    private Optional<WriteName> name(List<Command> commands, Options options) {
        Bytes content = CommandCodecV1.encode(commands);
        Optional<WriteName> numbered = options.numbered.map(
                each -> SessionSequence.of(session(each.session()), each.sequence(), each.lowest(), content));
        return numbered.or(() ->
                options.once.map(text -> IdempotencyKey.of(commands.getFirst().key(), text, content)));
    }

    private Session session(String name) {
        return Session.parse(name).orElseGet(() -> new Session(ScenarioWorld.PARTITION, opened(name)));
    }

    private Revision opened(String name) {
        return Revision.parse(name)
                .orElseGet(() -> ((Outcome.Applied) world.outcome(name).orElseThrow()).revision());
    }
}
