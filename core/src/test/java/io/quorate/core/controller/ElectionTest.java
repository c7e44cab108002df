package io.quorate.core.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.controller.state.ClusterSettings;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.Elected;
import io.quorate.core.controller.state.MetadataCommand;
import io.quorate.core.controller.state.MetadataRecord;
import io.quorate.core.controller.state.MetadataRecord.ClusterCreated;
import io.quorate.core.controller.state.MetadataRecord.LeadersElected;
import io.quorate.core.controller.state.MetadataRecord.LeadersEstablished;
import io.quorate.core.controller.state.MetadataRecord.TermsStarted;
import io.quorate.core.controller.state.MetadataRecord.WorkerRegistered;
import io.quorate.core.controller.state.PartitionState;
import io.quorate.core.controller.state.RegisteredWorker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of an election, one by one. */
class ElectionTest {
    private static final Member A = member(1);
    private static final Member B = member(2);
    private static final Member C = member(3);
    private static final Member D = member(4);
    private static final Member NEW_A = new Member("w1", new UUID(100, 100));
    private static final Configuration ABC = new Configuration(List.of(A, B, C), 2);
    private static final Configuration DBC = new Configuration(List.of(D, B, C), 2);
    private static final Now START = new Now(1_000_000_000L, 0);

    private final ClusterState state = new ClusterState();
    private final Workers workers = new Workers(ControllerSettings.defaults("c1"), state, Map.of(), START);
    private final Election election = new Election(state, workers, FenceRule.STANDARD);
    private final PartitionWatch watch = new PartitionWatch(0);
    private Now now = START;

    @BeforeEach
    void clusterOfFourWithALeadingAbc() {
        apply(new ClusterCreated(new UUID(1, 1), new ClusterSettings(1, 3, Optional.of(2))));
        for (Member member : List.of(A, B, C, D)) {
            apply(new WorkerRegistered(new RegisteredWorker(
                    member.worker(), member.disk(), 1, new WorkerAddress("http://h:1", "h:2"), "")));
            up(member);
        }
        apply(started(0, 1, ABC));
        apply(elected(1, A));
        apply(new LeadersEstablished(List.of(new LeadersEstablished.Establishment(0, 1))));
    }

    @Test
    void oneAnswerOfThreeIsNotEnoughForTwoOfThree() {
        start(ABC);
        answered(B, 1, 10);

        assertThat(decide().isEmpty()).isTrue();
    }

    @Test
    void twoAnswersOfThreeAreEnoughAndTheLongerLogWins() {
        start(ABC);
        workers.watch("w1", now).condition = WorkerWatch.Condition.DOWN;
        answered(B, 1, 10);
        answered(C, 1, 11);

        assertThat(leader()).contains(C);
    }

    @Test
    void aHigherTermBeatsAHigherIndex() {
        start(ABC);
        workers.watch("w1", now).condition = WorkerWatch.Condition.DOWN;
        answered(B, 2, 5);
        answered(C, 1, 50);

        assertThat(leader()).contains(B);
    }

    @Test
    void thePreferredPrimaryWinsATieAndIsWaitedForAMoment() {
        start(ABC);
        answered(B, 1, 10);
        answered(C, 1, 10);
        assertThat(decide().isEmpty()).as("w1 may still answer").isTrue();

        answered(A, 1, 10);

        assertThat(leader()).contains(A);
    }

    @Test
    void thePreferredPrimaryIsNotWaitedForLonger() {
        start(ABC);
        answered(B, 1, 10);
        answered(C, 1, 10);
        decide();

        pass(ControllerLimits.PREFERENCE_MILLIS);

        assertThat(leader()).contains(B);
    }

    @Test
    void theLastLeadersAnswerAloneCompletesTheFence() {
        start(ABC);
        answered(A, 1, 10);

        assertThat(leader()).contains(A);
    }

    @Test
    void theLastLeadersAnswerFromAnotherDiskIsNone() {
        start(ABC);
        watch.fenced.put(NEW_A, new LogPosition(1, 10));

        assertThat(decide().isEmpty()).isTrue();
    }

    @Test
    void everyKeptConfigurationIsFenced() {
        start(DBC);
        apply(elected(2, D));
        start(DBC);
        workers.watch("w4", now).condition = WorkerWatch.Condition.DOWN;

        answered(A, 1, 10);
        answered(B, 1, 10);
        assertThat(decide().isEmpty()).as("only one of w4, w2, w3").isTrue();

        answered(C, 1, 10);
        assertThat(leader()).contains(B);
    }

    @Test
    void theLeaderOfAnOlderTermDoesNotCompleteTheFenceOfALaterOne() {
        start(DBC);
        apply(elected(2, D));
        start(ABC);

        answered(A, 1, 10);

        assertThat(decide().isEmpty()).isTrue();
    }

    @Test
    void whenNobodyInTheNewConfigurationHoldsEverythingOneThatHasAHolderFollows() {
        start(DBC);
        answered(A, 1, 12);
        answered(B, 1, 10);
        answered(C, 1, 10);
        answered(D, 1, 9);

        DecisionBatch batch = decide();

        assertThat(starts(batch)).singleElement().satisfies(start -> {
            assertThat(start.term()).isEqualTo(3);
            assertThat(start.configuration()).isEqualTo(ABC);
        });
    }

    @Test
    void othersMayStillAnswerBeforeTheNewConfigurationIsGivenUp() {
        start(DBC);
        answered(A, 1, 10);
        assertThat(decide().isEmpty()).isTrue();

        answered(B, 1, 10);
        answered(D, 1, 10);

        assertThat(leader()).contains(D);
    }

    @Test
    void aFirstTermNeedsAsManyAsAWriteAndHasNothingToFence() {
        ClusterState fresh = new ClusterState();
        PartitionState first = apply(fresh, started(0, 1, ABC)).partition(0).orElseThrow();

        assertThat(FenceRule.STANDARD.complete(first, watch.fenced.keySet(), member -> false))
                .isFalse();
        answered(A, 0, 0);
        assertThat(FenceRule.STANDARD.complete(first, watch.fenced.keySet(), member -> false))
                .isFalse();
        answered(B, 0, 0);
        assertThat(FenceRule.STANDARD.complete(first, watch.fenced.keySet(), member -> false))
                .isTrue();
        watch.fenced.remove(B);
        assertThat(FenceRule.STANDARD.complete(first, watch.fenced.keySet(), B::equals))
                .isTrue();
    }

    @Test
    void withQuorumOneAllMustAnswerOrTheLeader() {
        Configuration one = new Configuration(List.of(A, B, C), 1);
        apply(started(1, 2, one));
        apply(elected(2, A));
        apply(new LeadersEstablished(List.of(new LeadersEstablished.Establishment(0, 2))));
        start(one);

        answered(B, 2, 10);
        answered(C, 2, 10);
        pass(10_000);
        assertThat(decide().isEmpty()).isTrue();

        answered(A, 2, 10);
        assertThat(leader()).contains(A);
    }

    @Test
    void aHolderThatDiedAfterItsAnswerIsNotElected() {
        start(ABC);
        answered(B, 1, 11);
        answered(C, 1, 10);
        answered(A, 1, 10);
        workers.watch("w2", now).condition = WorkerWatch.Condition.SUSPECTED;

        assertThat(leader()).contains(A);
    }

    @Test
    void aGreaterTermOnADiskIsLeftBehind() {
        start(ABC);
        watch.termOnDisk = 40;

        assertThat(starts(decide()))
                .singleElement()
                .satisfies(start -> assertThat(start.term()).isEqualTo(41));
    }

    private void start(Configuration configuration) {
        long term = partition().term();
        apply(started(term, term + 1, configuration));
        watch.follow(partition(), now);
    }

    private void answered(Member member, long term, long index) {
        watch.fenced.put(member, new LogPosition(term, index));
    }

    private DecisionBatch decide() {
        DecisionBatch batch = new DecisionBatch();
        election.decide(partition(), watch, now, batch);
        return batch;
    }

    private Optional<Member> leader() {
        return decide().records().stream()
                .filter(LeadersElected.class::isInstance)
                .map(record -> ((LeadersElected) record)
                        .elections()
                        .getFirst()
                        .elected()
                        .leader())
                .findFirst();
    }

    private static List<TermsStarted.Start> starts(DecisionBatch batch) {
        return batch.records().stream()
                .filter(TermsStarted.class::isInstance)
                .flatMap(record -> ((TermsStarted) record).starts().stream())
                .toList();
    }

    private PartitionState partition() {
        return state.partition(0).orElseThrow();
    }

    private void up(Member member) {
        workers.watch(member.worker(), now).condition = WorkerWatch.Condition.UP;
    }

    private void pass(long millis) {
        now = new Now(now.monotonicNanos() + millis * Now.NANOS_PER_MILLI, 0);
    }

    private void apply(MetadataRecord record) {
        state.apply(new MetadataCommand(1, List.of(record)), 1);
    }

    private static ClusterState apply(ClusterState state, MetadataRecord record) {
        state.apply(
                new MetadataCommand(
                        1,
                        List.of(new ClusterCreated(new UUID(1, 1), new ClusterSettings(1, 3, Optional.of(2))), record)),
                1);
        return state;
    }

    private static MetadataRecord started(long previous, long term, Configuration configuration) {
        return new TermsStarted(List.of(new TermsStarted.Start(0, previous, term, configuration)));
    }

    private static MetadataRecord elected(long term, Member leader) {
        return new LeadersElected(List.of(new LeadersElected.Election(0, term, new Elected(leader, 1))));
    }

    private static Member member(int number) {
        return new Member("w" + number, new UUID(number, number));
    }
}
