package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.quorate.core.log.RememberedIds;
import io.quorate.core.wire.CommandCodecV1;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A leader whose keys are in memory or not, whose loads and flushes take any time: each answer follows from the log. */
final class RandomWritesTest {
    private static final int STEPS = 300;
    private static final int REMEMBERED = 8;

    private final ScenarioWorld world = new ScenarioWorld();
    private final ScenarioScript script = new ScenarioScript(world);
    private final List<String> opened = new ArrayList<>();
    private final Map<String, WriteRequest> asked = new LinkedHashMap<>();

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachAnswerIsWhatTheWriteComesToAtItsPlaceInTheLog(long seed) {
        Random random = new Random(seed);
        run("workers w1 w2 w3 quorum 2 remember " + REMEMBERED + " forget 300ms idle 300ms");
        run("create term 1", "sync", "lead w1 term 1", "settle");

        for (int i = 0; i < STEPS; i++) {
            step(random, i);
            assertThat(world.worker("w1").remembered()).isBetween(0, REMEMBERED);
        }
        run("release w1", "settle", "wait 250ms", "settle", "wait 5ms", "settle");

        LogReplay replay = replay(Long.MAX_VALUE);
        asked.forEach(
                (name, request) -> replay.check(request, world.outcome(name).orElseThrow()));
        for (ScenarioWorker worker : world.all()) {
            long applied = worker.report().orElseThrow().appliedIndex();
            assertThat((long) worker.remembered()).isEqualTo(replay(applied).remembered());
        }
        onlyRepeatsShareAnOutcome();
    }

    private LogReplay replay(long upTo) {
        return new LogReplay(world.worker("w1").disk.entries().values().stream()
                .filter(entry -> entry.index() <= upTo)
                .toList());
    }

    private void run(String... lines) {
        for (String line : lines) {
            script.run(line);
        }
    }

    private void step(Random random, int number) {
        switch (random.nextInt(17)) {
            case 0 -> run("hold w1 loads");
            case 1 -> run("hold w1 store");
            case 2 -> run("release w1");
            case 3 -> run("release w1 store");
            case 4 -> world.worker("w1").releaseLoads(1);
            case 5 -> run("checkpoint w1");
            case 6 -> run("evict w1");
            case 7 -> run("settle");
            case 8 -> run("wait " + random.nextInt(200) + "ms");
            case 9 -> run("sync");
            case 10 -> run("deliver");
            case 11 -> open("open " + number);
            default -> write(random, "write " + number);
        }
    }

    private void write(Random random, String name) {
        Bytes key = key(random.nextInt(3));
        Command command = command(random, key);
        WriteRequest request = new WriteRequest(command, name(random, key, command));
        asked.put(name, request);
        world.write(name, random.nextBoolean() ? "w1" : "w2", request, 60_000 * Now.NANOS_PER_MILLI);
    }

    private void open(String name) {
        opened.add(name);
        world.write(name, "w1", WriteRequest.of(new Command.OpenSession(key(0))), 60_000 * Now.NANOS_PER_MILLI);
    }

    private static Bytes key(int number) {
        return Bytes.utf8("k" + number);
    }

    private Optional<WriteName> name(Random random, Bytes key, Command command) {
        Bytes content = CommandCodecV1.encode(command);
        return switch (random.nextInt(4)) {
            case 0 -> Optional.of(IdempotencyKey.of(key, "text " + random.nextInt(4), content));
            case 1, 2 ->
                lastOpened().map(session -> {
                    int sequence = 1 + random.nextInt(6);
                    return SessionSequence.of(session, sequence, 1 + random.nextInt(sequence), content);
                });
            default -> Optional.empty();
        };
    }

    private Optional<Session> lastOpened() {
        return opened.reversed().stream()
                .flatMap(name -> world.outcome(name).stream())
                .filter(Outcome.Applied.class::isInstance)
                .map(outcome -> new Session(ScenarioWorld.PARTITION, ((Outcome.Applied) outcome).revision()))
                .findFirst();
    }

    private Command command(Random random, Bytes key) {
        Condition condition = condition(random);
        return switch (random.nextInt(5)) {
            case 0 -> new Command.Put(key, Value.json("" + random.nextInt(3)), Condition.ALWAYS, lifetime(random));
            case 1 -> new Command.Put(key, Value.json("" + random.nextInt(3)), condition, lifetime(random));
            case 2 -> new Command.Delete(key, condition);
            case 3 -> new Command.Retime(key, lifetime(random), condition);
            default -> new Command.Add(key, 1, condition);
        };
    }

    private static Lifetime lifetime(Random random) {
        return random.nextBoolean() ? Lifetime.FOREVER : new Lifetime.For(1 + random.nextInt(400));
    }

    private Condition condition(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Condition.Exists();
            case 1 -> new Condition.Absent();
            case 2 ->
                new Condition.AnyOf(List.of(
                        new Revision(1, world.worker("w1").disk.entries().lastKey())));
            default -> Condition.ALWAYS;
        };
    }

    private void onlyRepeatsShareAnOutcome() {
        record Effect(Bytes key, Revision revision) {}
        Map<Effect, WriteRequest> first = new HashMap<>();
        asked.forEach((name, request) -> {
            if (world.outcome(name).orElseThrow() instanceof Outcome.Applied applied) {
                WriteRequest other = first.putIfAbsent(new Effect(request.key(), applied.revision()), request);
                assertThat(other == null || (request.isRepeatable() && sameName(request, other)))
                        .as("%s and %s share %s", request, other, applied)
                        .isTrue();
            }
        });
    }

    private static boolean sameName(WriteRequest one, WriteRequest other) {
        return one.commands().equals(other.commands())
                && number(one) == number(other)
                && one.name().map(RememberedIds::of).equals(other.name().map(RememberedIds::of));
    }

    private static long number(WriteRequest request) {
        return request.name().orElseThrow() instanceof SessionSequence numbered ? numbered.sequence() : 0;
    }
}
