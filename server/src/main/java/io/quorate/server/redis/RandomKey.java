package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Finds some key: one of the first of a partition that is picked at random, or of the next one that has any. */
final class RandomKey {
    private static final int LOOKED_AT = 100;

    private final Cluster cluster;
    private final int partitions;
    private final Consumer<Reply> whenDone;

    private RandomKey(Cluster cluster, Consumer<Reply> whenDone) {
        this.cluster = cluster;
        this.partitions = cluster.map().partitions();
        this.whenDone = whenDone;
    }

    static void find(Cluster cluster, Consumer<Reply> whenDone) {
        RandomKey search = new RandomKey(cluster, whenDone);
        search.lookInto(ThreadLocalRandom.current().nextInt(search.partitions), search.partitions);
    }

    private void lookInto(int partition, int left) {
        if (left == 0) {
            whenDone.accept(Reply.NOTHING);
            return;
        }
        ScanRequest some =
                new ScanRequest(partition, Bytes.EMPTY, Bytes.EMPTY, LOOKED_AT, ScanRequest.MAX_BYTES, ScanDetail.KEYS);
        cluster.scan(some, outcome -> {
            switch (outcome) {
                case ScanOutcome.NotServed failure -> whenDone.accept(ListingCommands.failure(failure));
                case ScanOutcome.Page page -> {
                    if (page.records().isEmpty()) {
                        lookInto((partition + 1) % partitions, left - 1);
                    } else {
                        whenDone.accept(new Reply.Bulk(anyOf(page.records())));
                    }
                }
            }
        });
    }

    private static Bytes anyOf(List<KeyedRecord> records) {
        return records.get(ThreadLocalRandom.current().nextInt(records.size())).key();
    }
}
