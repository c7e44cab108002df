package io.quorate.client;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Fetches the whole map from whoever answers first; thread-safe. */
final class MapSource {
    /** How long one process may take to answer its map, in milliseconds. */
    static final long LIMIT_MILLIS = 1_000;

    private static final WireRequest WHOLE_MAP = WireRequest.get("/map");

    private final Transport transport;
    private final Timing timing;
    private final List<Address> start;
    private final int maxMapBytes;

    /** @param start controllers or workers, asked in this order */
    MapSource(Transport transport, Timing timing, List<Address> start, int maxMapBytes) {
        this.transport = transport;
        this.timing = timing;
        this.start = List.copyOf(start);
        this.maxMapBytes = maxMapBytes;
    }

    /** What came of it. */
    sealed interface Fetched {
        /** A map with at least one worker. */
        record Table(RouteTable table) implements Fetched {}

        /**
         * Nobody had one.
         *
         * @param hopeful whether that may be different in a moment: somebody is there who has none yet, or is slow
         */
        record Nothing(String detail, boolean hopeful) implements Fetched {}
    }

    /** Asks the addresses given at the start, then the workers. */
    Fetched fetch(Iterable<Worker> workers, Deadline deadline) throws InterruptedException {
        Set<Address> addresses = new LinkedHashSet<>(start);
        workers.forEach(worker -> addresses.add(worker.address()));
        List<String> failures = new ArrayList<>();
        boolean hopeful = false;
        for (Address address : addresses) {
            long leftMillis = deadline.leftMillis(timing.nanoTime());
            if (leftMillis == 0 || timing.isClosed()) {
                failures.add("no time was left to ask " + address);
                break;
            }
            switch (table(address, Math.min(LIMIT_MILLIS, leftMillis))) {
                case Fetched.Table found -> {
                    return found;
                }
                case Fetched.Nothing(String detail, boolean more) -> {
                    failures.add(detail);
                    hopeful |= more;
                }
            }
        }
        return new Fetched.Nothing(String.join("; ", failures), hopeful);
    }

    private Fetched table(Address address, long limitMillis) throws InterruptedException {
        return switch (transport.send(address, WHOLE_MAP, limitMillis, maxMapBytes)) {
            case Reply.Answered answer
            when answer.isSuccess() ->
                JsonReader.read(answer.body())
                        .flatMap(RouteTableReader::read)
                        .map(table -> usable(address, table))
                        .orElseGet(
                                () -> new Fetched.Nothing(address + " answers with something that is no map", false));
            case Reply.Answered answer ->
                new Fetched.Nothing(
                        address + ": " + ProblemBody.of(answer).refusal().detail(), answer.status() >= 500);
            case Reply.NotSent(String detail) -> new Fetched.Nothing(detail, false);
            case Reply.Lost(String detail) -> new Fetched.Nothing(detail, true);
            case Reply.TooLarge(int limitBytes) ->
                new Fetched.Nothing("the map of " + address + " has more than " + limitBytes + " bytes", false);
        };
    }

    private static Fetched usable(Address address, RouteTable table) {
        return table.workers().isEmpty()
                ? new Fetched.Nothing(address + ": no worker is registered yet", true)
                : new Fetched.Table(table);
    }
}
