package io.quorate.core.scan;

import io.quorate.api.Bytes;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The number of keys of all partitions that begin with a prefix. Not thread-safe. */
public final class CountScan implements PartitionScans {
    private record Step(int partition, Bytes from) {}

    private final Bytes prefix;
    private final Deque<Step> toAsk = new ArrayDeque<>();
    private int asked;
    private long count;
    private Optional<ScanOutcome.NotServed> failure = Optional.empty();

    /** @param partitions of the cluster */
    public CountScan(int partitions, Bytes prefix) {
        this.prefix = prefix;
        for (int partition = 0; partition < partitions; partition++) {
            toAsk.addLast(new Step(partition, Bytes.EMPTY));
        }
    }

    @Override
    public List<ScanRequest> ask() {
        List<ScanRequest> requests = new ArrayList<>();
        while (failure.isEmpty() && asked < MergedScan.MAX_ASKED && !toAsk.isEmpty()) {
            Step step = toAsk.removeFirst();
            asked++;
            requests.add(new ScanRequest(
                    step.partition(),
                    prefix,
                    step.from(),
                    ScanRequest.MAX_LIMIT,
                    ScanRequest.MAX_BYTES,
                    ScanDetail.COUNT));
        }
        return requests;
    }

    @Override
    public void answered(int partition, ScanOutcome outcome) {
        asked--;
        if (failure.isPresent()) {
            return;
        }
        switch (outcome) {
            case ScanOutcome.Page page -> {
                count += page.count();
                page.next().ifPresent(next -> toAsk.addLast(new Step(partition, next)));
            }
            case ScanOutcome.NotServed notServed -> failure = Optional.of(notServed);
        }
    }

    @Override
    public boolean isEnded() {
        return failure.isPresent() || (asked == 0 && toAsk.isEmpty());
    }

    /** How many there are; only when it ended without a failure. */
    public long count() {
        return count;
    }

    /** Why it ended early. */
    public Optional<ScanOutcome.NotServed> failure() {
        return failure;
    }
}
