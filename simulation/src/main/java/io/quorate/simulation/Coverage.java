package io.quorate.simulation;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.KeptConfiguration;
import io.quorate.core.controller.state.PartitionState;
import io.quorate.core.message.OrderAnswer;
import io.quorate.core.replica.Inspection;
import io.quorate.core.replica.WorkerCore;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which faults met which steps of the protocol, and what else happened; of one run or of many. */
public final class Coverage {
    /** A step in the middle of which a fault may come. */
    public enum Step {
        /** A leader serves. */
        LEADING,
        /** A leader has not committed its barrier yet. */
        BEFORE_BARRIER,
        /** A leader does not know yet that a greater term has started. */
        SUPERSEDED,
        /** A follower takes entries. */
        FOLLOWING,
        /** The log has entries that are not committed. */
        UNCOMMITTED_TAIL,
        /** The disk has not synced everything that was written. */
        UNSYNCED_TAIL,
        /** So much waits for the disk that entries of other leaders are not taken. */
        DISK_BEHIND,
        /** A granted lease has not run out. */
        INSIDE_PROMISE,
        /** A fence waits for a lease to run out. */
        FENCE_AWAITS_PROMISE,
        /** A key is being read from the store. */
        LOADING,
        /** A checkpoint is under way. */
        CHECKPOINT,
        /** A snapshot is being sent. */
        SENDING_SNAPSHOT,
        /** Entries are kept for a replica that got a snapshot and has not caught up. */
        CATCHING_UP,
        /** Pieces of a snapshot have arrived. */
        RECEIVING_SNAPSHOT,
        /** A snapshot is being made the state. */
        INSTALLING_SNAPSHOT,
        /** A term has no leader yet. */
        ELECTION,
        /** Fewer than a fence needs have answered it. */
        MINORITY_FENCED,
        /** Several configurations have to be fenced. */
        SEVERAL_KEPT,
        /** Learners are being fed for a replacement. */
        LEARNING,
        /** A replacement's new configuration is not established yet. */
        NEW_CONFIGURATION
    }

    /** Something that is rare enough to be counted. */
    public enum Happening {
        /** A term ended before it had a leader. */
        TERM_WITHOUT_LEADER,
        /** A leader never committed its barrier. */
        LEADER_NEVER_ESTABLISHED,
        /** A replacement was carried out. */
        REPLACEMENT_DONE,
        /** A replacement was given up. */
        REPLACEMENT_ABORTED,
        /** A snapshot was installed. */
        SNAPSHOT_INSTALLED,
        /** An entry that waited for long to be applied was written again at the log's end. */
        ENTRY_WRITTEN_AGAIN,
        /** A worker was told that its disk is an old copy. */
        OLD_COPY_FOUND,
        /** A damaged log was found by the worker that started on it. */
        DAMAGE_FOUND,
        /** A client was told that the fate of its write is unknown. */
        OUTCOME_UNKNOWN,
        /** A write was refused as surely not applied. */
        WRITE_REFUSED,
        /** A write was refused because the disk was full. */
        REFUSED_FOR_DISK,
        /** A condition did not hold. */
        CONDITION_FAILED,
        /** A bounded read was answered by a replica that need not lead. */
        BOUNDED_READ_BY_FOLLOWER,
        /** A write was answered with fewer acknowledgements than it wanted. */
        TOO_FEW_ACKS,
        /** It was told how a write went. */
        WRITE_EXPLAINED,
        /** A page of a scan was answered. */
        PAGE_SCANNED,
        /** A change was shown to a watch. */
        CHANGE_WATCHED,
        /** A watch was told that the place at which it wanted to go on is not kept. */
        WATCH_GONE,
        /** A record was removed because it had expired. */
        KEY_EXPIRED,
        /** The repetition of a write was answered. */
        REPEAT_ANSWERED,
        /** The repetition of a write was answered by another leader than the one that logged it. */
        REPEAT_ANSWERED_BY_ANOTHER,
        /** A write was refused because too many were remembered. */
        REMEMBERED_FULL,
        /** A write was refused because its session had ended. */
        SESSION_ENDED,
        /** A write was repeated that its session had forgotten. */
        WRITE_FORGOTTEN,
        /** Somebody's change of REPLICAS or WRITE_QUORUM was decided. */
        SETTINGS_CHANGED
    }

    private record Fenced(long term, Set<Member> members) {}

    private final Map<FaultKind, Map<Step, Long>> hits = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Long> made = new EnumMap<>(FaultKind.class);
    private final Map<Happening, Long> happenings = new EnumMap<>(Happening.class);
    private final Map<Integer, Fenced> fenced = new HashMap<>();

    /** How often a fault of that kind met that step. */
    public long hits(FaultKind kind, Step step) {
        return hits.getOrDefault(kind, Map.of()).getOrDefault(step, 0L);
    }

    /** How often any fault met that step. */
    public long hits(Step step) {
        return hits.values().stream()
                .mapToLong(each -> each.getOrDefault(step, 0L))
                .sum();
    }

    /** How many faults of that kind were made. */
    public long made(FaultKind kind) {
        return made.getOrDefault(kind, 0L);
    }

    /** All faults that were made. */
    public int made() {
        return (int) made.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How often it happened. */
    public long count(Happening happening) {
        return happenings.getOrDefault(happening, 0L);
    }

    /** Adds what another run covered. */
    public void add(Coverage other) {
        other.made.forEach((kind, count) -> made.merge(kind, count, Long::sum));
        other.happenings.forEach((happening, count) -> happenings.merge(happening, count, Long::sum));
        other.hits.forEach((kind, steps) -> steps.forEach((step, count) ->
                hits.computeIfAbsent(kind, _ -> new EnumMap<>(Step.class)).merge(step, count, Long::sum)));
    }

    void happened(Happening happening) {
        happenings.merge(happening, 1L, Long::sum);
    }

    /** A worker answered an order. */
    void answered(OrderAnswer answer) {
        if (answer instanceof OrderAnswer.Fenced done) {
            Fenced before = fenced.get(done.partition());
            if (before == null || before.term() < done.term()) {
                before = new Fenced(done.term(), new HashSet<>());
                fenced.put(done.partition(), before);
            }
            if (before.term() == done.term()) {
                before.members().add(done.from());
            }
        }
    }

    /** A fault is about to meet a worker as it is now. */
    void strikes(FaultKind kind, SimulatedWorker worker, Simulation world) {
        Set<Step> steps = EnumSet.noneOf(Step.class);
        ClusterState decided = world.controllers().decided();
        worker.core().ifPresent(core -> stepsOf(core, decided, steps));
        if (worker.disk().hasUnsynced()) {
            steps.add(Step.UNSYNCED_TAIL);
        }
        decided.partitions().values().stream()
                .filter(partition -> partition.needs(worker.member()))
                .forEach(partition -> stepsOf(partition, steps));
        note(kind, steps);
    }

    /** A fault is about to meet those who decide. */
    void strikes(FaultKind kind, Simulation world) {
        Set<Step> steps = EnumSet.noneOf(Step.class);
        world.controllers().decided().partitions().values().forEach(partition -> stepsOf(partition, steps));
        note(kind, steps);
    }

    private void note(FaultKind kind, Set<Step> steps) {
        made.merge(kind, 1L, Long::sum);
        steps.forEach(step ->
                hits.computeIfAbsent(kind, _ -> new EnumMap<>(Step.class)).merge(step, 1L, Long::sum));
    }

    /** Whether the controllers are in the middle of the step with some partition. */
    boolean isIn(Step step, ClusterState decided) {
        Set<Step> steps = EnumSet.noneOf(Step.class);
        decided.partitions().values().forEach(partition -> stepsOf(partition, steps));
        return steps.contains(step);
    }

    /** Whether a worker is in the middle of the step. */
    static boolean isIn(WorkerCore core, Step step, ClusterState decided) {
        for (Inspection replica : core.inspect()) {
            if (isIn(core, replica, step, decided)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(WorkerCore core, Inspection replica, Step step, ClusterState decided) {
        return switch (step) {
            case LEADING -> replica.established();
            case BEFORE_BARRIER -> replica.leads() && !replica.established();
            case SUPERSEDED -> replica.leads() && isSuperseded(replica, decided);
            case FOLLOWING -> !replica.leads();
            case UNCOMMITTED_TAIL -> replica.last().index() > replica.applied().index();
            case INSIDE_PROMISE -> replica.hasPromised();
            case FENCE_AWAITS_PROMISE -> replica.awaitsPromise();
            case LOADING -> replica.isLoading();
            case CHECKPOINT -> core.checkpointRuns();
            case DISK_BEHIND -> core.diskIsBehind();
            case SENDING_SNAPSHOT -> replica.isSending();
            case CATCHING_UP -> replica.isCatchingUp();
            case RECEIVING_SNAPSHOT -> replica.isReceiving();
            case INSTALLING_SNAPSHOT -> replica.isInstalling();
            case UNSYNCED_TAIL, ELECTION, MINORITY_FENCED, SEVERAL_KEPT, LEARNING, NEW_CONFIGURATION -> false;
        };
    }

    private static void stepsOf(WorkerCore core, ClusterState decided, Set<Step> steps) {
        for (Step step : Step.values()) {
            addIf(steps, step, isIn(core, step, decided));
        }
    }

    private static boolean isSuperseded(Inspection replica, ClusterState decided) {
        return decided.partition(replica.partition())
                .filter(partition -> partition.term() > replica.term())
                .isPresent();
    }

    private void stepsOf(PartitionState partition, Set<Step> steps) {
        boolean election = partition.elected().isEmpty();
        addIf(steps, Step.ELECTION, election);
        addIf(steps, Step.MINORITY_FENCED, election && minorityAnswered(partition));
        addIf(steps, Step.SEVERAL_KEPT, partition.kept().size() > 1);
        addIf(steps, Step.LEARNING, partition.inLearningPhase());
        addIf(steps, Step.NEW_CONFIGURATION, partition.inLastPhase() && !partition.established());
    }

    private boolean minorityAnswered(PartitionState partition) {
        Fenced answers = fenced.get(partition.partition());
        return answers != null
                && answers.term() == partition.term()
                && partition.kept().stream()
                        .map(KeptConfiguration::configuration)
                        .anyMatch(each -> answered(each, answers) > 0 && answered(each, answers) < each.fenceQuorum());
    }

    private static long answered(Configuration configuration, Fenced answers) {
        return configuration.members().stream()
                .filter(answers.members()::contains)
                .count();
    }

    private static void addIf(Set<Step> steps, Step step, boolean holds) {
        if (holds) {
            steps.add(step);
        }
    }
}
