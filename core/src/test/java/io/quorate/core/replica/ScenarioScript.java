package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.ReadRequest;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanRequest;
import io.quorate.api.Value;
import io.quorate.api.WatchRequest;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.cluster.PartitionRoute;
import io.quorate.core.message.Order;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Carries the lines of a scenario out; the language is described beside the scripts. */
final class ScenarioScript {
    private static final long WITHIN_MILLIS = 10_000;

    private final ScenarioWorld world;
    private final ScenarioExpectations expectations;
    private final ScenarioWrites writes;
    private Configuration configuration = new Configuration(List.of(new Member("none", new UUID(0, 0))), 1);
    private WorkerSettings settings = WorkerSettings.STANDARD;
    private final Map<String, Integer> pulls = new HashMap<>();

    ScenarioScript() {
        this(new ScenarioWorld());
    }

    ScenarioScript(ScenarioWorld world) {
        this.world = world;
        this.writes = new ScenarioWrites(world);
        this.expectations = new ScenarioExpectations(world);
    }

    void run(String line) {
        ScenarioLine words = new ScenarioLine(line);
        switch (words.next()) {
            case "workers" -> workers(words);
            case "spare" -> world.add(words.next(), settings);
            case "members" -> members(words);
            case "create" -> create(words);
            case "drop" -> drop(words);
            case "fence" -> fence(words);
            case "lead" -> lead(words);
            case "established" -> established(words.number());
            case "feed" -> feed(words);
            case "open" -> writes.open(words);
            case "put" -> writes.put(words);
            case "delete" -> writes.delete(words);
            case "add" -> writes.add(words);
            case "together" -> writes.together(words);
            case "retime" -> writes.retime(words);
            case "replicate" -> writes.replicate(words);
            case "read" -> read(words);
            case "scan" -> scan(words);
            case "watch" -> watch(words);
            case "deliver" -> deliver(words);
            case "sync" -> ids(words).forEach(id -> world.worker(id).syncLog());
            case "settle" -> world.settle();
            case "wait" -> world.pass(ScenarioLine.nanos(words.next()));
            case "cut" -> world.cut(words.next(), words.next());
            case "join" -> world.join(words.next(), words.next());
            case "crash" -> world.crash(words.next());
            case "restart" -> restart(words);
            case "register" -> world.register(words.next());
            case "hold" -> world.worker(words.next()).hold(words.next());
            case "release" -> release(words);
            case "turn" -> turn(words);
            case "evict" -> world.worker(words.next()).act(core -> core.evict(Long.MAX_VALUE));
            case "clock" -> clock(words);
            case "checkpoint" -> world.worker(words.next()).act(core -> core.checkpoint(world.now()));
            case "repeat" -> repeat(words);
            case "damage" -> damage(words);
            case "pull" -> pull(words.next());
            case "expect" -> expectations.check(words);
            default -> throw new IllegalArgumentException("there is no such command");
        }
        words.end();
    }

    private void workers(ScenarioLine words) {
        List<String> ids = words.until("quorum");
        int quorum = words.number("quorum").orElse(2L).intValue();
        settings = settings(words);
        ids.forEach(id -> world.add(id, settings));
        configuration = configuration(ids, quorum);
        world.route(0, Optional.empty(), 0, configuration);
    }

    private void members(ScenarioLine words) {
        List<String> ids = words.until("quorum");
        configuration = configuration(ids, words.number("quorum").orElse(2L).intValue());
    }

    private Configuration configuration(List<String> ids, int quorum) {
        return new Configuration(ids.stream().map(id -> world.worker(id).member).toList(), quorum);
    }

    private static WorkerSettings settings(ScenarioLine words) {
        WorkerSettings standard = WorkerSettings.STANDARD;
        long maxRemembered = words.number("remember").orElse((long) standard.maxRemembered());
        long idempotencyMillis = words.option("forget")
                .map(duration -> ScenarioLine.nanos(duration) / Now.NANOS_PER_MILLI)
                .orElse(standard.idempotencyMillis());
        long sessionIdleMillis = words.option("idle")
                .map(duration -> ScenarioLine.nanos(duration) / Now.NANOS_PER_MILLI)
                .orElse(standard.sessionIdleMillis());
        return new WorkerSettings(
                standard.leaseNanos(),
                standard.driftPerMille(),
                standard.stallNanos(),
                standard.resendNanos(),
                standard.commitNoticeNanos(),
                words.number("retain").orElse(standard.retainedBytes()),
                words.number("transfer").orElse(standard.transferBytes()),
                words.number("append").orElse(standard.appendBytes()),
                words.number("flight").orElse(standard.inFlightBytes()),
                words.number("backlog").orElse(standard.maxBacklogBytes()),
                standard.maxUncommittedBytes(),
                standard.maxWaiting(),
                idempotencyMillis,
                Math.toIntExact(maxRemembered),
                sessionIdleMillis);
    }

    private List<String> ids(ScenarioLine words) {
        List<String> named = words.leading(world::hasWorker);
        return named.isEmpty()
                ? configuration.members().stream().map(Member::worker).toList()
                : named;
    }

    private void create(ScenarioLine words) {
        List<String> ids = ids(words);
        long term = words.number("term").orElse(0L);
        ids.forEach(id -> world.order(id, new Order.Create(ScenarioWorld.PARTITION, term, world.worker(id).member)));
    }

    private void drop(ScenarioLine words) {
        List<String> ids = ids(words);
        long term = words.number("term").orElse(0L);
        ids.forEach(id -> world.order(id, new Order.Drop(ScenarioWorld.PARTITION, term)));
    }

    private void fence(ScenarioLine words) {
        List<String> ids = ids(words);
        long term = words.number("term").orElse(0L);
        long released = words.number("released").orElse(0L);
        ids.forEach(id -> world.order(id, new Order.Fence(ScenarioWorld.PARTITION, term, released)));
    }

    private void lead(ScenarioLine words) {
        ScenarioWorker leader = world.worker(words.next());
        long term = words.number("term").orElse(0L);
        long incarnation = words.number("incarnation").orElse(leader.incarnation());
        world.order(leader.id(), new Order.Lead(ScenarioWorld.PARTITION, term, configuration, List.of(), incarnation));
        PartitionRoute known = world.route().orElseThrow();
        if (term > known.term()) {
            world.route(term, Optional.of(leader.member), known.establishedTerm(), configuration);
        }
    }

    private void established(long term) {
        PartitionRoute known = world.route().orElseThrow();
        world.route(known.term(), known.leader(), term, configuration);
    }

    private void turn(ScenarioLine words) {
        ScenarioWorker worker = world.worker(words.next());
        switch (words.next()) {
            case "begins" -> worker.beginTurn();
            case "ends" -> worker.endTurn();
            default -> throw new IllegalArgumentException("a turn begins or ends");
        }
    }

    private void feed(ScenarioLine words) {
        Member learner = world.worker(words.next()).member;
        words.word("from");
        String leader = words.next();
        long term = words.number("term").orElse(0L);
        world.order(leader, new Order.Feed(ScenarioWorld.PARTITION, term, List.of(learner)));
    }

    private void read(ScenarioLine words) {
        String key = words.next();
        words.word("at");
        String at = words.next();
        ReadRequest request = words.option("bounded")
                .map(staleness ->
                        ReadRequest.bounded(Bytes.utf8(key), ScenarioLine.nanos(staleness) / Now.NANOS_PER_MILLI))
                .orElseGet(() -> words.flag("local")
                        ? ReadRequest.local(Bytes.utf8(key))
                        : ReadRequest.linearizable(Bytes.utf8(key)));
        Revision minimum = words.option("seeing").flatMap(Revision::parse).orElse(Revision.NONE);
        world.read(at, request.atLeast(minimum), within(words));
    }

    private void restart(ScenarioLine words) {
        String id = words.next();
        if (words.hasNext()) {
            words.word("unregistered");
            world.startUnregistered(id);
        } else {
            world.start(id);
        }
    }

    private void scan(ScenarioLine words) {
        words.word("at");
        String at = words.next();
        Bytes prefix = Bytes.utf8(words.option("prefix").orElse(""));
        Bytes from = Bytes.utf8(words.option("from").orElse(""));
        int limit = words.number("limit").orElse(100L).intValue();
        var request =
                new ScanRequest(ScenarioWorld.PARTITION, prefix, from, limit, ScanRequest.MAX_BYTES, ScanDetail.VALUES);
        world.scan(at, request, within(words));
    }

    private void watch(ScenarioLine words) {
        words.word("at");
        String at = words.next();
        Bytes prefix = Bytes.utf8(words.option("prefix").orElse(""));
        Optional<Revision> after = words.option("after").flatMap(Revision::parse);
        int items = words.number("items").orElse(0L).intValue();
        int bytes = words.number("bytes").orElse((long) WatchRequest.MAX_BYTES).intValue();
        int waitMillis = (int) (words.option("wait").map(ScenarioLine::nanos).orElse(0L) / Now.NANOS_PER_MILLI);
        var request = new WatchRequest(ScenarioWorld.PARTITION, prefix, after, items, bytes, waitMillis);
        world.watch(at, request, within(words));
    }

    private static long within(ScenarioLine words) {
        return words.option("within").map(ScenarioLine::nanos).orElse(WITHIN_MILLIS * Now.NANOS_PER_MILLI);
    }

    private void release(ScenarioLine words) {
        ScenarioWorker worker = world.worker(words.next());
        if (!words.hasNext()) {
            worker.release(_ -> true);
            return;
        }
        String what = words.next();
        switch (what) {
            case "load" -> worker.releaseLoads(1);
            case "store" -> worker.release(held -> !held.equals("loads"));
            default -> throw new IllegalArgumentException("\"" + what + "\" cannot be released alone");
        }
    }

    private void clock(ScenarioLine words) {
        ScenarioWorker worker = world.worker(words.next());
        worker.clockAhead(ScenarioLine.nanos(words.next()) / Now.NANOS_PER_MILLI);
    }

    private void deliver(ScenarioLine words) {
        if (words.hasNext()) {
            world.deliver(words.next(), words.next());
        } else {
            world.deliver();
        }
    }

    private void repeat(ScenarioLine words) {
        String from = words.next();
        String to = words.next();
        boolean snapshotsOnly = words.hasNext();
        if (snapshotsOnly) {
            words.word("snapshots");
        }
        world.repeat(from, to, snapshotsOnly);
    }

    private void damage(ScenarioLine words) {
        ScenarioDisk disk = world.worker(words.next()).disk;
        String[] sides = words.next().split("=", 2);
        Record wrong = new Record(Value.json(sides[1]), new Revision(1, 1), 0, Record.NEVER, "");
        disk.damage(ScenarioWorld.PARTITION, Bytes.utf8(sides[0]), wrong);
    }

    private void pull(String id) {
        int number = pulls.merge(id, 1, Integer::sum);
        world.worker(id).act(core -> core.pull(number, world.now()));
    }
}
