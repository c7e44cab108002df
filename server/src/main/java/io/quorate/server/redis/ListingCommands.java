package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Limits;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import io.quorate.core.scan.CountScan;
import io.quorate.core.scan.MergedScan;
import io.quorate.core.scan.PartitionScans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Commands about all keys of the cluster. */
final class ListingCommands {
    /** The most keys that KEYS answers, and their bytes. */
    static final int MAX_KEYS = 100_000;

    private static final long MAX_KEYS_BYTES = 16L << 20;
    private static final Reply BUSY = Errors.failure(
            "TRYAGAIN this worker goes through all keys " + SessionRegistry.MAX_LISTINGS + " times at once already");

    private ListingCommands() {}

    static List<CommandSpec> all() {
        return List.of(
                CommandSpec.plain(
                        "SCAN",
                        -2,
                        Family.LISTING,
                        "Returns some keys, and a cursor for the next ones.",
                        (arguments, session) -> ScanCommand.of(arguments, session)),
                CommandSpec.plain(
                        "KEYS", 2, Family.LISTING, "Returns the keys that fit a pattern.", ListingCommands::keys),
                CommandSpec.plain(
                        "DBSIZE", 1, Family.LISTING, "Counts all keys.", (arguments, session) -> count(session)),
                CommandSpec.plain(
                        "RANDOMKEY",
                        1,
                        Family.LISTING,
                        "Returns some key.",
                        (arguments, session) ->
                                new Prepared.Alone((cluster, ledger, whenDone) -> RandomKey.find(cluster, whenDone))));
    }

    private static Prepared count(Session session) {
        return listing(session, (cluster, ledger, whenDone) -> {
            CountScan scan = new CountScan(partitions(cluster), Bytes.EMPTY);
            run(
                    cluster,
                    scan,
                    () -> whenDone.accept(scan.failure()
                            .<Reply>map(ListingCommands::failure)
                            .orElseGet(() -> new Reply.Whole(scan.count()))));
        });
    }

    private static Prepared keys(Arguments arguments, Session session) {
        Glob glob = new Glob(arguments.at(1));
        return listing(session, (cluster, ledger, whenDone) -> new KeysRun(cluster, glob, whenDone).page(Bytes.EMPTY));
    }

    static int partitions(Cluster cluster) {
        return cluster.map().partitions();
    }

    static Reply failure(ScanOutcome.NotServed failure) {
        return Errors.ofRead(failure.problem(), failure.detail());
    }

    /** A command that goes through all partitions; few of them do at once. */
    private static Prepared listing(Session session, Prepared.Task task) {
        return new Prepared.Alone((cluster, ledger, whenDone) -> {
            if (session.registry().beginListing()) {
                task.run(cluster, ledger, reply -> {
                    session.registry().listingEnded();
                    whenDone.accept(reply);
                });
            } else {
                whenDone.accept(BUSY);
            }
        });
    }

    /** Asks partitions until the scan has ended. */
    private static void run(Cluster cluster, PartitionScans scans, Runnable whenEnded) {
        boolean[] hasEnded = new boolean[1];
        goOn(cluster, scans, hasEnded, whenEnded);
    }

    private static void goOn(Cluster cluster, PartitionScans scans, boolean[] hasEnded, Runnable whenEnded) {
        for (ScanRequest request : scans.ask()) {
            cluster.scan(request, outcome -> {
                scans.answered(request.partition(), outcome);
                goOn(cluster, scans, hasEnded, whenEnded);
            });
        }
        if (scans.isEnded() && !hasEnded[0]) {
            hasEnded[0] = true;
            whenEnded.run();
        }
    }

    /** Collects what KEYS answers, page by page. */
    private static final class KeysRun {
        private final Cluster cluster;
        private final Glob glob;
        private final Consumer<Reply> whenDone;
        private final List<Reply> found = new ArrayList<>();
        private long bytes;

        KeysRun(Cluster cluster, Glob glob, Consumer<Reply> whenDone) {
            this.cluster = cluster;
            this.glob = glob;
            this.whenDone = whenDone;
        }

        void page(Bytes from) {
            if (glob.prefix().length() > Limits.MAX_KEY_BYTES) {
                whenDone.accept(new Reply.Many(List.of()));
                return;
            }
            MergedScan scan =
                    new MergedScan(partitions(cluster), glob.prefix(), from, ScanRequest.MAX_LIMIT, ScanDetail.KEYS);
            run(cluster, scan, () -> add(scan));
        }

        private void add(MergedScan scan) {
            Optional<ScanOutcome.NotServed> failure = scan.failure();
            if (failure.isPresent()) {
                whenDone.accept(failure(failure.get()));
                return;
            }
            for (KeyedRecord each : scan.records()) {
                if (glob.fits(each.key())) {
                    found.add(new Reply.Bulk(each.key()));
                    bytes += each.key().length();
                }
            }
            if (found.size() > MAX_KEYS || bytes > MAX_KEYS_BYTES) {
                whenDone.accept(Errors.failure(
                        "ERR there are more than " + MAX_KEYS + " such keys, or they are long: use SCAN"));
            } else {
                scan.next().ifPresentOrElse(this::page, () -> whenDone.accept(new Reply.Many(found)));
            }
        }
    }
}
