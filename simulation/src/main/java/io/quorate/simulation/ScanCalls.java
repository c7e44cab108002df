package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Record;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import io.quorate.api.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Clients that scan partitions, and what the pages they get must show. */
final class ScanCalls {
    private static final List<Bytes> PREFIXES =
            List.of(Bytes.EMPTY, Bytes.utf8("key-"), Bytes.utf8("brief-"), Bytes.utf8("compared-1"));
    private static final int MOST_KEYS = 6;

    /**
     * A scan that is under way.
     *
     * @param life of the worker that took it
     * @param acknowledgedIndex the last entry of the partition of which anybody was told before
     * @param establishedTerm the greatest term in which a leader of the partition had served before
     * @param calm whether there is no reason for it to fail
     */
    record Scan(
            ScanRequest request,
            SimulatedWorker worker,
            long life,
            long askedNanos,
            long acknowledgedIndex,
            long establishedTerm,
            boolean calm) {}

    private final Simulation world;
    private final Workload workload;
    private final int partitions;
    private final Map<Integer, Long> acknowledged = new TreeMap<>();
    private final Map<Long, Scan> underWay = new TreeMap<>();

    ScanCalls(Simulation world, Workload workload, int partitions) {
        this.world = world;
        this.workload = workload;
        this.partitions = partitions;
    }

    /** Somebody was told that this entry is applied. */
    void acknowledged(int partition, long index) {
        acknowledged.merge(partition, index, Math::max);
    }

    void ask(long ticket, SimulatedWorker worker, boolean calm, long timeoutNanos) {
        RandomGenerator random = world.time.random();
        int partition = random.nextInt(partitions);
        ScanRequest request = new ScanRequest(
                partition,
                PREFIXES.get(random.nextInt(PREFIXES.size())),
                random.nextBoolean() ? Bytes.EMPTY : workload.key(),
                1 + random.nextInt(MOST_KEYS),
                ScanRequest.MAX_BYTES,
                random.nextInt(4) == 0 ? ScanDetail.KEYS : ScanDetail.VALUES);
        underWay.put(
                ticket,
                new Scan(
                        request,
                        worker,
                        worker.life(),
                        world.time.nanos(),
                        acknowledged.getOrDefault(partition, 0L),
                        world.invariants().establishedTerm(partition),
                        calm));
        world.time.note(() -> "client: call %d, %s at %s".formatted(ticket, request, worker.id));
        worker.scan(ticket, request, timeoutNanos);
    }

    void answered(long ticket, ScanOutcome outcome) {
        Scan scan = underWay.remove(ticket);
        if (scan == null) {
            return;
        }
        world.time.note(() -> "client: call " + ticket + " is " + outcome);
        switch (outcome) {
            case ScanOutcome.Page page -> check(scan, page);
            case ScanOutcome.NotServed not -> {
                if (scan.calm()) {
                    throw new Violation(
                            Promise.CALM_SUCCEEDS, "without faults %s was answered %s".formatted(scan, not));
                }
            }
        }
    }

    private void check(Scan scan, ScanOutcome.Page page) {
        world.coverage().happened(Coverage.Happening.PAGE_SCANNED);
        ReadOutcome.Served by = page.served();
        List<KeyedRecord> wanted = wanted(scan.request(), by.applied().index());
        List<KeyedRecord> first =
                wanted.subList(0, Math.min(wanted.size(), scan.request().limit()));
        boolean ends = page.next().isEmpty();
        boolean right = page.records().equals(first)
                && page.count() == first.size()
                && (!ends || wanted.size() <= scan.request().limit())
                && page.next()
                        .filter(next -> goesWrong(next, wanted, page.count()))
                        .isEmpty();
        if (!right) {
            throw new Violation(
                    Promise.STATE_FOLLOWS_FROM_LOG,
                    "%s was answered %s, but the log makes it %s".formatted(scan, page, wanted));
        }
        if (by.applied().term() < scan.establishedTerm()) {
            throw new Violation(
                    Promise.READ_UNDER_LEASE,
                    "%s was answered by %s after a leader of term %d had served"
                            .formatted(scan, by, scan.establishedTerm()));
        }
        if (by.applied().index() < scan.acknowledgedIndex()) {
            throw new Violation(
                    Promise.READ_IS_FRESH, "%s was answered by %s, after more was acknowledged".formatted(scan, by));
        }
    }

    /** Whether going on there would leave a key out or show one twice. */
    private static boolean goesWrong(Bytes next, List<KeyedRecord> wanted, int shown) {
        return (shown > 0 && wanted.get(shown - 1).key().compareTo(next) >= 0)
                || (shown < wanted.size() && wanted.get(shown).key().compareTo(next) < 0);
    }

    /** All keys of the range as they were at an index of the log. */
    private List<KeyedRecord> wanted(ScanRequest request, long index) {
        CommittedLog log = world.invariants().committed(request.partition());
        List<KeyedRecord> wanted = new ArrayList<>();
        for (Place place : log.keys()) {
            Bytes key = place.key();
            Optional<Record> there = log.visible(key, index);
            if (there.isPresent() && key.startsWith(request.prefix()) && key.compareTo(request.start()) >= 0) {
                wanted.add(new KeyedRecord(key, shown(request, there.get())));
            }
        }
        wanted.sort(Comparator.comparing(KeyedRecord::key));
        return wanted;
    }

    private static Record shown(ScanRequest request, Record record) {
        if (request.detail() == ScanDetail.VALUES) {
            return record;
        }
        Value nothing = new Value(Bytes.EMPTY, "", record.value().form());
        return new Record(nothing, record.revision(), record.modifiedMillis(), record.expiresMillis(), "");
    }

    /** At the end: none hangs. */
    void check(long graceNanos) {
        for (Scan scan : underWay.values()) {
            boolean due = world.time.nanos() - scan.askedNanos() > graceNanos;
            if (due && scan.worker().life() == scan.life()) {
                throw new Violation(Promise.ANSWERED_IN_TIME, "never answered: " + scan);
            }
        }
    }
}
