package io.quorate.core.controller;

import io.quorate.core.cluster.Now;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.controller.Admission.Verdict;
import io.quorate.core.controller.ControllerEffect.AnswerHeartbeat;
import io.quorate.core.controller.ControllerEffect.Note;
import io.quorate.core.controller.ControllerEffect.Note.Weight;
import io.quorate.core.controller.ControllerInput.LinkChanged;
import io.quorate.core.controller.ControllerInput.LinkChanged.Link;
import io.quorate.core.controller.MetadataLog.ProposalOutcome;
import io.quorate.core.controller.state.Changes;
import io.quorate.core.controller.state.ClusterSettings;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.MetadataCodecV1;
import io.quorate.core.controller.state.MetadataCommand;
import io.quorate.core.controller.state.MetadataRecord;
import io.quorate.core.controller.state.MetadataRecord.ClusterCreated;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.HeartbeatAnswer.Heard;
import io.quorate.core.message.HeartbeatAnswer.NotYet;
import io.quorate.core.message.OrderAnswer;
import io.quorate.core.port.ControllerService.SettingChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A controller while it is active: what it has heard, what it wants, and the one command that it waits for.
 *
 * <p>It decides only on what is applied: while a command is on its way nothing further is decided, so nothing is decided
 * twice and what happens meanwhile goes into the next command together.
 */
final class ActiveController {
    private static final long BALANCE_PAUSE_MILLIS = 200;

    private final ControllerSettings settings;
    private final ClusterState state;
    private final UUID newCluster;
    private final long epoch;
    private final Workers workers;
    private final Partitions partitions;
    private final Admission admission;
    private final Registration registration;
    private final Reports reports;
    private final SettingRequests settingRequests;
    private final FirstConfigurations firstConfigurations;
    private final Balancer balancer;
    private final MapSender mapSender;
    private final Outbox outbox = new Outbox();
    private final Retry proposing = new Retry();

    private Optional<Long> inFlight = Optional.empty();

    /** Whether something was applied since the command in flight was proposed. */
    private boolean tookEffect;

    private long lastCheckNanos;
    private long lastBalanceNanos;
    private boolean balanceWorthwhile = true;

    ActiveController(
            ControllerSettings settings,
            ClusterState state,
            UUID newCluster,
            long epoch,
            Map<String, Link> links,
            MapCache maps,
            FenceRule fence,
            Now now) {
        this.settings = settings;
        this.state = state;
        this.newCluster = newCluster;
        this.epoch = epoch;
        this.workers = new Workers(settings, state, links, now);
        this.partitions = new Partitions(state, workers, fence, now);
        this.admission = new Admission(state, workers, settings);
        this.registration = new Registration(state, admission);
        this.reports = new Reports(state, workers, partitions, admission);
        this.settingRequests = new SettingRequests(state);
        this.firstConfigurations =
                new FirstConfigurations(state, workers, partitions.replacement(), settings.expectedWorkers(), now);
        this.balancer = new Balancer(
                state,
                workers,
                partitions.index(),
                partitions.replacement(),
                partitions::watch,
                settings.movesAtOnce());
        this.mapSender = new MapSender(state, workers, maps);
        this.lastCheckNanos = now.monotonicNanos();
        this.lastBalanceNanos = now.monotonicNanos();
    }

    long epoch() {
        return epoch;
    }

    Workers workers() {
        return workers;
    }

    Partitions partitions() {
        return partitions;
    }

    void heartbeat(long ticket, Heartbeat heartbeat, Now now, Consumer<ControllerEffect> effects) {
        switch (admission.judge(heartbeat, now)) {
            case Verdict.Known known -> heard(ticket, heartbeat, now, effects);
            case Verdict.Register register -> registration.add(ticket, heartbeat, effects);
            case Verdict.Wait wait -> effects.accept(new AnswerHeartbeat(ticket, new NotYet(wait.reason())));
            case Verdict.Refuse refuse -> {
                effects.accept(new Note(Weight.WARNING, refuse.answer().detail()));
                effects.accept(new AnswerHeartbeat(ticket, refuse.answer()));
            }
        }
    }

    private void heard(long ticket, Heartbeat heartbeat, Now now, Consumer<ControllerEffect> effects) {
        if (reports.heartbeat(heartbeat, now)) {
            check(now, effects);
        }
        balanceWorthwhile |= !heartbeat.reports().isEmpty();
        WorkerWatch watch = workers.watch(heartbeat.worker(), now);
        effects.accept(new AnswerHeartbeat(
                ticket,
                new Heard(
                        state.cluster().orElseThrow(),
                        heartbeat.sequence(),
                        !watch.fullReport,
                        mapSender.ifWanted(watch, now))));
    }

    void answers(List<OrderAnswer> answers) {
        answers.forEach(reports::answer);
    }

    void tick(Now now, Consumer<ControllerEffect> effects) {
        if (Elapsed.since(lastCheckNanos, settings.checkIntervalMillis(), now)) {
            check(now, effects);
        }
        partitions.due(now);
    }

    private void check(Now now, Consumer<ControllerEffect> effects) {
        lastCheckNanos = now.monotonicNanos();
        SortedSet<String> changed = workers.check(now);
        for (String worker : changed) {
            WorkerWatch watch = workers.watch(worker, now);
            effects.accept(new Note(
                    Weight.WARNING,
                    "worker " + worker + " is " + (watch.down() ? "down" : "suspected") + ": silent for "
                            + Elapsed.millis(watch.silentSinceNanos, now) + " ms"));
            partitions.touchAllOf(worker);
        }
        balanceWorthwhile |= !changed.isEmpty();
    }

    /** This controller did not run for a while. */
    void late(long gapNanos, long lateNanos, Now now, Consumer<ControllerEffect> effects) {
        workers.late(lateNanos, now);
        effects.accept(new Note(
                Weight.WARNING,
                "this controller did not run for " + gapNanos / Now.NANOS_PER_MILLI
                        + " ms: nobody is suspected for silence for a while"));
    }

    void linkChanged(LinkChanged change, Now now, Consumer<ControllerEffect> effects) {
        if (state.worker(change.worker()).isEmpty()) {
            return;
        }
        WorkerWatch watch = workers.watch(change.worker(), now);
        watch.link = change.link();
        switch (change.link()) {
            case CONNECTED -> partitions.touchAllOf(change.worker());
            case REFUSED -> check(now, effects);
            case DISCONNECTED -> {}
        }
    }

    void configure(long ticket, SettingChange change, Consumer<ControllerEffect> effects) {
        settingRequests.add(ticket, change, effects);
    }

    /** A command was applied. */
    void applied(Changes changes, Now now, Consumer<ControllerEffect> effects) {
        for (String worker : changes.workers()) {
            reports.restarted(worker, now);
            firstConfigurations.joined(now);
            effects.accept(new Note(Weight.INFO, "worker " + worker + " is registered"));
        }
        partitions.applied(changes, now);
        if (changes.settingsChanged()) {
            partitions.touchEverything();
        }
        if (!changes.workers().isEmpty()) {
            effects.accept(new ControllerEffect.Connect(addresses()));
            registration.applied((ticket, heartbeat) -> heard(ticket, heartbeat, now, effects));
        }
        balanceWorthwhile |= !changes.isEmpty();
        tookEffect |= !changes.isEmpty();
    }

    SortedMap<String, WorkerAddress> addresses() {
        SortedMap<String, WorkerAddress> addresses = new TreeMap<>();
        state.workers().forEach((id, worker) -> addresses.put(id, worker.address()));
        return addresses;
    }

    void proposalDecided(long proposal, ProposalOutcome outcome, Now now, Consumer<ControllerEffect> effects) {
        if (!inFlight.equals(Optional.of(proposal))) {
            return;
        }
        inFlight = Optional.empty();
        boolean committed = outcome instanceof ProposalOutcome.Committed && tookEffect;
        settingRequests.decided(committed, effects);
        if (committed) {
            proposing.reset();
        } else {
            proposing.said(now);
            partitions.touchEverything();
            effects.accept(new Note(Weight.WARNING, "a decision came to nothing and is made anew: " + outcome));
        }
    }

    /** Does what there is to be done after an input. */
    void settle(long nextProposal, Now now, Consumer<ControllerEffect> effects) {
        partitions.order(now, outbox);
        outbox.flush(effects);
        mapSender.send(now, effects);
        if (inFlight.isEmpty() && proposing.due(now)) {
            decide(nextProposal, now, effects);
        }
    }

    private void decide(long proposal, Now now, Consumer<ControllerEffect> effects) {
        DecisionBatch batch = new DecisionBatch();
        if (state.cluster().isEmpty()) {
            batch.add(new ClusterCreated(newCluster, initialSettings()));
        } else {
            registration.decide(now, batch, effects);
            settingRequests.decide(batch, effects);
            firstConfigurations.decide(now, batch);
            partitions.decide(now, batch);
            balance(now, batch);
        }
        List<MetadataRecord> records = batch.records();
        if (!records.isEmpty()) {
            batch.reasons()
                    .forEach((reason, count) -> effects.accept(
                            new Note(Weight.INFO, count + (count == 1 ? " partition: " : " partitions: ") + reason)));
            inFlight = Optional.of(proposal);
            tookEffect = false;
            effects.accept(new ControllerEffect.Propose(
                    proposal, MetadataCodecV1.encode(new MetadataCommand(epoch, records))));
        }
    }

    private void balance(Now now, DecisionBatch batch) {
        boolean soon = balanceWorthwhile && Elapsed.since(lastBalanceNanos, BALANCE_PAUSE_MILLIS, now);
        if (batch.isEmpty() && (soon || Elapsed.since(lastBalanceNanos, settings.checkIntervalMillis(), now))) {
            lastBalanceNanos = now.monotonicNanos();
            balanceWorthwhile = false;
            balancer.decide(now, batch);
        }
    }

    private ClusterSettings initialSettings() {
        return new ClusterSettings(
                settings.partitions().orElse(ControllerSettings.DEFAULT_PARTITIONS),
                settings.replicas().orElse(ControllerSettings.DEFAULT_REPLICAS),
                settings.writeQuorum());
    }

    /** This controller is not active any more. */
    void end(Optional<String> activeController, Consumer<ControllerEffect> effects) {
        registration.end(activeController, effects);
        settingRequests.end(effects);
    }
}
