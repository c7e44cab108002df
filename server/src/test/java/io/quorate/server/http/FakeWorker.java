package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Consistency;
import io.quorate.api.ItemResult;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Outcome;
import io.quorate.api.Partitioning;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadRequest;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import io.quorate.api.Value;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WatchRequest;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.port.WorkerService;
import io.quorate.core.wire.ItemResultsV1;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A worker that keeps its keys in a map, answers at once, and can be told what to answer instead. */
final class FakeWorker implements WorkerService {
    static final UUID CLUSTER = UUID.fromString("00000000-0000-4000-8000-000000000001");

    final String id;
    final TreeMap<Bytes, Record> records = new TreeMap<>();
    final List<WriteRequest> requests = new ArrayList<>();
    final List<Command> commands = new ArrayList<>();
    final SequencedMap<String, Boolean> checks = new LinkedHashMap<>();
    Optional<Outcome> nextWrite = Optional.empty();
    Optional<ReadOutcome> nextRead = Optional.empty();
    Optional<ScanOutcome> nextScan = Optional.empty();
    OptionalLong staleness = OptionalLong.empty();
    final List<ReadRequest> reads = new ArrayList<>();
    final List<ScanRequest> scans = new ArrayList<>();
    /** Watches that wait for an answer, oldest first. */
    final List<Watch> watches = new CopyOnWriteArrayList<>();

    /** A watch that waits. */
    record Watch(WatchRequest request, Consumer<WatchOutcome> whenDone) {}

    Optional<RuntimeException> nextFailure = Optional.empty();
    /** Set, a write is not answered but handed to it. */
    Optional<Consumer<Runnable>> held = Optional.empty();

    final List<Long> readTimeouts = new ArrayList<>();
    Runnable duringRead = () -> {};

    ClusterMap map = ClusterMap.EMPTY;
    String role = "leader";
    private long index = 40;

    FakeWorker(String id) {
        this.id = id;
        checks.put("log is open", true);
        checks.put("registered", true);
    }

    @Override
    public void write(WriteRequest request, long timeoutMillis, Consumer<Outcome> whenDone) {
        nextFailure.ifPresent(failure -> {
            throw failure;
        });
        requests.add(request);
        commands.addAll(request.commands());
        Outcome outcome = nextWrite.orElseGet(() -> request.isAtomic() ? together(request) : apply(request.command()));
        held.ifPresentOrElse(hold -> hold.accept(() -> whenDone.accept(outcome)), () -> whenDone.accept(outcome));
    }

    private Outcome together(WriteRequest request) {
        Map<Bytes, Record> before = Map.copyOf(records);
        List<ItemResult> results = new ArrayList<>();
        for (Command command : request.commands()) {
            if (command instanceof Command.Get get
                    && get.condition().holds(Optional.ofNullable(records.get(get.key())))) {
                results.add(ItemResult.of(Optional.ofNullable(records.get(get.key()))));
                continue;
            }
            switch (apply(command)) {
                case Outcome.Applied applied -> results.add(new ItemResult(applied.existed(), applied.result()));
                case Outcome.ConditionFailed failed -> {
                    records.clear();
                    records.putAll(before);
                    return new Outcome.ConditionFailed(failed.current(), results.size());
                }
                case Outcome.NotApplied refused -> {
                    return refused;
                }
                case Outcome.Unknown unknown -> {
                    return unknown;
                }
            }
        }
        return new Outcome.Applied(new Revision(3, index), false, 2, 3, 2, Optional.of(ItemResultsV1.encode(results)));
    }

    private Outcome apply(Command command) {
        Optional<Record> before = Optional.ofNullable(records.get(command.key()));
        if (!command.condition().holds(before)) {
            return failed(before);
        }
        Revision revision = new Revision(3, ++index);
        switch (command) {
            case Command.Put put ->
                store(put.key(), put.value(), revision, put.lifetime().expiresMillis(0, before));
            case Command.Delete delete -> records.remove(delete.key());
            case Command.Get _, Command.OpenSession _ -> {}
            case Command.Replicate replicate -> store(replicate.key(), replicate.value(), revision);
            case Command.Add add -> {
                long sum = before.map(record ->
                                        Long.parseLong(record.value().bytes().toString()))
                                .orElse(0L)
                        + add.amount();
                store(add.key(), Value.json(Long.toString(sum)), revision);
                return new Outcome.Applied(
                        revision, before.isPresent(), 2, 3, 2, Optional.of(Bytes.utf8(Long.toString(sum))));
            }
            case Command.Retime retime -> {
                if (before.isEmpty()) {
                    return failed(before);
                }
                store(
                        retime.key(),
                        before.get().value(),
                        revision,
                        retime.lifetime().expiresMillis(0, before));
            }
        }
        return new Outcome.Applied(revision, before.isPresent(), 2, 3, 2);
    }

    private static Outcome failed(Optional<Record> before) {
        return new Outcome.ConditionFailed(before.map(Record::revision).orElse(Revision.NONE));
    }

    private void store(Bytes key, Value value, Revision revision, long expiresMillis) {
        records.put(key, new Record(value, revision, 0, expiresMillis, ""));
    }

    void store(Bytes key, Value value, Revision revision) {
        records.put(key, new Record(value, revision, 0, Record.NEVER, ""));
    }

    @Override
    public void read(ReadRequest request, long timeoutMillis, Consumer<ReadOutcome> whenDone) {
        reads.add(request);
        readTimeouts.add(timeoutMillis);
        duringRead.run();
        Bytes key = request.key();
        ReadOutcome.Served served =
                new ReadOutcome.Served(id, role, request.consistency(), new Revision(3, index), staleness);
        whenDone.accept(nextRead.orElseGet(() -> Optional.ofNullable(records.get(key))
                .<ReadOutcome>map(record -> new ReadOutcome.Found(record, served))
                .orElseGet(() -> new ReadOutcome.Missing(served))));
    }

    @Override
    public void scan(ScanRequest request, long timeoutMillis, Consumer<ScanOutcome> whenDone) {
        scans.add(request);
        List<KeyedRecord> wanted = records.tailMap(request.start(), true).entrySet().stream()
                .filter(each -> each.getKey().startsWith(request.prefix()))
                .filter(each -> partitionOf(each.getKey()) == request.partition())
                .limit(request.limit() + 1L)
                .map(each -> new KeyedRecord(each.getKey(), each.getValue()))
                .toList();
        boolean more = wanted.size() > request.limit();
        List<KeyedRecord> page = more ? wanted.subList(0, request.limit()) : wanted;
        ReadOutcome.Served served = new ReadOutcome.Served(id, role, Consistency.LINEARIZABLE, new Revision(3, index));
        whenDone.accept(nextScan.orElseGet(() -> new ScanOutcome.Page(
                request.detail() == ScanDetail.COUNT ? List.of() : page,
                page.size(),
                more ? Optional.of(wanted.getLast().key()) : Optional.empty(),
                served)));
    }

    @Override
    public void watch(WatchRequest request, long timeoutMillis, Consumer<WatchOutcome> whenDone) {
        watches.add(new Watch(request, whenDone));
    }

    private int partitionOf(Bytes key) {
        return map.partitions() == 0 ? 0 : new Partitioning(map.partitions()).of(key);
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
