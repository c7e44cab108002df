package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.log.Space;
import io.quorate.core.message.Message;
import io.quorate.core.message.OrderAnswer;
import io.quorate.core.message.PartitionReport;
import io.quorate.core.port.Expiries;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A production core in a scenario: its messages and its log wait for the script, its store works at once. */
final class ScenarioWorker {
    final Member member;
    final ScenarioDisk disk = new ScenarioDisk();
    /** What it answered to orders since the last one, as a script writes it. */
    final List<String> answers = new ArrayList<>();

    private final ScenarioWorld world;
    private final WorkerSettings settings;
    private final Deque<Consumer<WorkerCore>> inputs = new ArrayDeque<>();
    private final Map<Long, Deque<Map<Place, Record>>> open = new HashMap<>();
    private final Map<Place, Record> staged = new TreeMap<>();
    private @Nullable WorkerCore core;
    private final Set<String> holding = new HashSet<>();
    private final Deque<Effect> heldBack = new ArrayDeque<>();
    private boolean acting;
    private boolean turnIsOpen;
    private long incarnation;
    private long clockAheadMillis;
    private int searches;
    private String pulled = "pending";

    ScenarioWorker(Member member, WorkerSettings settings, ScenarioWorld world) {
        this.member = member;
        this.settings = settings;
        this.world = world;
    }

    String id() {
        return member.worker();
    }

    long incarnation() {
        return incarnation;
    }

    Now now() {
        Now at = world.now();
        return new Now(at.monotonicNanos(), at.wallMillis() + clockAheadMillis);
    }

    /** Its wall clock shows another time than everybody's; negative for an earlier one. */
    void clockAhead(long millis) {
        clockAheadMillis = millis;
    }

    /** How often its store was searched for what has expired. */
    int searches() {
        return searches;
    }

    int remembered() {
        return core == null
                ? 0
                : core.inspect().stream().mapToInt(Inspection::remembered).sum();
    }

    /** The value that its replica has, empty when it has none. */
    String held(Bytes key) {
        Optional<Record> stored = disk.read(ScenarioWorld.PARTITION, Space.KEYS, key);
        Stream<Inspection> replicas = core == null ? Stream.empty() : core.inspect().stream();
        return replicas.flatMap(replica -> replica.record(Space.KEYS, key, stored).stream())
                .map(record -> record.value().bytes().toString())
                .findFirst()
                .orElse("");
    }

    boolean isUp() {
        return core != null;
    }

    String pulled() {
        return pulled;
    }

    void start() {
        Invariants.check(core == null, id() + " runs already");
        incarnation++;
        core = new WorkerCore(
                member, incarnation, settings, Rules.STANDARD, disk.lastSequence(), disk.recover(), now());
        act(_ -> {});
    }

    void crash() {
        core = null;
        inputs.clear();
        open.clear();
        staged.clear();
        holding.clear();
        heldBack.clear();
        disk.crash();
    }

    /** Leaves loads, installations of snapshots or all work on the store undone. */
    void hold(String what) {
        holding.add(what);
    }

    /** Does all that was left undone for these reasons. */
    void release(Predicate<String> reasons) {
        holding.removeIf(reasons);
        List<Effect> released = List.copyOf(heldBack);
        heldBack.clear();
        act(_ -> released.forEach(this::carryOut));
    }

    /** Does the first loads that were left undone, at most so many. */
    void releaseLoads(int most) {
        List<Effect.Load> first = heldBack.stream()
                .filter(Effect.Load.class::isInstance)
                .map(Effect.Load.class::cast)
                .limit(most)
                .toList();
        heldBack.removeAll(first);
        act(_ -> first.forEach(this::load));
    }

    private void load(Effect.Load load) {
        Optional<Record> found = disk.read(load.partition(), load.space(), load.key());
        act(running -> running.loaded(load.partition(), load.load(), found, now()));
    }

    private void scan(Effect.Scan scan) {
        ScannedPage page =
                scan.memory().page(scan.request(), (from, limit) -> disk.recordsFrom(scan.partition(), from, limit));
        act(running -> running.scanned(scan.partition(), scan.load(), page, now()));
    }

    private boolean isHeldBack(Effect effect) {
        return switch (effect) {
            case Effect.Load _, Effect.Scan _ -> holding.contains("loads");
            case Effect.StoreWork work ->
                holding.contains("store")
                        || (work instanceof Effect.InstallSnapshot && holding.contains("installs"))
                        || heldBack.stream().anyMatch(Effect.StoreWork.class::isInstance);
            default -> false;
        };
    }

    /** From now on its inputs are of one turn, until {@link #endTurn}. */
    void beginTurn() {
        turnIsOpen = true;
    }

    void endTurn() {
        turnIsOpen = false;
        act(_ -> {});
    }

    /** Gives the core an input and carries out what follows; nothing when it is down. */
    void act(Consumer<WorkerCore> input) {
        if (turnIsOpen && core != null) {
            input.accept(core);
            return;
        }
        inputs.addLast(input);
        if (acting) {
            return;
        }
        acting = true;
        WorkerCore running = core;
        try {
            while (running != null && !inputs.isEmpty()) {
                inputs.removeFirst().accept(running);
                running.endTurn(now()).forEach(this::carryOut);
            }
        } finally {
            inputs.clear();
            acting = false;
        }
    }

    boolean syncLog() {
        boolean news = isUp() && disk.syncLog();
        if (news) {
            act(running -> running.durable(disk.lastSequence(), now()));
        }
        return news;
    }

    long wakeAtNanos() {
        return core == null ? Long.MAX_VALUE : core.wakeAtNanos();
    }

    Optional<PartitionReport> report() {
        return core == null ? Optional.empty() : core.fullReport().stream().findFirst();
    }

    private void carryOut(Effect effect) {
        if (isHeldBack(effect)) {
            heldBack.addLast(effect);
            return;
        }
        switch (effect) {
            case Effect.Persist persist -> disk.append(persist.sequence(), persist.record());
            case Effect.ReleaseLog release -> disk.release(release.belowSequence());
            case Effect.SendRequest send ->
                send(send.worker(), new Message.ReplicationRequests(List.of(send.request())));
            case Effect.SendReply send -> send(send.worker(), new Message.ReplicationReplies(List.of(send.reply())));
            case Effect.AnswerOrder answer -> answers.add(text(answer.answer()));
            case Effect.SendForward forward -> send(forward.worker(), new Message.Forward(forward.request()));
            case Effect.SendForwardReply reply -> send(reply.worker(), new Message.ForwardReply(reply.reply()));
            case Effect.WriteDone done -> world.written(done.ticket(), done.outcome());
            case Effect.ReadDone done -> world.read(done.ticket(), done.outcome());
            case Effect.ScanDone done -> world.scanned(done.ticket(), done.outcome());
            case Effect.WatchDone done -> world.watched(done.ticket(), done.outcome());
            case Effect.Load load -> load(load);
            case Effect.Scan scan -> scan(scan);
            case Effect.ReportNow _ -> {}
            case Effect.StoreWork work -> store(work);
            case Effect.SyncStore sync -> {
                disk.syncStore();
                act(running -> running.storeSynced(sync.checkpoint(), now()));
            }
            case Effect.PullDone done ->
                pulled = "compared %d behind %d repaired %d"
                        .formatted(done.partitions(), done.behind(), done.repaired());
        }
    }

    private void send(String to, Message message) {
        world.send(id(), to, message);
    }

    private static String text(OrderAnswer answer) {
        return switch (answer) {
            case OrderAnswer.Fenced fenced ->
                "fenced term %d last %d-%d"
                        .formatted(
                                fenced.term(),
                                fenced.last().term(),
                                fenced.last().index());
            case OrderAnswer.LeaseReleased released -> "released term " + released.term();
            case OrderAnswer.TermTooOld old -> "too-old term " + old.term();
            case OrderAnswer.NotHeld _ -> "not-held";
        };
    }

    private void store(Effect.StoreWork work) {
        int partition = work.partition();
        switch (work) {
            case Effect.Flush flush -> {
                disk.write(flush.meta(), flush.table().sorted());
                act(running -> running.flushed(partition, flush.table(), now()));
            }
            case Effect.OpenSnapshot opened -> {
                open.put(opened.transfer(), pieces(disk.content(partition)));
                readPiece(partition, opened.transfer());
            }
            case Effect.ReadPiece read -> readPiece(partition, read.transfer());
            case Effect.CloseSnapshot closed -> open.remove(closed.transfer());
            case Effect.StagePiece piece -> {
                if (piece.sequence() == 0) {
                    staged.clear();
                }
                staged.putAll(world.piece(piece.piece()));
                act(running -> running.pieceStaged(partition, piece.transfer(), piece.sequence(), now()));
            }
            case Effect.InstallSnapshot install -> {
                disk.install(install.meta(), staged);
                act(running -> running.snapshotInstalled(partition, install.transfer(), now()));
            }
            case Effect.AbandonSnapshot _ -> staged.clear();
            case Effect.FindExpired find -> {
                Expiries found = disk.expired(partition, find.logTimeMillis(), find.limit());
                searches++;
                act(running -> running.expired(partition, find.logTimeMillis(), found, now()));
            }
            case Effect.Digest digest -> {
                long value = disk.content(partition).hashCode();
                act(running -> running.digested(partition, digest.comparison(), digest.index(), value, now()));
            }
        }
    }

    /** Each key is a piece of its own, and the last piece is empty. */
    private static Deque<Map<Place, Record>> pieces(Map<Place, Record> content) {
        Deque<Map<Place, Record>> pieces = new ArrayDeque<>();
        content.forEach((key, record) -> pieces.addLast(Map.of(key, record)));
        pieces.addLast(Map.of());
        return pieces;
    }

    private void readPiece(int partition, long transfer) {
        Deque<Map<Place, Record>> pieces = open.getOrDefault(transfer, new ArrayDeque<>());
        if (!pieces.isEmpty()) {
            Bytes name = world.namePiece(pieces.removeFirst());
            boolean last = pieces.isEmpty();
            act(running -> running.pieceRead(partition, transfer, name, last, 100, now()));
        }
    }
}
