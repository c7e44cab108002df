package io.quorate.acceptance.torture;

import io.quorate.cli.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Begins faults of each kind. */
final class Faults {
    private static final Duration REPLACED_LIMIT = Duration.ofSeconds(40);
    private static final long LEFT_ON_DISK_BYTES = TorturedCluster.DISK_RESERVE_BYTES / 2;

    private final TorturedCluster cluster;
    private final ControllerView view;
    private final Cuts cuts;
    private final Optional<SmallDisk> smallDisk;
    private final Findings findings;

    Faults(
            TorturedCluster cluster,
            ControllerView view,
            Network network,
            Optional<SmallDisk> smallDisk,
            Findings findings) {
        this.cluster = cluster;
        this.view = view;
        this.cuts = new Cuts(cluster, network);
        this.smallDisk = smallDisk;
        this.findings = findings;
    }

    /**
     * Begins one.
     *
     * @param random decides whom it strikes and for how long
     * @param spared whom it must not strike
     */
    Strike begin(FaultKind kind, SplittableRandom random, Set<String> spared) {
        return switch (kind) {
            case KILL -> kill(random, worker(random, spared));
            case KILL_ALL -> killAll(random);
            case KILL_CONTROLLER -> killController(random, activeController(random, spared));
            case PAUSE -> pause(kind, random, worker(random, spared));
            case PAUSE_CONTROLLER -> pause(kind, random, controller(random, spared));
            case LOSE_DISK -> loseDisk(random, worker(random, spared));
            case RESTART -> restart(random, worker(random, spared));
            case CUT -> cuts.begin(random, worker(random, spared), activeController(random, spared));
            case FILL_DISK -> fillDisk(random, smallDisk.orElseThrow());
        };
    }

    private Part worker(SplittableRandom random, Set<String> spared) {
        return oneOf(cluster.workerIds(), random, spared);
    }

    private Part controller(SplittableRandom random, Set<String> spared) {
        Part active = activeController(random, spared);
        Part any = oneOf(cluster.controllerIds(), random, spared);
        return random.nextInt(3) > 0 ? active : any;
    }

    private Part activeController(SplittableRandom random, Set<String> spared) {
        Part any = oneOf(cluster.controllerIds(), random, spared);
        return view.active()
                .filter(id -> !spared.contains(id))
                .map(cluster::part)
                .orElse(any);
    }

    private Part oneOf(List<String> ids, SplittableRandom random, Set<String> spared) {
        List<String> candidates =
                ids.stream().filter(id -> !spared.contains(id)).toList();
        return cluster.part(candidates.get(random.nextInt(candidates.size())));
    }

    private Strike kill(SplittableRandom random, Part worker) {
        boolean untilReplaced = random.nextBoolean();
        long millis = random.nextLong(500, 5_000);
        long from = System.nanoTime();
        worker.kill();
        Runnable hold = untilReplaced ? () -> awaitReplaced(worker.id()) : lasting(millis);
        String what = "kill -9 of " + worker.id() + (untilReplaced ? " until it is replaced" : lasts(millis));
        return new Strike(FaultKind.KILL, what, Set.of(worker.id()), from, hold, worker::start);
    }

    private void awaitReplaced(String worker) {
        ControllerView.await(REPLACED_LIMIT, () -> {
            Standing standing = view.standing();
            return standing.isWhole()
                    && standing.replicas().values().stream().noneMatch(replicas -> replicas.contains(worker));
        });
    }

    private Strike killAll(SplittableRandom random) {
        long millis = random.nextLong(100, 2_000);
        cluster.killAll();
        return new Strike(
                FaultKind.KILL_ALL,
                "kill -9 of all processes" + lasts(millis),
                Set.of(),
                Strike.FROM_HEAL,
                lasting(millis),
                cluster::startAll);
    }

    private Strike killController(SplittableRandom random, Part controller) {
        long millis = random.nextLong(500, 8_000);
        long from = System.nanoTime();
        controller.kill();
        return new Strike(
                FaultKind.KILL_CONTROLLER,
                "kill -9 of the controller " + controller.id() + lasts(millis),
                Set.of(controller.id()),
                from,
                lasting(millis),
                controller::start);
    }

    private Strike pause(FaultKind kind, SplittableRandom random, Part part) {
        long millis = random.nextLong(300, random.nextBoolean() ? 1_500 : 8_000);
        part.pause();
        return new Strike(
                kind,
                "SIGSTOP of " + part.id() + lasts(millis),
                Set.of(part.id()),
                System.nanoTime(),
                lasting(millis),
                part::resume);
    }

    private Strike loseDisk(SplittableRandom random, Part worker) {
        long millis = random.nextBoolean() ? 0 : random.nextLong(1_000, 9_000);
        long from = System.nanoTime();
        worker.kill();
        worker.loseDisk();
        return new Strike(
                FaultKind.LOSE_DISK,
                "loss of the disk of " + worker.id() + lasts(millis),
                Set.of(worker.id()),
                from,
                lasting(millis),
                worker::start);
    }

    private Strike restart(SplittableRandom random, Part worker) {
        long millis = random.nextLong(0, 3_000);
        long from = System.nanoTime();
        if (!worker.stop()) {
            findings.violation(worker.id() + " did not end in order when it was told to");
        }
        return new Strike(
                FaultKind.RESTART,
                "orderly stop of " + worker.id() + lasts(millis),
                Set.of(worker.id()),
                from,
                lasting(millis),
                worker::start);
    }

    private Strike fillDisk(SplittableRandom random, SmallDisk disk) {
        boolean toTheBrim = random.nextBoolean();
        long millis = random.nextLong(2_000, 6_000);
        Part worker = cluster.part(Stage.onSmallDisk(cluster.workerIds()));
        long from = System.nanoTime();
        if (toTheBrim) {
            worker.excuseEnd();
        }
        disk.fill(toTheBrim ? 0 : LEFT_ON_DISK_BYTES);
        String how = toTheBrim ? " full to the brim" : " fuller than its reserve allows";
        return new Strike(
                FaultKind.FILL_DISK,
                "disk of " + worker.id() + how + lasts(millis),
                Set.of(worker.id()),
                from,
                lasting(millis),
                () -> {
                    disk.free();
                    worker.startAfterExcuse();
                });
    }

    static String lasts(long millis) {
        return " for %.1f s".formatted(millis / 1e3);
    }

    static Runnable lasting(long millis) {
        return () -> Pause.millis(millis);
    }
}
