package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Outcome;
import io.quorate.api.Partitioning;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.core.cluster.Now;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Clients that write and read through any worker, and the check of what they were told: what was acknowledged is
 * committed, what was refused is not, and no read is older than what was acknowledged before it began.
 */
final class Clients {
    private static final long TIMEOUT_NANOS = 2_000 * Now.NANOS_PER_MILLI;

    private record Write(Command command, int partition, long startedNanos) {}

    private record Read(Bytes key, int partition, Revision atLeast) {}

    private final Simulation world;
    private final Partitioning partitioning;
    private final int keys;
    private final Map<Long, Write> writes = new TreeMap<>();
    private final Map<Long, Read> reads = new TreeMap<>();
    private final Map<Bytes, Revision> acknowledged = new HashMap<>();
    private final Map<Long, Outcome> decided = new TreeMap<>();
    private final Map<Long, Write> all = new TreeMap<>();
    private long lastTicket;
    private int applied;
    private int served;
    private int operations;

    Clients(Simulation world, int partitions, int keys) {
        this.world = world;
        this.partitioning = new Partitioning(partitions);
        this.keys = keys;
    }

    int applied() {
        return applied;
    }

    int served() {
        return served;
    }

    int operations() {
        return operations;
    }

    int waiting() {
        return writes.size() + reads.size();
    }

    /** One operation on a worker that is up. */
    void operate() {
        List<SimulatedWorker> up =
                world.workers().stream().filter(SimulatedWorker::isUp).toList();
        if (up.isEmpty()) {
            return;
        }
        SimulatedWorker worker = up.get(world.time.random().nextInt(up.size()));
        Bytes key = Bytes.utf8("key-" + world.time.random().nextInt(keys));
        int partition = partitioning.of(key);
        operations++;
        long ticket = ++lastTicket;
        double kind = world.time.random().nextDouble();
        if (kind < 0.4) {
            world.time.note(() -> "client: read " + ticket + " of " + key + " at " + worker.id);
            reads.put(ticket, new Read(key, partition, acknowledged.getOrDefault(key, Revision.NONE)));
            worker.read(ticket, key, TIMEOUT_NANOS);
        } else {
            Command command = command(kind, key, ticket);
            world.time.note(() -> "client: write " + ticket + " " + command + " at " + worker.id);
            Write write = new Write(command, partition, world.time.nanos());
            writes.put(ticket, write);
            all.put(ticket, write);
            worker.write(ticket, command, TIMEOUT_NANOS);
        }
    }

    private static Command command(double kind, Bytes key, long ticket) {
        if (kind < 0.85) {
            return new Command.Put(key, Value.json("value-" + ticket));
        }
        return kind < 0.93
                ? new Command.Delete(key)
                : new Command.Replicate(key, Value.json("value-" + ticket), ticket, "elsewhere");
    }

    void written(long ticket, Outcome outcome) {
        Write write = writes.remove(ticket);
        if (write == null) {
            return;
        }
        world.time.note(() -> "client: write " + ticket + " is " + outcome);
        decided.put(ticket, outcome);
        if (outcome instanceof Outcome.Applied done) {
            applied++;
            Bytes key = write.command().key();
            acknowledged.merge(key, done.revision(), (one, other) -> one.compareTo(other) > 0 ? one : other);
            Entry entry = world.invariants()
                    .committedAt(write.partition(), done.revision().index());
            if (entry.term() != done.revision().term() || !makes(entry, write.command())) {
                throw new Violation("acknowledged %s as %s but %s is committed".formatted(write, done, entry));
            }
        }
    }

    void read(long ticket, ReadOutcome outcome) {
        Read read = reads.remove(ticket);
        if (read == null) {
            return;
        }
        world.time.note(() -> "client: read " + ticket + " is " + outcome);
        switch (outcome) {
            case ReadOutcome.Found found -> notOlder(read, found.served().applied(), Optional.of(found.record()));
            case ReadOutcome.Missing missing -> notOlder(read, missing.served().applied(), Optional.empty());
            case ReadOutcome.NotServed _ -> {}
        }
    }

    private void notOlder(Read read, Revision appliedAt, Optional<Record> record) {
        served++;
        if (appliedAt.index() < read.atLeast().index()) {
            throw new Violation("a read of %s at %s missed %s".formatted(read.key(), appliedAt, read.atLeast()));
        }
        boolean old = record.map(
                        found -> found.revision().index() < read.atLeast().index())
                .orElse(false);
        if (old) {
            throw new Violation("a read of %s saw %s after %s".formatted(read.key(), record, read.atLeast()));
        }
    }

    private static boolean makes(Entry entry, Command command) {
        return entry.changes().stream().anyMatch(change -> switch (change) {
            case Change.Put put ->
                switch (command) {
                    case Command.Put wanted ->
                        put.key().equals(wanted.key()) && put.record().value().equals(wanted.value());
                    case Command.Replicate wanted ->
                        put.key().equals(wanted.key()) && put.record().value().equals(wanted.value());
                    case Command.Delete _ -> false;
                };
            case Change.Delete delete -> delete.key().equals(command.key()) && command instanceof Command.Delete;
            case Change.Barrier _, Change.Checksum _ -> false;
        });
    }

    /** At the end: what was refused as surely not applied is nowhere in the committed log. */
    void checkRefused() {
        for (Map.Entry<Long, Outcome> outcome : decided.entrySet()) {
            boolean refused = outcome.getValue() instanceof Outcome.NotApplied;
            Write write = all.get(outcome.getKey());
            if (refused && write != null && !(write.command() instanceof Command.Delete)) {
                boolean applied = world.invariants().committed(write.partition()).stream()
                        .anyMatch(entry -> makes(entry, write.command()));
                if (applied) {
                    throw new Violation("told %s for %s, which is committed".formatted(outcome.getValue(), write));
                }
            }
        }
    }
}
