package io.quorate.client;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which of the candidates one request asks next: the best that it has not asked in this round. */
final class Rotation {
    private final Set<Address> asked = new HashSet<>();

    /** The next one; a further round begins when all were asked. */
    Worker next(List<Worker> candidates) {
        if (isRoundOver(candidates)) {
            asked.clear();
        }
        Worker next = candidates.stream()
                .filter(worker -> !asked.contains(worker.address()))
                .findFirst()
                .orElseThrow();
        asked.add(next.address());
        return next;
    }

    /** Whether all of them were asked in this round. */
    boolean isRoundOver(List<Worker> candidates) {
        return candidates.stream().allMatch(worker -> asked.contains(worker.address()));
    }
}
