package io.quorate.simulation;

import io.quorate.core.cluster.Now;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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
        if (kind < 0.30) {
            crash(worker, 1_500_000);
        } else if (kind < 0.36) {
            crash(worker, 12_000_000);
        } else if (kind < 0.44) {
            world.workers().forEach(each -> crash(each, 1_500_000));
        } else if (kind < 0.50) {
            cut(worker, any());
        } else if (kind < 0.58) {
            isolate(worker);
        } else if (kind < 0.68) {
            time.note(() -> "fault: " + worker.id + " is paused");
            worker.pause(time.random().nextLong(50, 3_000) * Now.NANOS_PER_MILLI);
        } else if (kind < 0.72) {
            loseDisk(worker);
        } else if (kind < 0.80) {
            controllers();
        } else {
            worker.act(core -> core.checkpoint(time.now()));
        }
    }

    /** A controller crashes, pauses, or another one becomes active without either. */
    private void controllers() {
        List<SimulatedController> all = world.controllers().all();
        SimulatedController controller = all.get(time.random().nextInt(all.size()));
        time.note(() -> "fault: controller " + controller.id + " is struck");
        if (time.chance(0.3)) {
            controller.pause(time.random().nextLong(50, 8_000) * Now.NANOS_PER_MILLI);
        } else if (controller.isUp()) {
            controller.crash();
            boolean wasActive =
                    world.controllers().active().filter(controller::equals).isPresent();
            time.within(300_000, 2_000_000, () -> {
                if (!controller.isUp()) {
                    controller.start();
                }
            });
            if (wasActive) {
                world.controllers().failOver();
            }
        }
    }

    /** Only as many disks may be lost as the write quorum allows for, and none again before that one is replaced. */
    private void loseDisk(SimulatedWorker worker) {
        if (world.mayLoseDisk() && worker.isUp()) {
            time.note(() -> "fault: " + worker.id + " loses its disk");
            worker.crash();
            worker.loseDisk(new UUID(time.random().nextLong(), time.random().nextLong()));
            world.noteLostDisk();
            time.within(500_000, 8_000_000, () -> startIfDown(worker));
        }
    }

    private SimulatedWorker any() {
        List<SimulatedWorker> workers = world.workers();
        return workers.get(time.random().nextInt(workers.size()));
    }

    private void crash(SimulatedWorker worker, long longestMicros) {
        if (worker.isUp()) {
            time.note(() -> "fault: " + worker.id + " crashes");
            worker.crash();
            time.within(50_000, longestMicros, () -> startIfDown(worker));
        }
    }

    private static void startIfDown(SimulatedWorker worker) {
        if (!worker.isUp()) {
            worker.start();
        }
    }

    private void cut(SimulatedWorker from, SimulatedWorker to) {
        time.note(() -> "fault: nothing goes from " + from.id + " to " + to.id);
        world.network.cut(from.id, to.id);
        time.within(100_000, 2_000_000, () -> {
            world.network.mend(from.id, to.id);
            from.act(core -> core.linkUp(to.id, new Now(time.nanos(), time.now().wallMillis())));
        });
    }

    /** Nobody reaches the worker and it reaches nobody, clients excepted. */
    private void isolate(SimulatedWorker worker) {
        time.note(() -> "fault: " + worker.id + " is isolated");
        List<String> others = new ArrayList<>();
        world.workers().forEach(other -> others.add(other.id));
        world.controllers().all().forEach(controller -> others.add(controller.id));
        others.remove(worker.id);
        for (String other : others) {
            world.network.cut(worker.id, other);
            world.network.cut(other, worker.id);
        }
        time.within(500_000, 8_000_000, () -> {
            for (String other : others) {
                world.network.mend(worker.id, other);
                world.network.mend(other, worker.id);
            }
            world.workers().forEach(other -> {
                worker.act(core -> core.linkUp(other.id, time.now()));
                other.act(core -> core.linkUp(worker.id, time.now()));
            });
        });
    }

    void end() {
        over = true;
        world.network.healAll();
        world.workers().forEach(Faults::startIfDown);
        world.controllers().all().stream()
                .filter(controller -> !controller.isUp())
                .forEach(SimulatedController::start);
    }
}
