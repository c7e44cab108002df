package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Consistency;
import io.quorate.api.KeyChange;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Outcome;
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
import io.quorate.core.port.WorkerService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A worker of the played cluster: it answers for the partitions that it would hold. */
final class PreviewWorker implements WorkerService {
    private static final AtomicLong INDEX = new AtomicLong(118);
    private static final int TERM = 5;

    private final PreviewCluster cluster;
    private final int number;
    private final Consumer<Runnable> later;

    /** @param later runs a step on the worker's loop a little later */
    PreviewWorker(PreviewCluster cluster, int number, Consumer<Runnable> later) {
        this.cluster = cluster;
        this.number = number;
        this.later = later;
    }

    @Override
    public void write(WriteRequest request, long timeoutMillis, Consumer<Outcome> whenDone) {
        Revision revision = new Revision(TERM, INDEX.get() + 1);
        boolean existed = cluster.records.containsKey(request.key());
        switch (request.command()) {
            case Command.Put put -> store(put.key(), put.value(), revision);
            case Command.Delete delete -> {
                cluster.records.remove(delete.key());
                cluster.changed(new KeyChange.Deleted(delete.key(), revision, 0, System.currentTimeMillis()));
            }
            case Command.Replicate replicate -> store(replicate.key(), replicate.value(), revision);
            case Command.Add _, Command.Retime _, Command.Get _, Command.OpenSession _ ->
                throw new UnsupportedOperationException("the page does not ask this");
        }
        INDEX.incrementAndGet();
        whenDone.accept(new Outcome.Applied(revision, existed, 2, 3, 2));
    }

    void store(Bytes key, Value value, Revision revision) {
        store(key, value, revision, Record.NEVER);
    }

    void store(Bytes key, Value value, Revision revision, long expiresMillis) {
        Record record = new Record(value, revision, 0, expiresMillis, "");
        cluster.records.put(key, record);
        cluster.changed(new KeyChange.Put(key, record, 0, System.currentTimeMillis()));
    }

    @Override
    public void scan(ScanRequest request, long timeoutMillis, Consumer<ScanOutcome> whenDone) {
        List<KeyedRecord> wanted = cluster.records.tailMap(request.start(), true).entrySet().stream()
                .filter(each -> each.getKey().startsWith(request.prefix()))
                .filter(each -> cluster.partitionOf(each.getKey()) == request.partition())
                .limit(request.limit() + 1L)
                .map(each -> new KeyedRecord(each.getKey(), each.getValue()))
                .toList();
        boolean more = wanted.size() > request.limit();
        List<KeyedRecord> page = more ? wanted.subList(0, request.limit()) : wanted;
        whenDone.accept(new ScanOutcome.Page(
                request.detail() == ScanDetail.COUNT ? List.of() : page,
                page.size(),
                more ? Optional.of(wanted.getLast().key()) : Optional.empty(),
                new ReadOutcome.Served(
                        PreviewCluster.id(number),
                        "leader",
                        Consistency.LINEARIZABLE,
                        new Revision(TERM, INDEX.get()))));
    }

    @Override
    public void watch(WatchRequest request, long timeoutMillis, Consumer<WatchOutcome> whenDone) {
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(request.waitMillis());
        watch(request, INDEX.get(), endNanos, whenDone);
    }

    private void watch(WatchRequest request, long begun, long endNanos, Consumer<WatchOutcome> whenDone) {
        long last = INDEX.get();
        long after = request.after().map(Revision::index).orElse(begun);
        List<KeyChange> seen = cluster.changes.stream()
                .filter(change -> change.revision().index() > after)
                .filter(change -> change.key().startsWith(request.prefix()))
                .filter(change -> cluster.partitionOf(change.key()) == request.partition())
                .toList();
        if (seen.isEmpty() && System.nanoTime() < endNanos) {
            later.accept(() -> watch(request, begun, endNanos, whenDone));
        } else {
            whenDone.accept(new WatchOutcome.Changes(seen, new Revision(TERM, last), PreviewCluster.id(number)));
        }
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
                new ReadOutcome.Served(PreviewCluster.id(who), role, consistency, new Revision(TERM, INDEX.get()));
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
