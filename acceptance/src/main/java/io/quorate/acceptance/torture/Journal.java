package io.quorate.acceptance.torture;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Takes down every call of a run; thread-safe. */
final class Journal implements AutoCloseable {
    private final Map<String, Map<String, LongAdder>> tally = new ConcurrentHashMap<>();

    Journal(Path file) {}

    Optional<HistoryVerdict> check() {
        return Optional.empty();
    }

    static HistoryVerdict check(Path file) {
        throw new IllegalStateException();
    }

    void add(Done done) {
        tally.computeIfAbsent(done.request().name(), each -> new ConcurrentHashMap<>())
                .computeIfAbsent(done.ending().name(), each -> new LongAdder())
                .increment();
    }

    /** How many calls of each kind ended how. */
    Map<String, Map<String, Long>> tally() {
        Map<String, Map<String, Long>> sums = new TreeMap<>();
        tally.forEach((request, endings) -> {
            Map<String, Long> each = new TreeMap<>();
            endings.forEach((ending, count) -> each.put(ending, count.sum()));
            sums.put(request, each);
        });
        return sums;
    }

    @Override
    public void close() {}
}
