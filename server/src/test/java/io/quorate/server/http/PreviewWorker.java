package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Consistency;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadRequest;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import io.quorate.api.Value;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WatchRequest;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.port.WorkerService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A worker of the played cluster: it answers for the partitions that it would hold. */
final class PreviewWorker implements WorkerService {
    private static final AtomicLong INDEX = new AtomicLong(118);

    private final PreviewCluster cluster;
    private final int number;

    PreviewWorker(PreviewCluster cluster, int number) {
        this.cluster = cluster;
        this.number = number;
    }

    @Override
    public void write(WriteRequest request, long timeoutMillis, Consumer<Outcome> whenDone) {
        Revision revision = new Revision(5, INDEX.incrementAndGet());
        boolean existed = cluster.records.containsKey(request.key());
        switch (request.command()) {
            case Command.Put put -> store(put.key(), put.value(), revision);
            case Command.Delete delete -> cluster.records.remove(delete.key());
            case Command.Replicate replicate -> store(replicate.key(), replicate.value(), revision);
            case Command.Add _, Command.Retime _, Command.OpenSession _ ->
                throw new UnsupportedOperationException("the page does not ask this");
        }
        whenDone.accept(new Outcome.Applied(revision, existed, 2, 3, 2));
    }

    void store(Bytes key, Value value, Revision revision) {
        cluster.records.put(key, new Record(value, revision, 0, Record.NEVER, ""));
    }

    @Override
    public void scan(ScanRequest request, long timeoutMillis, Consumer<ScanOutcome> whenDone) {
        whenDone.accept(new ScanOutcome.NotServed(Problem.NOT_READY, "a preview has no scans"));
    }

    @Override
    public void watch(WatchRequest request, long timeoutMillis, Consumer<WatchOutcome> whenDone) {
        whenDone.accept(new WatchOutcome.NotServed(Problem.NOT_READY, "a preview has no watches"));
    }

    @Override
    public void read(ReadRequest request, long timeoutMillis, Consumer<ReadOutcome> whenDone) {
        Bytes key = request.key();
        Consistency consistency = request.consistency();
        List<Integer> holders = cluster.live(cluster.partitionOf(key));
        boolean local = consistency == Consistency.LOCAL;
        if (local && !holders.contains(number)) {
            String names =
                    String.join(", ", holders.stream().map(PreviewCluster::id).toList());
            whenDone.accept(new ReadOutcome.NotServed(
                    Problem.MISDIRECTED,
                    PreviewCluster.id(number) + " keeps no replica of this key; " + names + " do."));
            return;
        }
        int who = local ? number : holders.getFirst();
        String role = who == holders.getFirst() ? "leader" : "follower";
        ReadOutcome.Served served =
                new ReadOutcome.Served(PreviewCluster.id(who), role, consistency, new Revision(5, INDEX.get()));
        whenDone.accept(Optional.ofNullable(cluster.records.get(key))
                .<ReadOutcome>map(record -> new ReadOutcome.Found(record, served))
                .orElseGet(() -> new ReadOutcome.Missing(served)));
    }

    @Override
    public void keys(KeyQuery query, Consumer<KeyPage> whenDone) {
        List<Bytes> keys = cluster.records.keySet().stream()
                .filter(key -> key.startsWith(query.prefix()))
                .filter(key ->
                        query.after().isEmpty() || key.compareTo(query.after().get()) > 0)
                .filter(key -> cluster.live(cluster.partitionOf(key)).contains(number))
                .limit(query.limit() + 1L)
                .toList();
        boolean more = keys.size() > query.limit();
        whenDone.accept(new KeyPage(more ? keys.subList(0, query.limit()) : keys, more));
    }

    @Override
    public void pull(Consumer<PullReport> whenDone) {
        whenDone.accept(new PullReport(48, 0, 0, 0, 0, 12));
    }

    @Override
    public ClusterMap map() {
        return cluster.map();
    }

    @Override
    public WorkerStatus status() {
        return new WorkerStatus(
                PreviewCluster.id(number), Optional.of(FakeWorker.CLUSTER), 1, 48, 16, false, new LinkedHashMap<>());
    }
}
