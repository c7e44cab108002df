package io.quorate.core.controller.state;

import io.quorate.core.cluster.Incarnation;
import io.quorate.core.cluster.Member;
import io.quorate.core.controller.state.MetadataRecord.ClusterCreated;
import io.quorate.core.controller.state.MetadataRecord.LeadersElected;
import io.quorate.core.controller.state.MetadataRecord.LeadersEstablished;
import io.quorate.core.controller.state.MetadataRecord.LearnersChanged;
import io.quorate.core.controller.state.MetadataRecord.SettingsChanged;
import io.quorate.core.controller.state.MetadataRecord.TermsStarted;
import io.quorate.core.controller.state.MetadataRecord.WorkerRegistered;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Everything that the controllers have decided, the same on each of them after the same commands.
 *
 * <p>{@link #apply} is the only way to change it and judges every record by the state that it meets, never by who sent
 * it: a decision that came too late changes nothing. Not thread-safe.
 */
public final class ClusterState {
    private Optional<UUID> cluster = Optional.empty();
    private Optional<ClusterSettings> settings = Optional.empty();
    private final SortedMap<String, RegisteredWorker> workers = new TreeMap<>();
    private final SortedMap<Member, Long> incarnations = new TreeMap<>(Members.ORDER);
    private final SortedMap<Integer, PartitionState> partitions = new TreeMap<>();
    private long mapVersion;

    /** A state in which nothing was decided. */
    public ClusterState() {}

    /** A state as {@link MetadataCodecV1} keeps it. */
    ClusterState(Contents contents) {
        become(contents);
    }

    /** Takes over everything that the other state holds. */
    public void become(ClusterState other) {
        become(other.contents());
    }

    private void become(Contents contents) {
        cluster = contents.cluster();
        settings = contents.settings();
        mapVersion = contents.mapVersion();
        workers.clear();
        contents.workers().forEach(worker -> workers.put(worker.id(), worker));
        incarnations.clear();
        incarnations.putAll(contents.incarnations());
        partitions.clear();
        contents.partitions().forEach(partition -> partitions.put(partition.partition(), partition));
    }

    /** All of it, for {@link MetadataCodecV1}. */
    record Contents(
            Optional<UUID> cluster,
            Optional<ClusterSettings> settings,
            List<RegisteredWorker> workers,
            SortedMap<Member, Long> incarnations,
            List<PartitionState> partitions,
            long mapVersion) {}

    Contents contents() {
        return new Contents(
                cluster,
                settings,
                List.copyOf(workers.values()),
                incarnations,
                List.copyOf(partitions.values()),
                mapVersion);
    }

    /** The cluster's UUID, empty before it was created. */
    public Optional<UUID> cluster() {
        return cluster;
    }

    /** The cluster's settings, empty before it was created. */
    public Optional<ClusterSettings> settings() {
        return settings;
    }

    /** The registered workers by id. */
    public SortedMap<String, RegisteredWorker> workers() {
        return Collections.unmodifiableSortedMap(workers);
    }

    /** The worker as it registered last. */
    public Optional<RegisteredWorker> worker(String id) {
        return Optional.ofNullable(workers.get(id));
    }

    /** The greatest incarnation that registered from this disk, 0 for none. */
    public long incarnationOf(Member member) {
        return incarnations.getOrDefault(member, 0L);
    }

    /** What was decided about the partition; empty before its first configuration. */
    public Optional<PartitionState> partition(int partition) {
        return Optional.ofNullable(partitions.get(partition));
    }

    /** The partitions that have a configuration, by number. */
    public SortedMap<Integer, PartitionState> partitions() {
        return Collections.unmodifiableSortedMap(partitions);
    }

    /** Grows with every command that changed the cluster map. */
    public long mapVersion() {
        return mapVersion;
    }

    /**
     * Applies a command.
     *
     * @param logEpoch the leadership in which the log took it; a command that was decided in another one is void
     */
    public Changes apply(MetadataCommand command, long logEpoch) {
        Changes changes = new Changes();
        if (command.epoch() == logEpoch) {
            command.records().forEach(record -> apply(record, changes));
        }
        if (changes.mapChanged()) {
            mapVersion++;
        }
        return changes;
    }

    private void apply(MetadataRecord record, Changes changes) {
        switch (record) {
            case ClusterCreated created -> create(created, changes);
            case SettingsChanged changed -> change(changed, changes);
            case WorkerRegistered registered -> register(registered.worker(), changes);
            case TermsStarted started -> started.starts().forEach(start -> start(start, changes));
            case LeadersElected elected -> elected.elections().forEach(election -> elect(election, changes));
            case LeadersEstablished established ->
                established.establishments().forEach(each -> establish(each, changes));
            case LearnersChanged changed -> changed.changes().forEach(learning -> learn(learning, changes));
        }
    }

    private void create(ClusterCreated created, Changes changes) {
        if (cluster.isEmpty()) {
            cluster = Optional.of(created.cluster());
            settings = Optional.of(created.settings());
            changes.settings();
        }
    }

    private void change(SettingsChanged changed, Changes changes) {
        settings.filter(old -> ClusterSettings.isValid(changed.replicas(), changed.writeQuorum()))
                .map(old ->
                        new ClusterSettings(old.partitions(), changed.replicas(), Optional.of(changed.writeQuorum())))
                .filter(next -> !settings.equals(Optional.of(next)))
                .ifPresent(next -> {
                    settings = Optional.of(next);
                    changes.settings();
                });
    }

    private void register(RegisteredWorker worker, Changes changes) {
        boolean known = incarnations.containsKey(worker.member());
        if (cluster.isEmpty()
                || (known && !Incarnation.isLater(worker.incarnation(), incarnationOf(worker.member())))) {
            return;
        }
        Optional<RegisteredWorker> before = worker(worker.id());
        incarnations.put(worker.member(), worker.incarnation());
        workers.put(worker.id(), worker);
        boolean sameAddress = before.map(RegisteredWorker::address).equals(Optional.of(worker.address()));
        changes.worker(worker.id(), !sameAddress);
    }

    private void start(TermsStarted.Start start, Changes changes) {
        int number = start.partition();
        Optional<PartitionState> before = partition(number);
        boolean exists =
                settings.map(all -> number >= 0 && number < all.partitions()).orElse(false);
        long greatest = before.map(PartitionState::term).orElse(0L);
        if (!exists || start.previousTerm() != greatest || start.term() <= greatest) {
            return;
        }
        PartitionState next = before.map(state -> state.startTerm(start.term(), start.configuration()))
                .orElseGet(() -> PartitionState.first(number, start.term(), start.configuration()));
        put(next, changes);
    }

    private void elect(LeadersElected.Election election, Changes changes) {
        partition(election.partition())
                .filter(state -> state.term() == election.term())
                .filter(state -> state.elected().isEmpty())
                .filter(state ->
                        state.configuration().contains(election.elected().leader()))
                .ifPresent(state -> put(state.elect(election.elected()), changes));
    }

    private void establish(LeadersEstablished.Establishment establishment, Changes changes) {
        partition(establishment.partition())
                .filter(state -> state.term() == establishment.term())
                .filter(state -> state.elected().isPresent() && !state.established())
                .ifPresent(state -> put(state.establish(), changes));
    }

    private void learn(LearnersChanged.Learning learning, Changes changes) {
        partition(learning.partition())
                .filter(state -> state.term() == learning.term())
                .filter(state -> learning.learners().stream()
                        .noneMatch(learner -> state.configuration().contains(learner)))
                .ifPresent(state -> put(state.learn(learning.learners(), learning.move()), changes));
    }

    private void put(PartitionState next, Changes changes) {
        partitions.put(next.partition(), next);
        changes.partition(next.partition());
    }
}
