package io.quorate.core.controller.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.controller.state.MetadataRecord.ClusterCreated;
import io.quorate.core.controller.state.MetadataRecord.LeadersElected;
import io.quorate.core.controller.state.MetadataRecord.LeadersEstablished;
import io.quorate.core.controller.state.MetadataRecord.LearnersChanged;
import io.quorate.core.controller.state.MetadataRecord.SettingsChanged;
import io.quorate.core.controller.state.MetadataRecord.TermsStarted;
import io.quorate.core.controller.state.MetadataRecord.WorkerRegistered;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterStateTest {
    private static final Member A = member(1);
    private static final Member B = member(2);
    private static final Member C = member(3);
    private static final Member D = member(4);
    private static final Configuration ABC = new Configuration(List.of(A, B, C), 2);
    private static final Configuration ABD = new Configuration(List.of(A, B, D), 2);

    private final ClusterState state = new ClusterState();

    @BeforeEach
    void cluster() {
        apply(new ClusterCreated(new UUID(1, 1), new ClusterSettings(4, 3, Optional.of(2))));
    }

    @Test
    void aSecondClusterIsNotCreated() {
        assertThat(apply(new ClusterCreated(new UUID(2, 2), new ClusterSettings(8, 1, Optional.of(1))))
                        .isEmpty())
                .isTrue();
        assertThat(state.cluster()).contains(new UUID(1, 1));
    }

    @Test
    void aCommandDecidedInAnotherEpochIsVoid() {
        MetadataCommand command = new MetadataCommand(3, List.of(started(0, 1, ABC)));

        assertThat(state.apply(command, 4).isEmpty()).isTrue();
        assertThat(state.partition(0)).isEmpty();
        assertThat(state.apply(command, 3).isEmpty()).isFalse();
    }

    @Test
    void aTermStartsOnlyAfterTheOneThatItWasDecidedOn() {
        apply(started(0, 1, ABC));

        assertThat(apply(started(0, 2, ABD)).isEmpty()).isTrue();
        assertThat(apply(started(2, 3, ABD)).isEmpty()).isTrue();
        assertThat(apply(started(1, 1, ABD)).isEmpty()).isTrue();
        assertThat(partition().term()).isEqualTo(1);
        apply(started(1, 5, ABD));
        assertThat(partition().term()).isEqualTo(5);
    }

    @Test
    void aPartitionThatDoesNotExistGetsNoTerm() {
        TermsStarted.Start beyond = new TermsStarted.Start(4, 0, 1, ABC);

        assertThat(apply(new TermsStarted(List.of(beyond))).isEmpty()).isTrue();
    }

    @Test
    void aLeaderIsElectedOnlyWhileItsTermIsTheGreatest() {
        apply(started(0, 1, ABC));
        apply(started(1, 2, ABC));

        assertThat(apply(elected(1, A)).isEmpty()).isTrue();
        assertThat(partition().kept()).isEmpty();
        apply(elected(2, A));
        assertThat(partition().elected()).contains(new Elected(A, 1));
    }

    @Test
    void aTermHasOneLeader() {
        apply(started(0, 1, ABC));
        apply(elected(1, A));

        assertThat(apply(elected(1, B)).isEmpty()).isTrue();
        assertThat(partition().elected()).contains(new Elected(A, 1));
    }

    @Test
    void aLeaderBelongsToItsTermsConfiguration() {
        apply(started(0, 1, ABC));

        assertThat(apply(elected(1, D)).isEmpty()).isTrue();
        assertThat(apply(elected(1, new Member("w1", new UUID(9, 9)))).isEmpty())
                .isTrue();
    }

    @Test
    void aTermWithoutLeaderLeavesNothingBehind() {
        apply(started(0, 1, ABC));
        apply(elected(1, A));
        apply(established(1));
        apply(started(1, 2, ABD));
        apply(started(2, 3, ABC));

        assertThat(partition().kept()).extracting(KeptConfiguration::term).containsExactly(1L);
    }

    @Test
    void everyTermWithALeaderIsKeptUntilALaterOneIsEstablished() {
        apply(started(0, 1, ABC));
        apply(elected(1, A));
        apply(established(1));
        apply(started(1, 2, ABD));
        apply(elected(2, D));
        apply(started(2, 3, ABC));
        apply(elected(3, B));
        assertThat(partition().kept()).extracting(KeptConfiguration::term).containsExactly(1L, 2L, 3L);
        assertThat(partition().fenced()).containsExactly(A, B, C, D);
        assertThat(partition().needs(D)).isTrue();

        apply(established(3));

        assertThat(partition().kept()).extracting(KeptConfiguration::term).containsExactly(3L);
        assertThat(partition().needs(D)).isFalse();
    }

    @Test
    void aLateEstablishedIsIgnored() {
        apply(started(0, 1, ABC));
        apply(elected(1, A));
        apply(started(1, 2, ABD));

        assertThat(apply(established(1)).isEmpty()).isTrue();
        assertThat(apply(established(2)).isEmpty()).isTrue();
        assertThat(partition().establishedTerm()).isZero();
        assertThat(partition().kept()).hasSize(1);
    }

    @Test
    void learnersOfAnOlderTermAreIgnored() {
        apply(started(0, 1, ABC));
        apply(started(1, 2, ABC));

        assertThat(apply(learning(1, Optional.of(ABD), D)).isEmpty()).isTrue();
        apply(learning(2, Optional.of(ABD), D));
        assertThat(partition().learners()).containsExactly(D);
        assertThat(partition().inLearningPhase()).isTrue();
        assertThat(partition().needs(D)).isTrue();
    }

    @Test
    void aMoveLastsUntilItsConfigurationIsEstablished() {
        moveToD();
        assertThat(partition().learners()).isEmpty();
        assertThat(partition().inLastPhase()).isTrue();

        apply(elected(2, D));
        apply(established(2));

        assertThat(partition().move()).isEmpty();
    }

    @Test
    void anElectionInTheMiddleOfAMoveGoesOnWithIt() {
        apply(started(0, 1, ABC));
        apply(learning(1, Optional.of(ABD), D));

        apply(started(1, 2, ABC));

        assertThat(partition().learners()).containsExactly(D);
        assertThat(partition().inLearningPhase()).isTrue();
    }

    @Test
    void aTermBackWithTheOldConfigurationEndsTheMove() {
        moveToD();

        apply(started(2, 3, ABC));

        assertThat(partition().move()).isEmpty();
        assertThat(partition().learners()).isEmpty();
    }

    @Test
    void aWorkerRegistersOnlyWithAGreaterIncarnationOfItsDisk() {
        apply(registered(A, 5));

        assertThat(apply(registered(A, 5)).isEmpty()).isTrue();
        assertThat(apply(registered(A, 4)).isEmpty()).isTrue();
        Member another = new Member("w1", new UUID(50, 50));
        apply(registered(another, 1));
        assertThat(state.worker("w1").orElseThrow().member()).isEqualTo(another);
        assertThat(apply(registered(A, 5)).isEmpty())
                .as("its first disk is remembered")
                .isTrue();
        apply(registered(A, 6));
        assertThat(state.worker("w1").orElseThrow().member()).isEqualTo(A);
    }

    @Test
    void settingsThatCannotBeAreIgnored() {
        assertThat(apply(new SettingsChanged(2, 3)).isEmpty()).isTrue();
        assertThat(apply(new SettingsChanged(0, 0)).isEmpty()).isTrue();
        apply(new SettingsChanged(5, 3));
        assertThat(state.settings()).contains(new ClusterSettings(4, 5, Optional.of(3)));
    }

    @Test
    void theMapsVersionGrowsOnlyWithTheMap() {
        long before = state.mapVersion();
        apply(registered(A, 1));
        assertThat(state.mapVersion()).isEqualTo(before + 1);

        apply(registered(A, 2));
        assertThat(state.mapVersion()).as("a restart at the same address").isEqualTo(before + 1);
        apply(elected(7, A));
        assertThat(state.mapVersion()).isEqualTo(before + 1);
    }

    private void moveToD() {
        apply(started(0, 1, ABC));
        apply(elected(1, A));
        apply(established(1));
        apply(learning(1, Optional.of(ABD), D));
        apply(started(1, 2, ABD));
    }

    private Changes apply(MetadataRecord record) {
        return state.apply(new MetadataCommand(1, List.of(record)), 1);
    }

    private PartitionState partition() {
        return state.partition(0).orElseThrow();
    }

    private static MetadataRecord started(long previous, long term, Configuration configuration) {
        return new TermsStarted(List.of(new TermsStarted.Start(0, previous, term, configuration)));
    }

    private static MetadataRecord elected(long term, Member leader) {
        return new LeadersElected(List.of(new LeadersElected.Election(0, term, new Elected(leader, 1))));
    }

    private static MetadataRecord established(long term) {
        return new LeadersEstablished(List.of(new LeadersEstablished.Establishment(0, term)));
    }

    private static MetadataRecord learning(long term, Optional<Configuration> target, Member... learners) {
        return new LearnersChanged(List.of(new LearnersChanged.Learning(
                0, term, List.of(learners), target.map(goal -> new Move(Move.Kind.REPAIR, goal)))));
    }

    private static MetadataRecord registered(Member member, long incarnation) {
        return new WorkerRegistered(new RegisteredWorker(
                member.worker(), member.disk(), incarnation, new WorkerAddress("http://h:1", "h:2"), ""));
    }

    private static Member member(int number) {
        return new Member("w" + number, new UUID(number, number));
    }
}
