package io.quorate.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What goes wrong between processes. */
final class LinkFaults {
    private final Simulation world;
    private final Timeline time;

    LinkFaults(Simulation world) {
        this.world = world;
        this.time = world.time;
    }

    /** Nothing goes from the one to the other for a while. */
    void cut(SimulatedWorker from, SimulatedWorker to, RandomGenerator random) {
        world.network.cut(from.id, to.id);
        later(random, 100_000, 2_000_000, () -> {
            world.network.mend(from.id, to.id);
            from.act(core -> core.linkUp(to.id, from.now()));
        });
    }

    /** Messages between the two take long. */
    void slow(SimulatedWorker one, SimulatedWorker other, RandomGenerator random) {
        long micros = random.nextLong(20_000, 1_000_000);
        world.network.slow(one.id, other.id, micros);
        later(random, 500_000, 5_000_000, () -> world.network.slow(one.id, other.id, 0));
    }

    /** A worker reaches nobody, or no controller, or no worker, and is reached by none of them; clients reach it. */
    void isolate(SimulatedWorker worker, RandomGenerator random) {
        isolate(worker, random.nextInt(3), random);
    }

    /** A worker reaches nobody, and is reached by clients alone. */
    void isolateFromAll(SimulatedWorker worker, RandomGenerator random) {
        isolate(worker, 0, random);
    }

    private void isolate(SimulatedWorker worker, int from, RandomGenerator random) {
        List<String> others = new ArrayList<>();
        if (from != 1) {
            world.workers().forEach(other -> others.add(other.id));
        }
        if (from != 2) {
            world.controllers().all().forEach(controller -> others.add(controller.id));
        }
        others.remove(worker.id);
        separate(List.of(worker.id), others, random.nextLong(300_000, 8_000_000));
    }

    /** Some workers and controllers do not reach the others. */
    void split(RandomGenerator random) {
        List<String> one = new ArrayList<>();
        List<String> other = new ArrayList<>();
        world.workers().forEach(worker -> (random.nextBoolean() ? one : other).add(worker.id));
        world.controllers().all().forEach(controller -> (random.nextBoolean() ? one : other).add(controller.id));
        separate(one, other, random.nextLong(300_000, 8_000_000));
    }

    private void separate(List<String> some, List<String> others, long micros) {
        for (String one : some) {
            for (String other : others) {
                world.network.cut(one, other);
                world.network.cut(other, one);
            }
        }
        time.after(micros * 1_000, () -> {
            for (String one : some) {
                for (String other : others) {
                    world.network.mend(one, other);
                    world.network.mend(other, one);
                }
            }
            announceAll();
        });
    }

    /** Whoever reaches whom learns that there is a link. */
    void announceAll() {
        for (SimulatedWorker one : world.workers()) {
            for (SimulatedWorker other : world.workers()) {
                if (one != other && world.network.reaches(one.id, other.id)) {
                    one.act(core -> core.linkUp(other.id, one.now()));
                }
            }
        }
    }

    private void later(RandomGenerator random, long fromMicros, long toMicros, Runnable action) {
        time.after(random.nextLong(fromMicros, toMicros) * 1_000, action);
    }
}
