package io.quorate.simulation;

import io.quorate.core.cluster.Now;
import java.util.List;

/** What goes wrong in a run, and when. */
final class Faults {
    private final Simulation world;
    private final Timeline time;
    private final long untilNanos;
    private int made;
    private boolean over;

    Faults(Simulation world, long untilNanos) {
        this.world = world;
        this.time = world.time;
        this.untilNanos = untilNanos;
    }

    int made() {
        return made;
    }

    void begin() {
        world.network.faults(
                time.chance(0.5) ? 0.03 : 0, time.chance(0.5) ? 0.05 : 0, time.chance(0.5) ? 20_000 : 2_000);
        next();
    }

    private void next() {
        time.within(100_000, 900_000, () -> {
            if (!over && time.nanos() < untilNanos) {
                strike();
                next();
            }
        });
    }

    private void strike() {
        made++;
        SimulatedWorker worker = any();
        double kind = time.random().nextDouble();
        if (kind < 0.45) {
            crash(worker);
        } else if (kind < 0.55) {
            world.workers().forEach(this::crash);
        } else if (kind < 0.75) {
            cut(worker, any());
        } else {
            worker.act(core -> core.checkpoint(time.now()));
        }
    }

    private SimulatedWorker any() {
        List<SimulatedWorker> workers = world.workers();
        return workers.get(time.random().nextInt(workers.size()));
    }

    private void crash(SimulatedWorker worker) {
        if (worker.isUp()) {
            worker.crash();
            time.within(50_000, 1_500_000, () -> {
                if (!worker.isUp()) {
                    worker.start();
                }
            });
        }
    }

    private void cut(SimulatedWorker from, SimulatedWorker to) {
        world.network.cut(from.id, to.id);
        time.within(100_000, 2_000_000, () -> {
            world.network.mend(from.id, to.id);
            from.act(core -> core.linkUp(to.id, new Now(time.nanos(), time.now().wallMillis())));
        });
    }

    void end() {
        over = true;
        world.network.healAll();
        world.workers().forEach(worker -> {
            if (!worker.isUp()) {
                worker.start();
            }
        });
    }
}
