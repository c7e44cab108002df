package io.quorate.simulation;

import io.quorate.core.cluster.Now;
import io.quorate.core.port.ControllerService.SettingChange;
import io.quorate.core.replica.WorkerCore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes what is planned go wrong, each at its time. */
final class Faults {
    private static final int MOST_REPLICAS = 5;
    private static final long DECISION_MICROS = 20_000;
    private static final long AT_ONCE_MICROS = 60_000;
    private static final long SHORT_MICROS = 1_500_000;
    private static final long PATIENCE_NANOS = 3_000 * Now.NANOS_PER_MILLI;

    private final Simulation world;
    private final Timeline time;
    private final FaultPlan plan;
    private final LinkFaults links;
    private final List<Aimed> waiting = new ArrayList<>();
    private boolean over;

    private record Aimed(FaultPlan.Planned planned, Coverage.Step step, RandomGenerator random) {}

    Faults(Simulation world, FaultPlan plan) {
        this.world = world;
        this.time = world.time;
        this.plan = plan;
        this.links = new LinkFaults(world);
    }

    void begin() {
        world.network.faults(plan.lossProbability(), plan.repetitionProbability(), plan.longestDelayMicros());
        for (FaultPlan.Planned planned : plan.faults()) {
            time.after(planned.atNanos() - time.nanos(), () -> {
                if (!over) {
                    strike(planned);
                }
            });
        }
    }

    private void strike(FaultPlan.Planned planned) {
        RandomGenerator random = planned.random();
        planned.aim().ifPresentOrElse(step -> aim(planned, step, random), () -> strike(planned, any(random), random));
    }

    /** What concerns the whole cluster strikes that, whatever worker it waited for. */
    private void strike(FaultPlan.Planned planned, SimulatedWorker worker, RandomGenerator random) {
        if (planned.kind().isOfCluster()) {
            strikeCluster(planned, random);
        } else {
            strikeWorker(planned, worker, random);
        }
    }

    private void strikeCluster(FaultPlan.Planned planned, RandomGenerator random) {
        FaultKind kind = planned.kind();
        world.coverage().strikes(kind, world);
        time.note(() -> "fault %d: %s".formatted(planned.number(), kind.written()));
        strikeCluster(kind, random);
    }

    private void strikeWorker(FaultPlan.Planned planned, SimulatedWorker worker, RandomGenerator random) {
        world.coverage().strikes(planned.kind(), worker, world);
        time.note(() ->
                "fault %d: %s of %s".formatted(planned.number(), planned.kind().written(), worker.id));
        strikeWorker(planned.kind(), worker, random);
    }

    /** It strikes the first worker that is in the middle of a step, or after a while none. */
    private void aim(FaultPlan.Planned planned, Coverage.Step step, RandomGenerator random) {
        Aimed aimed = new Aimed(planned, step, random);
        waiting.add(aimed);
        time.after(PATIENCE_NANOS, () -> waiting.remove(aimed));
    }

    /** A worker did something. */
    void afterTurn(SimulatedWorker worker, WorkerCore core) {
        for (Aimed aimed : waiting) {
            if (Coverage.isIn(core, aimed.step(), world.controllers().decided())) {
                hit(aimed, worker, 1);
                return;
            }
        }
    }

    private void hit(Aimed aimed, SimulatedWorker worker, long afterNanos) {
        waiting.remove(aimed);
        time.after(afterNanos, () -> strike(aimed.planned(), worker, aimed.random()));
    }

    private void strikeCluster(FaultKind kind, RandomGenerator random) {
        switch (kind) {
            case CONTROLLER_CRASH -> crash(anyController(random), random);
            case CONTROLLER_PAUSE -> anyController(random).pause(random.nextLong(50, 8_000) * Now.NANOS_PER_MILLI);
            case TAKEOVER -> world.controllers().failOver();
            case SETTINGS -> settings(random);
            case JOIN -> world.join();
            case SPLIT -> links.split(random);
            default -> world.workers().forEach(each -> crash(each, 1_000, SHORT_MICROS, random));
        }
    }

    private void strikeWorker(FaultKind kind, SimulatedWorker worker, RandomGenerator random) {
        switch (kind) {
            case CRASH -> crash(worker, 1_000, random.nextBoolean() ? AT_ONCE_MICROS : SHORT_MICROS, random);
            case CRASH_OTHERS -> {
                if (random.nextBoolean()) {
                    links.isolateFromAll(worker, random);
                }
                world.workers().stream()
                        .filter(other -> other != worker)
                        .forEach(other -> crash(other, 1_000, AT_ONCE_MICROS, random));
            }
            case ABSENCE -> crash(worker, 4_000_000, 30_000_000, random);
            case CUT -> links.cut(worker, any(random), random);
            case ISOLATION -> links.isolate(worker, random);
            case SLOW_LINK -> links.slow(worker, any(random), random);
            case PAUSE -> worker.pause(random.nextLong(50, 3_000) * Now.NANOS_PER_MILLI);
            case CLOCK -> clock(worker, random);
            case SLOW_DISK -> {
                worker.slowDisk(random.nextLong(20_000, 500_000));
                later(random, 500_000, 5_000_000, () -> worker.slowDisk(0));
            }
            case FULL_DISK -> {
                worker.fullDisk(true);
                later(random, 500_000, 10_000_000, () -> worker.fullDisk(false));
            }
            case LOST_DISK -> loseDisk(worker, random);
            case DAMAGED_LOG -> damageLog(worker, random);
            case OLD_COPY -> oldCopy(worker, random);
            case COMPARISON -> {
                long ticket = random.nextLong(1, Long.MAX_VALUE);
                worker.act(core -> core.pull(ticket, worker.now()));
            }
            default -> worker.act(core -> core.checkpoint(worker.now()));
        }
    }

    /** The controllers decided something: whom it meets before it is heard is struck at once. */
    void afterDecision() {
        if (waiting.isEmpty()) {
            return;
        }
        waiting.stream()
                .filter(aimed ->
                        world.coverage().isIn(aimed.step(), world.controllers().decided()))
                .findFirst()
                .ifPresent(
                        aimed -> hit(aimed, any(aimed.random()), aimed.random().nextLong(1, DECISION_MICROS * 1_000)));
        for (SimulatedWorker worker : world.workers()) {
            worker.core().ifPresent(core -> afterTurn(worker, core));
        }
    }

    /** An old copy that is started as often as the disk was is not to be told from it: it is left alone. */
    private void crash(SimulatedWorker worker, long shortestMicros, long longestMicros, RandomGenerator random) {
        if (worker.isUp() && !worker.isOnOldCopy()) {
            worker.crash();
            later(random, shortestMicros, longestMicros, () -> startIfDown(worker));
        }
    }

    private void crash(SimulatedController controller, RandomGenerator random) {
        if (controller.isUp()) {
            boolean wasActive =
                    world.controllers().active().filter(controller::equals).isPresent();
            controller.crash();
            later(random, 300_000, 2_000_000, () -> {
                if (!controller.isUp()) {
                    controller.start();
                }
            });
            if (wasActive) {
                world.controllers().failOver();
            }
        }
    }

    private void settings(RandomGenerator random) {
        int replicas = random.nextInt(1, Math.min(MOST_REPLICAS, world.workers().size()) + 1);
        int writeQuorum = random.nextInt(1, replicas + 1);
        world.controllers()
                .active()
                .ifPresent(
                        active -> active.configure(new SettingChange(Optional.of(replicas), Optional.of(writeQuorum))));
    }

    private static void clock(SimulatedWorker worker, RandomGenerator random) {
        worker.clock.wallOffset(random.nextBoolean() ? random.nextLong(-5_000, 5_000) : random.nextLong(-60, 60));
        worker.clock.drift(random.nextLong(-SimulatedClock.MAX_DRIFT_PPM, SimulatedClock.MAX_DRIFT_PPM + 1));
    }

    private void loseDisk(SimulatedWorker worker, RandomGenerator random) {
        if (worker.isUp() && world.mayLoseDisk(worker)) {
            worker.crash();
            worker.loseDisk(world.newDisk());
            world.durability().checkAll();
            later(random, 1_000, 8_000_000, () -> startIfDown(worker));
        }
    }

    /** A worker that finds its log damaged gives up everything and starts empty. */
    private void damageLog(SimulatedWorker worker, RandomGenerator random) {
        if (worker.isUp() && world.mayLoseDisk(worker)) {
            worker.crash();
            if (worker.disk().damage(random) && !world.isPlanted(Plant.HOLE_ANSWERS_FENCE)) {
                world.coverage().happened(Coverage.Happening.DAMAGE_FOUND);
                worker.loseDisk(world.newDisk());
            }
            world.durability().checkAll();
            later(random, 1_000, SHORT_MICROS, () -> startIfDown(worker));
        }
    }

    private void oldCopy(SimulatedWorker worker, RandomGenerator random) {
        if (!worker.isUp()) {
            return;
        }
        if (!worker.hasOldImage() || !world.mayLoseDisk(worker)) {
            worker.takeImage();
            return;
        }
        worker.crash();
        worker.restoreImage();
        later(random, 1_000, SHORT_MICROS, () -> startIfDown(worker));
    }

    private void later(RandomGenerator random, long fromMicros, long toMicros, Runnable action) {
        time.after(random.nextLong(fromMicros, toMicros) * 1_000, action);
    }

    private SimulatedWorker any(RandomGenerator random) {
        List<SimulatedWorker> workers = world.workers();
        return workers.get(random.nextInt(workers.size()));
    }

    private SimulatedController anyController(RandomGenerator random) {
        List<SimulatedController> all = world.controllers().all();
        return all.get(random.nextInt(all.size()));
    }

    private static void startIfDown(SimulatedWorker worker) {
        if (!worker.isUp()) {
            worker.start();
        }
    }

    /** Everything works from here on. */
    void end() {
        over = true;
        waiting.clear();
        world.network.healAll();
        world.workers().forEach(worker -> {
            worker.slowDisk(0);
            worker.fullDisk(false);
            worker.clock.wallOffset(0);
            worker.clock.drift(0);
            startIfDown(worker);
        });
        links.announceAll();
        world.controllers().all().stream()
                .filter(controller -> !controller.isUp())
                .forEach(SimulatedController::start);
    }
}
