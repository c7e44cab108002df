package io.quorate.core.scan;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One page of the keys of all partitions, ascending, merged from pages of each: a key is given out once it is known
 * that no partition has a lesser one.
 *
 * <p>Whatever was given out when it ends, early or not, are all keys up to the last of them, so the next page begins
 * after that. Each partition shows one moment, not all the same one. Not thread-safe.
 */
public final class MergedScan implements PartitionScans {
    /** Pages that are asked for at once. */
    static final int MAX_ASKED = 8;

    /** A page ends when its keys and values have so many bytes; the last record may exceed it. */
    static final int MAX_BYTES = 4 << 20;

    /** With more, what is needed last is given up, to be asked for again. */
    private static final int MAX_BUFFERED_BYTES = 16 << 20;

    private static final int RECORD_BYTES = 128;
    private static final int MIN_PART_BYTES = 4 << 10;
    private static final int MIN_PART_LIMIT = 16;

    private static final class Part {
        private final int partition;
        private final Deque<KeyedRecord> buffered = new ArrayDeque<>();
        private Optional<Bytes> next;
        /** Nothing is buffered, but it is known that there is no key before {@link #next}. */
        private boolean isHollow;

        Part(int partition, Bytes from) {
            this.partition = partition;
            this.next = Optional.of(from);
        }
    }

    private final Bytes prefix;
    private final int limit;
    private final ScanDetail detail;
    private final int partLimit;
    private final int partBytes;
    private final Part[] parts;
    private final Deque<Part> toAsk = new ArrayDeque<>();
    /** The parts that have something buffered, by their first key. */
    private final TreeMap<Bytes, Part> heads = new TreeMap<>();

    /** Those of them that are not hollow; the last of them is needed last. */
    private final TreeMap<Bytes, Part> kept = new TreeMap<>();

    private final List<KeyedRecord> records = new ArrayList<>();
    private long bytes;
    private long bufferedBytes;
    private int asked;
    /** Parts of which neither a key nor their end is known. */
    private int unknown;

    private boolean ended;
    private Optional<ScanOutcome.NotServed> failure = Optional.empty();

    /**
     * @param partitions of the cluster
     * @param from keys are not less than it
     * @param limit at most so many keys
     * @param detail other than {@link ScanDetail#COUNT}
     */
    public MergedScan(int partitions, Bytes prefix, Bytes from, int limit, ScanDetail detail) {
        this.prefix = prefix;
        this.limit = limit;
        this.detail = detail;
        this.partLimit = Math.clamp(MIN_PART_LIMIT + 3L * limit / (2L * partitions), 1, limit);
        this.partBytes = Math.clamp(MAX_BUFFERED_BYTES / partitions, MIN_PART_BYTES, ScanRequest.MAX_BYTES);
        this.parts = new Part[partitions];
        for (int partition = 0; partition < partitions; partition++) {
            parts[partition] = new Part(partition, from);
            toAsk.addLast(parts[partition]);
        }
        this.unknown = partitions;
    }

    @Override
    public List<ScanRequest> ask() {
        List<ScanRequest> requests = new ArrayList<>();
        while (!ended && asked < MAX_ASKED && !toAsk.isEmpty()) {
            Part part = toAsk.removeFirst();
            asked++;
            requests.add(
                    new ScanRequest(part.partition, prefix, part.next.orElseThrow(), partLimit, partBytes, detail));
        }
        return requests;
    }

    @Override
    public void answered(int partition, ScanOutcome outcome) {
        asked--;
        if (ended) {
            return;
        }
        switch (outcome) {
            case ScanOutcome.Page page -> add(parts[partition], page);
            case ScanOutcome.NotServed notServed -> {
                failure = Optional.of(notServed);
                ended = true;
            }
        }
    }

    private void add(Part part, ScanOutcome.Page page) {
        part.next = page.next();
        part.buffered.addAll(page.records());
        page.records().forEach(record -> bufferedBytes += size(record));
        settle(part);
        while (!ended && unknown == 0) {
            if (heads.isEmpty()) {
                ended = true;
            } else {
                take(heads.pollFirstEntry().getValue());
            }
        }
        while (bufferedBytes > MAX_BUFFERED_BYTES && kept.size() > 1) {
            giveUp(kept.pollLastEntry().getValue());
        }
    }

    private void giveUp(Part part) {
        part.next = Optional.of(part.buffered.getFirst().key());
        part.buffered.forEach(record -> bufferedBytes -= size(record));
        part.buffered.clear();
        part.isHollow = true;
    }

    private static long size(KeyedRecord record) {
        return (long) record.key().length() + record.record().value().bytes().length() + RECORD_BYTES;
    }

    private void take(Part part) {
        if (part.isHollow) {
            part.isHollow = false;
            unknown++;
            toAsk.addFirst(part);
            return;
        }
        KeyedRecord first = part.buffered.removeFirst();
        kept.remove(first.key());
        bufferedBytes -= size(first);
        records.add(first);
        bytes += first.key().length() + first.record().value().bytes().length();
        unknown++;
        settle(part);
        ended = records.size() >= limit || bytes >= MAX_BYTES;
    }

    /** Its first key, or that it has none, becomes known, or it is asked for more. */
    private void settle(Part part) {
        if (!part.buffered.isEmpty()) {
            Bytes first = part.buffered.getFirst().key();
            heads.put(first, part);
            kept.put(first, part);
            unknown--;
        } else if (part.next.isEmpty()) {
            unknown--;
        } else {
            toAsk.addLast(part);
        }
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    /** An estimate of what is kept to be given out later. */
    long bufferedBytes() {
        return bufferedBytes;
    }

    /** What was given out, ascending. */
    public List<KeyedRecord> records() {
        return records;
    }

    /** The first key that the next page may have; empty when this one is the last. */
    public Optional<Bytes> next() {
        boolean last = failure.isEmpty() && unknown == 0 && heads.isEmpty();
        return last || records.isEmpty()
                ? Optional.empty()
                : Optional.of(records.getLast().key().successor());
    }

    /** Why it ended early. */
    public Optional<ScanOutcome.NotServed> failure() {
        return failure;
    }
}
