package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Consistency;
import io.quorate.api.Outcome;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.port.WorkerService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** A worker that keeps its keys in a map, answers at once, and can be told what to answer instead. */
final class FakeWorker implements WorkerService {
    static final UUID CLUSTER = UUID.fromString("00000000-0000-4000-8000-000000000001");

    final String id;
    final TreeMap<Bytes, Record> records = new TreeMap<>();
    final List<Command> commands = new ArrayList<>();
    final SequencedMap<String, Boolean> checks = new LinkedHashMap<>();
    Optional<Outcome> nextWrite = Optional.empty();
    Optional<ReadOutcome> nextRead = Optional.empty();
    Optional<RuntimeException> nextFailure = Optional.empty();
    /** Set, a write is not answered but handed to it. */
    Optional<Consumer<Runnable>> held = Optional.empty();

    ClusterMap map = ClusterMap.EMPTY;
    String role = "leader";
    private long index = 40;

    FakeWorker(String id) {
        this.id = id;
        checks.put("log is open", true);
        checks.put("registered", true);
    }

    @Override
    public void write(Command command, long timeoutMillis, Consumer<Outcome> whenDone) {
        nextFailure.ifPresent(failure -> {
            throw failure;
        });
        commands.add(command);
        Outcome outcome = nextWrite.orElseGet(() -> apply(command));
        held.ifPresentOrElse(hold -> hold.accept(() -> whenDone.accept(outcome)), () -> whenDone.accept(outcome));
    }

    private Outcome apply(Command command) {
        Revision revision = new Revision(3, ++index);
        boolean existed = records.containsKey(command.key());
        switch (command) {
            case Command.Put(Bytes key, Value value) -> store(key, value, revision);
            case Command.Delete(Bytes key) -> records.remove(key);
            case Command.Replicate(Bytes key, Value value, long time, String origin) -> store(key, value, revision);
        }
        return new Outcome.Applied(revision, existed, 2, 3, 2);
    }

    void store(Bytes key, Value value, Revision revision) {
        records.put(key, new Record(value, revision, 0, Record.NEVER, ""));
    }

    @Override
    public void read(Bytes key, Consistency consistency, long timeoutMillis, Consumer<ReadOutcome> whenDone) {
        ReadOutcome.Served served = new ReadOutcome.Served(id, role, consistency, new Revision(3, index));
        whenDone.accept(nextRead.orElseGet(() -> Optional.ofNullable(records.get(key))
                .<ReadOutcome>map(record -> new ReadOutcome.Found(record, served))
                .orElseGet(() -> new ReadOutcome.Missing(served))));
    }

    @Override
    public void keys(KeyQuery query, Consumer<KeyPage> whenDone) {
        List<Bytes> matching = records.keySet().stream()
                .filter(key -> key.startsWith(query.prefix()))
                .filter(key ->
                        query.after().isEmpty() || key.compareTo(query.after().get()) > 0)
                .limit(query.limit() + 1L)
                .toList();
        boolean more = matching.size() > query.limit();
        whenDone.accept(new KeyPage(more ? matching.subList(0, query.limit()) : matching, more));
    }

    @Override
    public void pull(Consumer<PullReport> whenDone) {
        whenDone.accept(new PullReport(64, 1, 2, 2, 4_096, 17));
    }

    @Override
    public ClusterMap map() {
        return map;
    }

    @Override
    public WorkerStatus status() {
        return new WorkerStatus(id, Optional.of(CLUSTER), 4, 48, 16, false, checks);
    }
}
