package io.quorate.acceptance.torture;

import io.quorate.cli.Pause;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Faults one after the other, each kind as often as the others, with calm in between; now and then two at once. */
final class Storm {
    /** How long a cluster may take to be whole after everything has been healed. */
    static final Duration HEALTHY_LIMIT = Duration.ofSeconds(90);

    private static final Duration WRITES_LIMIT = Duration.ofSeconds(20);
    private static final long LEAST_CALM_MILLIS = 800;
    private static final long MOST_CALM_MILLIS = 2_500;
    private static final int ONE_OF_SO_MANY_IS_DOUBLE = 4;

    /** Those that leave every disk as it is, so that two of them do no harm. */
    private static final Set<FaultKind> DOUBLE = EnumSet.of(
            FaultKind.KILL, FaultKind.KILL_CONTROLLER, FaultKind.PAUSE, FaultKind.PAUSE_CONTROLLER, FaultKind.CUT);

    private final Faults faults;
    private final List<FaultKind> kinds;
    private final ControllerView view;
    private final Workload workload;
    private final Availability availability;
    private final int partitions;
    private final Findings findings;
    private final Consumer<String> events;
    private final List<StrikeReport> strikes = Collections.synchronizedList(new ArrayList<>());

    Storm(
            Faults faults,
            Set<FaultKind> kinds,
            ControllerView view,
            Workload workload,
            Availability availability,
            int partitions,
            Findings findings,
            Consumer<String> events) {
        this.faults = faults;
        this.kinds = kinds.stream().sorted().toList();
        this.view = view;
        this.workload = workload;
        this.availability = availability;
        this.partitions = partitions;
        this.findings = findings;
        this.events = events;
    }

    /** Strikes until the time is over, or until the cluster does not heal. */
    void rage(long seed, Duration howLong) {
        SplittableRandom seeds = new SplittableRandom(seed);
        Deque<FaultKind> next = new ArrayDeque<>();
        long endNanos = System.nanoTime() + howLong.toNanos();
        boolean healed = true;
        while (healed && !kinds.isEmpty() && System.nanoTime() - endNanos < 0) {
            SplittableRandom random = seeds.split();
            if (next.isEmpty()) {
                List<FaultKind> shuffled = new ArrayList<>(kinds);
                Collections.shuffle(shuffled, new Random(random.nextLong()));
                next.addAll(shuffled);
            }
            healed = Pause.millis(random.nextLong(LEAST_CALM_MILLIS, MOST_CALM_MILLIS))
                    && strike(next.removeFirst(), random);
        }
    }

    /** One fault or two from their beginning until the cluster is whole again; answers whether it is. */
    private boolean strike(FaultKind kind, SplittableRandom random) {
        Standing before = view.standing();
        Strike first = faults.begin(kind, random, Set.of());
        events.accept(first.what());
        Optional<Strike> second = second(first, random);
        Set<String> struck =
                second.map(other -> union(first.struck(), other.struck())).orElse(first.struck());
        workload.avoid(struck);
        lastAndHeal(first, second);
        long healedNanos = System.nanoTime();
        String missing = view.awaitHealthy(HEALTHY_LIMIT);
        workload.avoid(Set.of());
        if (!missing.isEmpty()) {
            findings.violation("not whole " + HEALTHY_LIMIT.toSeconds() + " s after the end of '" + first.what() + "'"
                    + second.map(other -> " and '" + other.what() + "'").orElse("") + ": " + missing);
        }
        long wholeNanos = System.nanoTime();
        long fromNanos = first.fromNanos() == Strike.FROM_HEAL ? healedNanos : first.fromNanos();
        Set<Integer> affected = affected(before, first, second);
        awaitWrites(affected, healedNanos);
        strikes.add(report(first, second, affected, fromNanos, healedNanos, wholeNanos));
        return missing.isEmpty();
    }

    /** Each for its own time. */
    private static void lastAndHeal(Strike first, Optional<Strike> second) {
        Optional<Thread> other = second.map(strike -> Thread.ofVirtual().start(() -> lastAndHeal(strike)));
        lastAndHeal(first);
        try {
            if (other.isPresent()) {
                other.get().join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void lastAndHeal(Strike strike) {
        strike.hold().run();
        strike.heal().run();
    }

    private Optional<Strike> second(Strike first, SplittableRandom random) {
        List<FaultKind> candidates = kinds.stream()
                .filter(DOUBLE::contains)
                .filter(kind -> kind != first.kind())
                .toList();
        boolean wanted = random.nextInt(ONE_OF_SO_MANY_IS_DOUBLE) == 0;
        long laterMillis = random.nextLong(0, 1_500);
        if (!wanted || !DOUBLE.contains(first.kind()) || candidates.isEmpty()) {
            return Optional.empty();
        }
        FaultKind kind = candidates.get(random.nextInt(candidates.size()));
        Pause.millis(laterMillis);
        Strike second = faults.begin(kind, random, first.struck());
        events.accept("  and " + second.what());
        return Optional.of(second);
    }

    /** The partitions that a struck worker led; with a controller or all processes struck, all of them. */
    private Set<Integer> affected(Standing before, Strike first, Optional<Strike> second) {
        Set<String> struck =
                second.map(other -> union(first.struck(), other.struck())).orElse(first.struck());
        boolean all = struck.isEmpty() || struck.stream().anyMatch(id -> id.startsWith("c"));
        return all ? IntStream.range(0, partitions).boxed().collect(Collectors.toSet()) : before.ledBy(struck);
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new java.util.TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    private void awaitWrites(Set<Integer> affected, long sinceNanos) {
        boolean written = ControllerView.await(
                WRITES_LIMIT,
                () -> affected.stream().allMatch(partition -> availability.writtenSince(partition, sinceNanos)));
        if (!written) {
            findings.violation("no write to partitions "
                    + affected.stream()
                            .filter(partition -> !availability.writtenSince(partition, sinceNanos))
                            .toList()
                    + " succeeded within " + WRITES_LIMIT.toSeconds() + " s on a whole cluster");
        }
    }

    private StrikeReport report(
            Strike first,
            Optional<Strike> second,
            Set<Integer> affected,
            long fromNanos,
            long healedNanos,
            long wholeNanos) {
        long nowNanos = System.nanoTime();
        TreeMap<Integer, Long> gaps = new TreeMap<>();
        affected.forEach(partition ->
                gaps.put(partition, availability.longestGapNanos(partition, fromNanos, nowNanos) / 1_000_000));
        return new StrikeReport(
                second.map(other -> StrikeReport.TWO_AT_ONCE)
                        .orElse(first.kind().written()),
                first.what() + second.map(other -> " and " + other.what()).orElse(""),
                (healedNanos - fromNanos) / 1_000_000,
                (wholeNanos - healedNanos) / 1_000_000,
                gaps);
    }

    /** What has struck so far. */
    List<StrikeReport> strikes() {
        synchronized (strikes) {
            return List.copyOf(strikes);
        }
    }
}
