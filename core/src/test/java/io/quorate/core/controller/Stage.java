package io.quorate.core.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.ControllerInput.LinkChanged.Link;
import io.quorate.core.controller.MetadataLog.Activity;
import io.quorate.core.controller.MetadataLog.ProposalOutcome;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.Elected;
import io.quorate.core.controller.state.MetadataCodecV1;
import io.quorate.core.controller.state.MetadataCommand;
import io.quorate.core.controller.state.Move;
import io.quorate.core.controller.state.PartitionState;
import io.quorate.core.message.HeartbeatAnswer;
import io.quorate.core.message.Order;
import io.quorate.core.message.OrderAnswer;
import io.quorate.core.port.ControllerService.PartitionView;
import io.quorate.core.port.ControllerService.SettingChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/** One controller, its metadata log and fake workers under virtual time: the scenario tests play on it. */
final class Stage {
    static final UUID CLUSTER = new UUID(77, 77);
    private static final long STEP_MILLIS = 5;
    private static final long HEARTBEAT_MILLIS = 200;

    final SortedMap<String, FakeWorker> workers = new TreeMap<>();
    final List<MetadataCommand> log = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<Order> given = new ArrayList<>();
    final SortedMap<Long, HeartbeatAnswer> answers = new TreeMap<>();
    final SortedMap<Long, Optional<String>> settingAnswers = new TreeMap<>();
    ControllerCore controller;
    ControllerSettings settings;
    boolean controllerRuns = true;

    /** Commands are proposed and not committed. */
    boolean logHangs;

    /** Orders for which it holds are lost. */
    Predicate<Order> lost = order -> false;

    private final Deque<ControllerEffect> effects = new ArrayDeque<>();
    private final Deque<ControllerEffect.Propose> hanging = new ArrayDeque<>();
    private long epoch;
    private long millis = 1_000_000;
    private long tickets;

    Stage(ControllerSettings settings, int workers) {
        this.settings = settings;
        this.controller = new ControllerCore(settings, CLUSTER);
        activate();
        for (int number = 1; number <= workers; number++) {
            add("w" + number);
        }
    }

    /** A cluster of that many workers with one partition for each letter of the alphabet's first four. */
    static Stage of(int workers, int replicas, int writeQuorum) {
        ControllerSettings settings = new ControllerSettings(
                "c1", Optional.of(4), Optional.of(replicas), Optional.of(writeQuorum), workers, 200, 6_000, 2_000, 2);
        return new Stage(settings, workers).run(1_500);
    }

    FakeWorker add(String id) {
        FakeWorker worker = new FakeWorker(id, workers.size() + 1);
        worker.running = true;
        workers.put(id, worker);
        return worker;
    }

    FakeWorker worker(String id) {
        return Optional.ofNullable(workers.get(id)).orElseThrow();
    }

    Now now() {
        return new Now(millis * Now.NANOS_PER_MILLI, 1_700_000_000_000L + millis);
    }

    /** This controller becomes active in a new epoch. */
    void activate() {
        epoch++;
        hanging.clear();
        input(new ControllerInput.ActivityChanged(new Activity(true, epoch, Optional.of("c1")), Optional.empty()));
    }

    /** Another controller takes over with the same log: a new one that has heard nothing. */
    void failOver() {
        ControllerCore next = new ControllerCore(settings, new UUID(88, 88));
        Bytes state = MetadataCodecV1.encode(controller.state());
        controller = next;
        input(new ControllerInput.Restored(log.size(), state));
        activate();
    }

    Stage run(long forMillis) {
        for (long end = millis + forMillis; millis < end; ) {
            step();
        }
        return this;
    }

    /** Runs until it holds, and fails when it does not within that time; answers the time that it took. */
    long until(long withinMillis, Predicate<Stage> condition) {
        long start = millis;
        while (!condition.test(this)) {
            assertThat(millis - start).as(() -> "waited in vain; " + describe()).isLessThan(withinMillis);
            step();
        }
        return millis - start;
    }

    private void step() {
        millis += STEP_MILLIS;
        workers.values().forEach(worker -> worker.replicas.keySet().forEach(p -> worker.replicate(p, this)));
        if (!controllerRuns) {
            return;
        }
        if (millis % ControllerLimits.TICK_MILLIS == 0) {
            input(new ControllerInput.Tick());
        }
        int offset = 0;
        for (FakeWorker worker : workers.values()) {
            offset += 35;
            if (worker.heard() && (millis + offset) % HEARTBEAT_MILLIS == 0) {
                beat(worker);
            }
        }
    }

    /** The worker sends a heartbeat now; answers its ticket. */
    long beat(FakeWorker worker) {
        long ticket = ++tickets;
        input(new ControllerInput.HeartbeatArrived(ticket, worker.heartbeat(now().wallMillis(), this)));
        if (answers.get(ticket) instanceof HeartbeatAnswer.Heard heard) {
            worker.cluster = Optional.of(heard.cluster());
            worker.fullWanted = heard.fullReportWanted();
            heard.map().ifPresent(map -> worker.mapVersion = map.version());
        }
        return ticket;
    }

    HeartbeatAnswer answer(long ticket) {
        return Optional.ofNullable(answers.get(ticket)).orElseThrow();
    }

    Optional<String> configure(Optional<Integer> replicas, Optional<Integer> writeQuorum) {
        long ticket = ++tickets;
        input(new ControllerInput.SettingRequested(ticket, new SettingChange(replicas, writeQuorum)));
        run(100);
        return Optional.ofNullable(settingAnswers.get(ticket)).orElseThrow();
    }

    void link(String worker, Link link) {
        input(new ControllerInput.LinkChanged(worker, link));
    }

    void input(ControllerInput input) {
        controller.handle(input, now(), effects::add);
        while (!effects.isEmpty()) {
            carryOut(effects.removeFirst());
        }
    }

    private void carryOut(ControllerEffect effect) {
        switch (effect) {
            case ControllerEffect.Propose propose -> {
                hanging.add(propose);
                commitHanging();
            }
            case ControllerEffect.SendOrders send ->
                send.orders().orders().forEach(order -> deliver(send.worker(), order));
            case ControllerEffect.SendMap send ->
                send.workers().forEach(id -> worker(id).mapVersion = send.map().version());
            case ControllerEffect.AnswerHeartbeat answer -> answers.put(answer.ticket(), answer.answer());
            case ControllerEffect.AnswerSetting answer -> settingAnswers.put(answer.ticket(), answer.problem());
            case ControllerEffect.Connect connect -> connect.workers().keySet().forEach(this::connect);
            case ControllerEffect.Contradiction contradiction -> notes.add(contradiction.line());
            case ControllerEffect.Note note -> notes.add(note.line());
        }
    }

    private void connect(String id) {
        if (worker(id).heard()) {
            link(id, Link.CONNECTED);
        }
    }

    private void deliver(String id, Order order) {
        FakeWorker worker = worker(id);
        given.add(order);
        if (lost.test(order) || !worker.heard()) {
            return;
        }
        List<OrderAnswer> answered = worker.obey(order);
        if (!answered.isEmpty()) {
            input(new ControllerInput.AnswersArrived(id, answered));
        }
    }

    void commitHanging() {
        while (!logHangs && !hanging.isEmpty()) {
            ControllerEffect.Propose propose = hanging.removeFirst();
            commit(propose.command());
            input(new ControllerInput.ProposalDecided(propose.proposal(), new ProposalOutcome.Committed(log.size())));
        }
    }

    void commit(Bytes command) {
        log.add(MetadataCodecV1.decodeCommand(command));
        input(new ControllerInput.Committed(log.size(), epoch, command));
    }

    ClusterState state() {
        return controller.state();
    }

    PartitionState partition(int partition) {
        return state().partition(partition).orElseThrow();
    }

    Optional<String> leader(int partition) {
        return state().partition(partition)
                .flatMap(PartitionState::elected)
                .map(Elected::leader)
                .map(Member::worker);
    }

    List<String> members(int partition) {
        return partition(partition).configuration().members().stream()
                .map(Member::worker)
                .toList();
    }

    PartitionView view(int partition) {
        return controller.partitions(now()).partitions().get(partition);
    }

    Optional<FakeWorker.Replica> replica(int partition, Member member) {
        return Optional.ofNullable(workers.get(member.worker()))
                .filter(worker -> worker.running && worker.disk.equals(member.disk()))
                .flatMap(worker -> Optional.ofNullable(worker.replicas.get(partition)));
    }

    /** The partitions that are moved for balance. */
    List<Integer> balancing() {
        return state().partitions().values().stream()
                .filter(each -> each.move()
                        .filter(move -> move.kind() == Move.Kind.BALANCE)
                        .isPresent())
                .map(PartitionState::partition)
                .toList();
    }

    boolean writable(int partition) {
        return state().partition(partition)
                .flatMap(PartitionState::elected)
                .flatMap(elected -> replica(partition, elected.leader()))
                .filter(replica -> replica.leading != null && replica.established)
                .isPresent();
    }

    boolean allWritable() {
        return !state().partitions().isEmpty()
                && state().partitions().keySet().stream().allMatch(this::writable);
    }

    boolean allHealthy() {
        return allWritable() && controller.partitions(now()).underReplicated() == 0;
    }

    /** The process is gone at once; the others' connections to it are refused. */
    void kill(String id) {
        worker(id).stop();
        link(id, Link.REFUSED);
        workers.values().stream().filter(FakeWorker::heard).forEach(other -> other.unreachable.add(id));
        workers.values().stream().filter(FakeWorker::heard).forEach(this::beat);
    }

    void restart(String id) {
        worker(id).start();
        workers.values().forEach(other -> other.unreachable.remove(id));
        link(id, Link.CONNECTED);
        beat(worker(id));
    }

    String describe() {
        StringBuilder text = new StringBuilder();
        state().partitions()
                .values()
                .forEach(each ->
                        text.append("\n%d: term %d, leader %s, established %d, %s, kept %s, learners %s, move %s, %s"
                                .formatted(
                                        each.partition(),
                                        each.term(),
                                        leader(each.partition()),
                                        each.establishedTerm(),
                                        brief(each.configuration()),
                                        each.kept().stream()
                                                .map(kept -> kept.term() + brief(kept.configuration()))
                                                .toList(),
                                        each.learners(),
                                        each.move(),
                                        view(each.partition()).detail())));
        notes.forEach(note -> text.append('\n').append(note));
        return text.toString();
    }

    private static String brief(Configuration configuration) {
        return configuration.members().stream()
                        .map(member -> member.worker() + '/' + member.disk().getLeastSignificantBits())
                        .toList()
                + " W=" + configuration.writeQuorum();
    }
}
