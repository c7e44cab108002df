package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Consistency;
import io.quorate.api.ItemResult;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Lifetime;
import io.quorate.api.Outcome;
import io.quorate.api.Partitioning;
import io.quorate.api.Problem;
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
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.port.WorkerService;
import io.quorate.core.wire.ItemResultsV1;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A cluster in a map that does what the leader would do, answers at once or when it is told to, and can be refused. */
final class FakeKeyspace implements WorkerService {
    static final int PARTITIONS = 16;

    final TreeMap<Bytes, Record> records = new TreeMap<>();
    final List<WriteRequest> writes = new ArrayList<>();
    final List<ReadRequest> reads = new ArrayList<>();
    /** Answers of the next writes, before any is done. */
    final Deque<Outcome> nextWrites = new ArrayDeque<>();
    /** What happens after the next reads were answered, as if by another client. */
    final Deque<Runnable> afterReads = new ArrayDeque<>();

    Optional<ReadOutcome> nextRead = Optional.empty();
    /** Set, what is asked for is done and answered when these steps are run. */
    Optional<Deque<Runnable>> held = Optional.empty();

    int acks = 2;
    int partitions = PARTITIONS;
    private final Partitioning partitioning = new Partitioning(PARTITIONS);
    private long index = 40;

    int partition(String key) {
        return partitioning.of(Bytes.utf8(key));
    }

    String text(String key) {
        return current(Bytes.utf8(key))
                .map(record -> record.value().bytes().toString())
                .orElse("(none)");
    }

    void store(String key, String value) {
        records.put(Bytes.utf8(key), record(Value.json(value), Record.NEVER));
    }

    private Record record(Value value, long expiresMillis) {
        return new Record(value, new Revision(3, ++index), 0, expiresMillis, "");
    }

    private Optional<Record> current(Bytes key) {
        return Optional.ofNullable(records.get(key)).filter(record -> !record.expiredAt(System.currentTimeMillis()));
    }

    private void answer(Runnable step) {
        held.ifPresentOrElse(steps -> steps.addLast(step), step);
    }

    @Override
    public void write(WriteRequest request, long timeoutMillis, Consumer<Outcome> whenDone) {
        writes.add(request);
        Outcome planned = nextWrites.pollFirst();
        answer(() -> whenDone.accept(planned == null ? done(request) : planned));
    }

    private Outcome done(WriteRequest request) {
        Map<Bytes, Record> before = Map.copyOf(records);
        List<ItemResult> results = new ArrayList<>();
        for (Command command : request.commands()) {
            Optional<Outcome> refusal = refusal(command);
            if (refusal.isPresent()) {
                records.clear();
                records.putAll(before);
                return refusal.get() instanceof Outcome.ConditionFailed failed
                        ? new Outcome.ConditionFailed(failed.current(), results.size())
                        : refusal.get();
            }
            results.add(apply(command));
        }
        int known = request.acks() == WriteRequest.ALL ? 3 : Math.max(acks, request.acks());
        Optional<Bytes> result = request.isAtomic()
                ? Optional.of(ItemResultsV1.encode(results))
                : results.getFirst().result();
        return new Outcome.Applied(new Revision(3, index), results.getFirst().existed(), known, 3, 2, result);
    }

    private Optional<Outcome> refusal(Command command) {
        Optional<Record> before = current(command.key());
        boolean missing = command instanceof Command.Retime && before.isEmpty();
        if (missing || !command.condition().holds(before)) {
            return Optional.of(
                    new Outcome.ConditionFailed(before.map(Record::revision).orElse(Revision.NONE)));
        }
        boolean notANumber = command instanceof Command.Add add
                && before.filter(record -> sum(record, add.amount()).isEmpty()).isPresent();
        return notANumber ? Optional.of(new Outcome.NotApplied(Problem.NOT_AN_INTEGER, "no number")) : Optional.empty();
    }

    private static Optional<Long> sum(Record record, long amount) {
        try {
            return Arguments.number(record.value().bytes()).map(number -> Math.addExact(number, amount));
        } catch (ArithmeticException overflow) {
            return Optional.empty();
        }
    }

    private ItemResult apply(Command command) {
        Optional<Record> before = current(command.key());
        long now = System.currentTimeMillis();
        Optional<Bytes> result = Optional.empty();
        switch (command) {
            case Command.Get _ -> {
                return ItemResult.of(before);
            }
            case Command.Put put -> put(put.key(), put.value(), put.lifetime().expiresMillis(now, before));
            case Command.Delete delete -> records.remove(delete.key());
            case Command.Add add -> {
                long sum = before.flatMap(record -> sum(record, add.amount())).orElse(add.amount());
                Bytes text = Bytes.utf8(Long.toString(sum));
                put(add.key(), Value.json(text.toString()), new Lifetime.Keep().expiresMillis(now, before));
                result = Optional.of(text);
            }
            case Command.Retime retime ->
                put(
                        retime.key(),
                        before.orElseThrow().value(),
                        retime.lifetime().expiresMillis(now, before));
            case Command.OpenSession _, Command.Replicate _ -> throw new AssertionError("not of Redis");
        }
        return new ItemResult(before.isPresent(), result);
    }

    private void put(Bytes key, Value value, long expiresMillis) {
        records.put(key, record(value, expiresMillis));
    }

    @Override
    public void read(ReadRequest request, long timeoutMillis, Consumer<ReadOutcome> whenDone) {
        reads.add(request);
        answer(() -> {
            ReadOutcome.Served served =
                    new ReadOutcome.Served("w1", "leader", Consistency.LINEARIZABLE, new Revision(3, index));
            ReadOutcome outcome = nextRead.orElseGet(() -> current(request.key())
                    .<ReadOutcome>map(record -> new ReadOutcome.Found(record, served))
                    .orElseGet(() -> new ReadOutcome.Missing(served)));
            Runnable after = afterReads.pollFirst();
            if (after != null) {
                after.run();
            }
            whenDone.accept(outcome);
        });
    }

    @Override
    public void scan(ScanRequest request, long timeoutMillis, Consumer<ScanOutcome> whenDone) {
        List<KeyedRecord> wanted = records.tailMap(request.start(), true).entrySet().stream()
                .filter(each -> each.getKey().startsWith(request.prefix()))
                .filter(each -> partitioning.of(each.getKey()) == request.partition())
                .limit(request.limit() + 1L)
                .map(each -> new KeyedRecord(each.getKey(), each.getValue()))
                .toList();
        boolean more = wanted.size() > request.limit();
        List<KeyedRecord> page = more ? wanted.subList(0, request.limit()) : wanted;
        ReadOutcome.Served served =
                new ReadOutcome.Served("w1", "leader", Consistency.LINEARIZABLE, new Revision(3, index));
        whenDone.accept(new ScanOutcome.Page(
                request.detail() == ScanDetail.COUNT ? List.of() : page,
                page.size(),
                more ? Optional.of(wanted.getLast().key()) : Optional.empty(),
                served));
    }

    @Override
    public void watch(WatchRequest request, long timeoutMillis, Consumer<WatchOutcome> whenDone) {
        throw new AssertionError("not of Redis");
    }

    @Override
    public void keys(KeyQuery query, Consumer<KeyPage> whenDone) {
        throw new AssertionError("not of Redis");
    }

    @Override
    public void pull(Consumer<PullReport> whenDone) {
        throw new AssertionError("not of Redis");
    }

    @Override
    public ClusterMap map() {
        Map<String, WorkerAddress> workers = Map.of(
                "w1", new WorkerAddress("http://127.0.0.1:8001", "127.0.0.1:9001"),
                "w2", new WorkerAddress("http://127.0.0.1:8002", "127.0.0.1:9002"));
        return new ClusterMap(1, Optional.empty(), partitions, 3, 2, Map.of(), workers);
    }

    @Override
    public WorkerStatus status() {
        return new WorkerStatus("w1", Optional.empty(), 4, 16, 8, false, new LinkedHashMap<>());
    }
}
