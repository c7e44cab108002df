package io.quorate.simulation;

import io.quorate.core.cluster.Now;
import io.quorate.simulation.Coverage.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Everything that is to go wrong in a run: drawn from the seed before the run begins, so that any of it can be left out
 * without another draw for the rest.
 *
 * @param faults in the order of their time
 * @param lossProbability of each message
 * @param repetitionProbability of each message that may be repeated
 * @param longestDelayMicros of a message
 * @param drift whether monotonic clocks go at different rates
 */
record FaultPlan(
        List<Planned> faults,
        double lossProbability,
        double repetitionProbability,
        long longestDelayMicros,
        boolean drift) {
    private static final long SALT = 0x51_0D_A7E5L;
    private static final double SHARE_OF_KINDS = 0.6;
    private static final double SHARE_OF_AIMED = 0.3;

    /** What matters most in the middle of something. */
    private static final Set<FaultKind> AIMABLE = EnumSet.of(
            FaultKind.CRASH,
            FaultKind.ABSENCE,
            FaultKind.CRASH_OTHERS,
            FaultKind.PAUSE,
            FaultKind.ISOLATION,
            FaultKind.LOST_DISK,
            FaultKind.DAMAGED_LOG,
            FaultKind.CONTROLLER_CRASH,
            FaultKind.CONTROLLER_PAUSE,
            FaultKind.TAKEOVER);

    /** Steps that are over so soon that chance alone would hardly ever meet them. */
    private static final List<Step> AIMS = List.of(
            Step.BEFORE_BARRIER,
            Step.LOADING,
            Step.CHECKPOINT,
            Step.SENDING_SNAPSHOT,
            Step.RECEIVING_SNAPSHOT,
            Step.INSTALLING_SNAPSHOT,
            Step.FENCE_AWAITS_PROMISE,
            Step.SUPERSEDED);

    /** What a controller that takes over may find half done. */
    private static final List<Step> AIMS_OF_CONTROLLERS =
            List.of(Step.ELECTION, Step.MINORITY_FENCED, Step.SEVERAL_KEPT, Step.NEW_CONFIGURATION);

    private static final long[] PAUSES_MILLIS = {700, 1_500, 4_000};

    FaultPlan {
        faults = List.copyOf(faults);
    }

    /**
     * One thing that goes wrong.
     *
     * @param number its place in the plan
     * @param atNanos simulated time
     * @param aim from then on it waits a while for a worker in the middle of this step
     * @param seed decides everything else about it
     */
    record Planned(int number, long atNanos, FaultKind kind, Optional<Step> aim, long seed) {
        RandomGenerator random() {
            return generator(seed);
        }
    }

    private static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** The plan of a seed for so long. */
    static FaultPlan of(long seed, long nanos) {
        RandomGenerator random = generator(seed ^ SALT);
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        for (FaultKind kind : FaultKind.values()) {
            if (random.nextDouble() < SHARE_OF_KINDS) {
                kinds.add(kind);
            }
        }
        if (kinds.isEmpty()) {
            kinds.add(FaultKind.CRASH);
        }
        double loss = random.nextBoolean() ? 0.03 : 0;
        double repetition = random.nextBoolean() ? 0.05 : 0;
        long delay = random.nextBoolean() ? 20_000 : 2_000;
        boolean drift = random.nextBoolean();
        long longestPause = PAUSES_MILLIS[random.nextInt(PAUSES_MILLIS.length)];
        List<Planned> planned = new ArrayList<>();
        long at = pause(random, longestPause);
        while (at < nanos) {
            FaultKind kind = drawn(kinds, random);
            planned.add(new Planned(planned.size(), at, kind, aim(kind, random), random.nextLong()));
            at += pause(random, longestPause);
        }
        return new FaultPlan(planned, loss, repetition, delay, drift);
    }

    private static long pause(RandomGenerator random, long longestMillis) {
        return random.nextLong(20, longestMillis) * Now.NANOS_PER_MILLI;
    }

    private static Optional<Step> aim(FaultKind kind, RandomGenerator random) {
        boolean aimed =
                kind == FaultKind.CRASH_OTHERS || (random.nextDouble() < SHARE_OF_AIMED && AIMABLE.contains(kind));
        List<Step> aims = kind.isOfCluster() ? AIMS_OF_CONTROLLERS : AIMS;
        return aimed ? Optional.of(aims.get(random.nextInt(aims.size()))) : Optional.empty();
    }

    private static FaultKind drawn(Set<FaultKind> kinds, RandomGenerator random) {
        int left = random.nextInt(kinds.stream().mapToInt(FaultKind::weight).sum());
        for (FaultKind kind : kinds) {
            left -= kind.weight();
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("weights");
    }

    /** Only those faults; the network and the clocks stay as they are. */
    FaultPlan only(Predicate<Planned> kept) {
        return new FaultPlan(
                faults.stream().filter(kept).toList(),
                lossProbability,
                repetitionProbability,
                longestDelayMicros,
                drift);
    }

    /** The same faults on a network that delivers everything once, and with clocks that agree. */
    FaultPlan onQuietNetwork() {
        return new FaultPlan(faults, 0, 0, 2_000, false);
    }
}
