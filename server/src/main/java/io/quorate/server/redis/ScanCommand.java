package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Limits;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * SCAN: goes through the partitions one after the other, in each through its keys in order. A key that is there all the
 * time is found once.
 */
final class ScanCommand {
    private static final int STANDARD_COUNT = 10;

    /** Partitions that one call looks into, so that it is answered soon when they are empty. */
    private static final int MAX_PARTITIONS = 64;

    private static final Reply.Failure LOST =
            Errors.failure("ERR this SCAN cursor is not kept any more (a worker keeps "
                    + ScanPositions.SLOTS + " of them, for " + ScanPositions.KEPT_MINUTES
                    + " minutes, and none over a restart):"
                    + " begin again with 0");

    private record Options(Glob glob, int count, boolean stringsToo) {}

    private final Cluster cluster;
    private final ScanPositions positions;
    private final Options options;
    private final Consumer<Reply> whenDone;
    private final List<Reply> found = new ArrayList<>();
    private int left;
    private int partitionsLeft = MAX_PARTITIONS;

    private ScanCommand(Cluster cluster, ScanPositions positions, Options options, Consumer<Reply> whenDone) {
        this.cluster = cluster;
        this.positions = positions;
        this.options = options;
        this.whenDone = whenDone;
        this.left = options.count();
    }

    static Prepared of(Arguments arguments, Session session) throws RefusedException {
        long cursor = cursor(arguments.at(1));
        Options options = options(arguments);
        boolean none = !options.stringsToo() || options.glob().prefix().length() > Limits.MAX_KEY_BYTES;
        return none
                ? Prepared.known(answer(0, List.of()))
                : new Prepared.Alone((cluster, ledger, whenDone) ->
                        new ScanCommand(cluster, session.positions(), options, whenDone).find(cursor));
    }

    private static long cursor(Bytes given) throws RefusedException {
        String text = new String(given.toArray(), StandardCharsets.ISO_8859_1);
        if (!text.matches("\\d{1,18}")) {
            throw new RefusedException("ERR invalid cursor");
        }
        return Long.parseLong(text);
    }

    private static Options options(Arguments arguments) throws RefusedException {
        Glob glob = new Glob(Bytes.utf8("*"));
        long count = STANDARD_COUNT;
        boolean strings = true;
        for (int place = 2; place < arguments.count(); place += 2) {
            if (place + 1 == arguments.count()) {
                throw Errors.syntax();
            }
            switch (arguments.word(place)) {
                case "MATCH" -> glob = new Glob(arguments.at(place + 1));
                case "COUNT" -> count = arguments.whole(place + 1);
                case "TYPE" ->
                    strings = arguments.word(place + 1).toLowerCase(Locale.ROOT).equals("string");
                default -> throw Errors.syntax();
            }
        }
        if (count < 1) {
            throw Errors.syntax();
        }
        return new Options(glob, (int) Math.min(count, ScanRequest.MAX_LIMIT), strings);
    }

    private void find(long cursor) {
        String self = cluster.status().worker();
        if (cursor == 0) {
            begin();
        } else if (ScanPositions.isOf(self, cursor)) {
            positions.find(cursor).ifPresentOrElse(this::lookInto, () -> whenDone.accept(LOST));
        } else {
            Deque<String> addresses = new ArrayDeque<>();
            cluster.map().workers().forEach((worker, address) -> {
                if (ScanPositions.isOf(worker, cursor)) {
                    addresses.add(address.http());
                }
            });
            ask(addresses, cursor);
        }
    }

    private void ask(Deque<String> addresses, long cursor) {
        if (addresses.isEmpty()) {
            whenDone.accept(LOST);
            return;
        }
        positions.source().ask(addresses.removeFirst(), cursor, answer -> {
            switch (answer) {
                case PositionSource.Answer.NotReached _ ->
                    whenDone.accept(Errors.failure(
                            "TRYAGAIN the worker that keeps this SCAN cursor does not answer: if it stays away, begin"
                                    + " again with 0"));
                case PositionSource.Answer.Known(Optional<Bytes> position) ->
                    position.map(ScanPosition::decoded).ifPresentOrElse(this::lookInto, () -> ask(addresses, cursor));
            }
        });
    }

    /** With a whole tag in what all keys begin with, one partition has them all. */
    private void begin() {
        var only = cluster.partitioning().orElseThrow().ofAll(options.glob().prefix());
        lookInto(new ScanPosition(only.orElse(0), Bytes.EMPTY));
    }

    private void lookInto(ScanPosition position) {
        ScanRequest request = new ScanRequest(
                position.partition(),
                options.glob().prefix(),
                position.from(),
                left,
                ScanRequest.MAX_BYTES,
                ScanDetail.KEYS);
        cluster.scan(request, outcome -> {
            switch (outcome) {
                case ScanOutcome.NotServed failure -> notServed(position, failure);
                case ScanOutcome.Page page -> take(position, page);
            }
        });
    }

    /** What was found already is worth an answer. */
    private void notServed(ScanPosition position, ScanOutcome.NotServed failure) {
        if (found.isEmpty()) {
            whenDone.accept(ListingCommands.failure(failure));
        } else {
            answer(Optional.of(position));
        }
    }

    private void take(ScanPosition position, ScanOutcome.Page page) {
        for (KeyedRecord each : page.records()) {
            if (options.glob().fits(each.key())) {
                found.add(new Reply.Bulk(each.key()));
            }
        }
        left -= page.count();
        partitionsLeft--;
        Optional<ScanPosition> next = next(position, page.next());
        if (left <= 0 || partitionsLeft == 0 || next.isEmpty()) {
            answer(next);
        } else {
            lookInto(next.get());
        }
    }

    private Optional<ScanPosition> next(ScanPosition position, Optional<Bytes> inPartition) {
        int partition = position.partition();
        if (inPartition.isPresent()) {
            return inPartition.map(from -> new ScanPosition(partition, from));
        }
        boolean last = partition + 1 >= cluster.map().partitions()
                || cluster.partitioning()
                        .orElseThrow()
                        .ofAll(options.glob().prefix())
                        .isPresent();
        return last ? Optional.empty() : Optional.of(new ScanPosition(partition + 1, Bytes.EMPTY));
    }

    private void answer(Optional<ScanPosition> next) {
        String self = cluster.status().worker();
        whenDone.accept(
                answer(next.map(position -> positions.keep(self, position)).orElse(0L), found));
    }

    private static Reply answer(long cursor, List<Reply> keys) {
        return new Reply.Many(List.of(Reply.bulk(Long.toString(cursor)), new Reply.Many(keys)));
    }
}
