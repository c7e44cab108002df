package io.quorate.core.controller;

import io.quorate.core.controller.state.RegisteredWorker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A consistent-hashing ring of workers: each has {@link ControllerLimits#VIRTUAL_NODES} points on it, and a partition
 * meets the workers in the order in which their points follow its own, so that a worker more or less changes little.
 *
 * <p>D. Karger et al.: "Consistent Hashing and Random Trees", STOC 1997.
 */
final class Ring {
    private record Point(long place, int worker) {}

    private static final Comparator<Point> ORDER = (a, b) -> Long.compareUnsigned(a.place, b.place);

    private final int workers;
    private final List<Point> points = new ArrayList<>();
    private final MessageDigest sha256 = sha256();

    Ring(List<RegisteredWorker> workers) {
        this.workers = workers.size();
        for (int worker = 0; worker < workers.size(); worker++) {
            for (int node = 0; node < ControllerLimits.VIRTUAL_NODES; node++) {
                points.add(new Point(hash(workers.get(worker).id() + '#' + node), worker));
            }
        }
        points.sort(ORDER);
    }

    /** The places in the list of all workers, in the order in which the partition meets them. */
    int[] from(int partition) {
        int[] met = new int[workers];
        if (workers == 0) {
            return met;
        }
        int start = firstAfter(hash("partition " + partition));
        boolean[] seen = new boolean[workers];
        int count = 0;
        for (int step = 0; count < workers; step++) {
            int worker = points.get((start + step) % points.size()).worker;
            if (!seen[worker]) {
                seen[worker] = true;
                met[count++] = worker;
            }
        }
        return met;
    }

    private int firstAfter(long place) {
        int from = 0;
        int to = points.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (Long.compareUnsigned(points.get(middle).place, place) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private long hash(String text) {
        return ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
