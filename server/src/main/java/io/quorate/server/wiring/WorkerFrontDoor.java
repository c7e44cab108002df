package io.quorate.server.wiring;

import io.quorate.api.Outcome;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadRequest;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WatchRequest;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Now;
import io.quorate.core.message.PartitionReport;
import io.quorate.core.port.WorkerService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a worker's front ends call: requests become inputs of the core, its effects become answers. */
final class WorkerFrontDoor implements WorkerService {
    private final WorkerLoop loop;
    private final StoreDesk store;
    private final Supplier<Identity> identity;
    private final WorkerCondition condition;

    WorkerFrontDoor(WorkerLoop loop, StoreDesk store, Supplier<Identity> identity, WorkerCondition condition) {
        this.loop = loop;
        this.store = store;
        this.identity = identity;
        this.condition = condition;
    }

    @Override
    public void write(WriteRequest request, long timeoutMillis, Consumer<Outcome> whenDone) {
        long ticket = loop.write(whenDone);
        Now now = loop.now();
        loop.input(core -> core.write(ticket, request, deadline(now, timeoutMillis), now));
    }

    @Override
    public void read(ReadRequest request, long timeoutMillis, Consumer<ReadOutcome> whenDone) {
        long ticket = loop.read(whenDone);
        Now now = loop.now();
        loop.input(core -> core.read(ticket, request, deadline(now, timeoutMillis), now));
    }

    @Override
    public void scan(ScanRequest request, long timeoutMillis, Consumer<ScanOutcome> whenDone) {
        long ticket = loop.scan(whenDone);
        Now now = loop.now();
        loop.input(core -> core.scan(ticket, request, deadline(now, timeoutMillis), now));
    }

    @Override
    public void watch(WatchRequest request, long timeoutMillis, Consumer<WatchOutcome> whenDone) {
        long ticket = loop.watch(whenDone);
        Now now = loop.now();
        loop.input(core -> core.watch(ticket, request, deadline(now, timeoutMillis), now));
    }

    private static long deadline(Now now, long timeoutMillis) {
        return now.monotonicNanos() + timeoutMillis * Now.NANOS_PER_MILLI;
    }

    @Override
    public void keys(KeyQuery query, Consumer<KeyPage> whenDone) {
        loop.input(core -> {
            var ranges = core.ranges(query.prefix());
            store.read(stored -> {
                KeyPage page = KeyListing.page(stored, ranges, query);
                loop.act(_ -> whenDone.accept(page));
            });
        });
    }

    @Override
    public void pull(Consumer<PullReport> whenDone) {
        long ticket = loop.pull(whenDone);
        loop.input(core -> core.pull(ticket, loop.now()));
    }

    @Override
    public ClusterMap map() {
        return loop.core().map();
    }

    @Override
    public WorkerStatus status() {
        Identity self = identity.get();
        List<PartitionReport.Role> roles = loop.core().roles();
        SequencedMap<String, Boolean> checks = new LinkedHashMap<>();
        checks.put("controller has answered", condition.controllerAnswered());
        checks.put("map is known", map().version() > 0);
        checks.put("not draining", !condition.draining());
        checks.put("disk has room", !condition.diskLow());
        return new WorkerStatus(
                self.worker(),
                self.cluster(),
                self.incarnation(),
                roles.size(),
                (int) roles.stream()
                        .filter(role -> role == PartitionReport.Role.LEADER)
                        .count(),
                condition.draining(),
                checks);
    }
}
