package io.quorate.acceptance.torture;

import io.quorate.simulation.history.Call;
import io.quorate.simulation.history.HistoryLines;
import io.quorate.simulation.history.Operation;
import io.quorate.simulation.history.Result;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Makes the calls of a run and writes down each of them, as the lines of a history; thread-safe.
 *
 * <p>Reads that were not answered say nothing and are counted only.
 */
final class Journal implements AutoCloseable {
    private final Path file;
    private final BufferedWriter lines;
    private final AtomicLong ids = new AtomicLong();
    private final Map<String, Map<String, LongAdder>> tally = new ConcurrentHashMap<>();

    Journal(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            this.lines = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a call and waits for its end; a client makes one at a time. */
    Operation call(KvClient kv, int client, String worker, String key, Call call) {
        return write(client, key, call, () -> kv.call(worker, key, call));
    }

    /** Makes a write that is repeated at the next worker as long as its fate is unknown. */
    Operation callOnce(KvClient kv, int client, List<String> workers, String key, Call call) {
        return write(client, key, call, () -> kv.callOnce(workers, key, call));
    }

    private Operation write(int client, String key, Call call, Supplier<Result> made) {
        long startNanos = System.nanoTime();
        Result result = made.get();
        long endNanos = result instanceof Result.Unknown ? Operation.NEVER : System.nanoTime();
        Operation operation =
                new Operation(ids.incrementAndGet(), "client-" + client, key, call, startNanos, endNanos, result);
        count(operation);
        if (!isUnansweredRead(operation)) {
            write(operation);
        }
        return operation;
    }

    private static boolean isUnansweredRead(Operation operation) {
        return operation.call() instanceof Call.Read && !(operation.result() instanceof Result.ReadValue);
    }

    private void write(Operation operation) {
        String line = HistoryLines.line(operation);
        try {
            synchronized (lines) {
                lines.write(line);
                lines.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The history cannot be written to " + file, e);
        }
    }

    private void count(Operation operation) {
        tally.computeIfAbsent(name(operation.call()), _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(name(operation), _ -> new LongAdder())
                .increment();
    }

    private static String name(Call call) {
        return switch (call) {
            case Call.Read() -> "read";
            case Call.Put _ -> "put";
            case Call.Delete() -> "delete";
            case Call.PutIf _ -> "put if";
            case Call.DeleteIf _ -> "delete if";
            case Call.Add _ -> "add";
        };
    }

    private static String name(Operation operation) {
        if (isUnansweredRead(operation)) {
            return "unanswered";
        }
        return switch (operation.result()) {
            case Result.ReadValue _ -> "answered";
            case Result.Applied _ -> "applied";
            case Result.ConditionFailed _ -> "condition failed";
            case Result.NotApplied() -> "not applied";
            case Result.Unknown() -> "unknown";
        };
    }

    /** How many calls of each kind ended how. */
    Map<String, Map<String, Long>> tally() {
        Map<String, Map<String, Long>> sums = new TreeMap<>();
        tally.forEach((call, endings) -> {
            Map<String, Long> each = new TreeMap<>();
            endings.forEach((ending, count) -> each.put(ending, count.sum()));
            sums.put(call, each);
        });
        return sums;
    }

    /** Everything is in the file on return. */
    @Override
    public void close() {
        try {
            synchronized (lines) {
                lines.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The history cannot be written to " + file, e);
        }
    }
}
