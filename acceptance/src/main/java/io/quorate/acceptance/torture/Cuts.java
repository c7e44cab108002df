package io.quorate.acceptance.torture;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Begins cuts of the network. */
final class Cuts {
    private final TorturedCluster cluster;
    private final Network network;

    Cuts(TorturedCluster cluster, Network network) {
        this.cluster = cluster;
        this.network = network;
    }

    /** Which packets get lost. */
    private enum Direction {
        BOTH("both ways"),
        OUT("outwards"),
        IN("inwards");

        private final String words;

        Direction(String words) {
            this.words = words;
        }
    }

    /**
     * Cuts a process from some of the others.
     *
     * @param worker the one that is cut unless it is the controller's turn
     * @param controller another candidate
     */
    Strike begin(SplittableRandom random, Part worker, Part controller) {
        boolean controllersTurn = cluster.controllerIds().size() > 1 && random.nextInt(5) == 0;
        String victim = (controllersTurn ? controller : worker).id();
        Direction direction = Direction.values()[random.nextInt(Direction.values().length)];
        long millis = random.nextLong(500, random.nextBoolean() ? 3_000 : 12_000);
        Others others = controllersTurn ? ofController(random, victim) : ofWorker(random, victim);
        others.ids().forEach(other -> cut(victim, other, direction));
        return new Strike(
                FaultKind.CUT,
                victim + " cut from " + others.words() + ", " + direction.words + Faults.lasts(millis),
                others.struckToo(victim),
                System.nanoTime(),
                Faults.lasting(millis),
                network::heal);
    }

    private void cut(String victim, String other, Direction direction) {
        if (direction != Direction.IN) {
            network.cut(victim, other);
        }
        if (direction != Direction.OUT) {
            network.cut(other, victim);
        }
    }

    /** Whom a process is cut from. */
    private record Others(String words, List<String> ids) {
        /** Of a pair both see the other one missing. */
        Set<String> struckToo(String victim) {
            Set<String> struck = new TreeSet<>(Set.of(victim));
            if (ids.size() == 1) {
                struck.addAll(ids);
            }
            return struck;
        }
    }

    private Others ofWorker(SplittableRandom random, String victim) {
        List<String> workers = without(victim, cluster.workerIds());
        return switch (random.nextInt(4)) {
            case 0 -> {
                String other = workers.get(random.nextInt(workers.size()));
                yield new Others(other, List.of(other));
            }
            case 1 -> new Others("all workers", workers);
            case 2 -> new Others("all controllers", cluster.controllerIds());
            default -> new Others("all others", all(victim));
        };
    }

    private Others ofController(SplittableRandom random, String victim) {
        return switch (random.nextInt(3)) {
            case 0 -> new Others("all controllers", without(victim, cluster.controllerIds()));
            case 1 -> new Others("all workers", cluster.workerIds());
            default -> new Others("all others", all(victim));
        };
    }

    private List<String> all(String victim) {
        return without(
                victim,
                Stream.concat(cluster.controllerIds().stream(), cluster.workerIds().stream())
                        .toList());
    }

    private static List<String> without(String victim, List<String> ids) {
        return ids.stream().filter(id -> !id.equals(victim)).toList();
    }
}
