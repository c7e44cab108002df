package io.quorate.server.metadata;

import static io.quorate.server.metadata.GroupUnderTest.await;
import static io.quorate.server.metadata.GroupUnderTest.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.core.controller.MetadataLog;
import io.quorate.core.controller.MetadataLog.Activity;
import io.quorate.core.controller.MetadataLog.ProposalOutcome;
import io.quorate.core.controller.MetadataLog.ProposalOutcome.Committed;
import io.quorate.core.controller.MetadataLog.ProposalOutcome.Refused;
import io.quorate.core.controller.MetadataLog.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What every {@link MetadataLog} keeps to. */
abstract class MetadataLogContract {
    private static final long NO_SNAPSHOTS = 1_000_000;

    abstract GroupUnderTest group(int controllers, long snapshotEveryEntries);

    private GroupUnderTest group(int controllers) {
        return group(controllers, NO_SNAPSHOTS);
    }

    @Test
    void aControllerThatIsAloneBecomesActiveAndAppliesWhatItProposes() {
        try (GroupUnderTest group = group(1)) {
            assertThat(group.active()).isEqualTo("c1");
            group.commit("a", 3);
            assertThat(group.listener("c1").commands()).isEqualTo(numbered("a", 3));
        }
    }

    @Test
    void commandsAreAppliedInTheOrderInWhichTheyWereProposed() {
        try (GroupUnderTest group = group(1)) {
            String active = group.active();
            List<CompletableFuture<ProposalOutcome>> outcomes = new ArrayList<>();
            numbered("a", 200).forEach(command -> outcomes.add(group.propose(active, command)));
            List<Long> indexes = outcomes.stream()
                    .map(GroupUnderTest::await)
                    .map(outcome -> ((Committed) outcome).index())
                    .toList();
            assertThat(indexes).isSorted().doesNotHaveDuplicates();
            assertThat(group.listener(active).commands()).isEqualTo(numbered("a", 200));
        }
    }

    @Test
    void theOutcomeIsToldOnTheListenersThreadAfterTheCommandWasApplied() {
        try (GroupUnderTest group = group(1)) {
            RecordingListener listener = group.listener(group.active());
            CompletableFuture<List<String>> seen = new CompletableFuture<>();
            CompletableFuture<Boolean> sameThread = new CompletableFuture<>();
            group.log("c1").propose(Bytes.utf8("a"), outcome -> {
                sameThread.complete(listener.calledOnCurrentThread());
                seen.complete(listener.commands());
            });
            assertThat(sameThread.join()).isTrue();
            assertThat(seen.join()).containsExactly("a");
        }
    }

    @Test
    void anEmptyCommandIsCommittedButNotHandedToTheListener() {
        try (GroupUnderTest group = group(1)) {
            group.commit("a");
            group.commit("");
            group.commit("b");
            assertThat(group.listener("c1").commands()).containsExactly("a", "b");
        }
    }

    @Test
    void aCommandThatIsTooLargeIsRefused() {
        try (GroupUnderTest group = group(1)) {
            String active = group.active();
            CompletableFuture<ProposalOutcome> outcome = new CompletableFuture<>();
            Bytes command = Bytes.wrap(new byte[MetadataLogLimits.MAX_COMMAND_BYTES + 1]);
            group.log(active).propose(command, outcome::complete);
            assertThat(outcome).isCompletedWithValue(new Refused(Refusal.TOO_LARGE, Optional.of("c1")));
        }
    }

    @Test
    void aCommandOfTheLargestSizeReachesEveryController() {
        try (GroupUnderTest group = group(3)) {
            String largest = "x".repeat(MetadataLogLimits.MAX_COMMAND_BYTES);
            group.commit(largest);
            group.commit("after");
            group.awaitCommands(List.of(largest, "after"));
        }
    }

    @Test
    void aClosedLogRefusesAndIsClosedOnce() {
        try (GroupUnderTest group = group(1)) {
            group.active();
            MetadataLog log = group.log("c1");
            group.stop("c1");
            log.close();
            CompletableFuture<ProposalOutcome> outcome = new CompletableFuture<>();
            log.propose(Bytes.utf8("late"), outcome::complete);
            assertThat(outcome).isCompletedWithValueMatching(MetadataLogContract::isRefusedAsClosed);
            assertThat(log.activity().active()).isFalse();
        }
    }

    private static boolean isRefusedAsClosed(ProposalOutcome outcome) {
        return outcome instanceof Refused(Refusal refusal, Optional<String> _) && refusal == Refusal.CLOSED;
    }

    @Test
    void whatWasCommittedIsThereAfterARestartInALaterEpoch() {
        try (GroupUnderTest group = group(1)) {
            group.commit("a", 20);
            long epoch = group.log("c1").activity().epoch();
            group.stop("c1");
            group.start("c1");
            group.active();
            assertThat(group.listener("c1").commandsWhenActivated()).isEqualTo(numbered("a", 20));
            assertThat(group.log("c1").activity().epoch()).isGreaterThan(epoch);
        }
    }

    @Test
    void aRestartGoesOnFromTheLastSnapshot() {
        try (GroupUnderTest group = group(1, 10)) {
            group.commit("a", 35);
            Eventually.holds("three snapshots", () -> group.listener("c1").snapshots() >= 3);
            group.stop("c1");
            group.start("c1");
            group.active();
            RecordingListener listener = group.listener("c1");
            assertThat(listener.commandsWhenActivated()).isEqualTo(numbered("a", 35));
            assertThat(listener.restored()).isEqualTo(1);
            assertThat(listener.appliedHere()).isLessThan(35);
        }
    }

    @Test
    void everyControllerAppliesTheSameCommandsInTheSameOrder() {
        try (GroupUnderTest group = group(3)) {
            group.commit("a", 50);
            group.awaitCommands(numbered("a", 50));
        }
    }

    @Test
    void aControllerThatHasCaughtUpWasToldWhatWasCommittedBeforeItsStart() {
        try (GroupUnderTest group = group(3)) {
            group.commit("a", 5);
            String late = group.passive();
            group.stop(late);
            group.commit("b", 20);
            List<String> before = new ArrayList<>(numbered("a", 5));
            before.addAll(numbered("b", 20));

            group.start(late);

            Eventually.holds("it has caught up", () -> {
                boolean caughtUp = group.log(late).caughtUp();
                if (caughtUp) {
                    assertThat(group.listener(late).commands()).isEqualTo(before);
                }
                return caughtUp;
            });
            String active = group.active();
            assertThat(group.log(active).caughtUp()).isTrue();
        }
    }

    @Test
    void aPassiveControllerRefusesAndNamesTheActiveOne() {
        try (GroupUnderTest group = group(3)) {
            String active = group.active();
            CompletableFuture<ProposalOutcome> outcome = group.propose(group.passive(), "x");
            assertThat(outcome).isCompletedWithValue(new Refused(Refusal.NOT_ACTIVE, Optional.of(active)));
        }
    }

    @Test
    void whenTheActiveControllerStopsAnotherTakesOverInALaterEpochWithAllThatWasCommitted() {
        try (GroupUnderTest group = group(3)) {
            group.commit("a", 20);
            String first = group.active();
            long epoch = group.log(first).activity().epoch();
            group.stop(first);
            String second = group.active();
            assertThat(group.listener(second).commandsWhenActivated()).isEqualTo(numbered("a", 20));
            assertThat(group.log(second).activity().epoch()).isGreaterThan(epoch);
            group.commit("b");
            group.start(first);
            List<String> all = new ArrayList<>(numbered("a", 20));
            all.add("b");
            group.awaitCommands(all);
        }
    }

    @Test
    void aControllerThatFellBehindTheLogIsGivenASnapshot() {
        try (GroupUnderTest group = group(3, 10)) {
            group.commit("a", 5);
            String behind = group.passive();
            group.stop(behind);
            String large = "b".repeat(40_000);
            group.commit(large, 60);
            group.start(behind);
            List<String> all = new ArrayList<>(numbered("a", 5));
            all.addAll(numbered(large, 60));
            group.awaitCommands(all);
            assertThat(group.listener(behind).restored()).isPositive();
            assertThat(group.listener(behind).appliedHere()).isLessThan(60);
        }
    }

    @Test
    void withoutAMajorityNothingIsCommittedAndNobodyStaysActive() {
        try (GroupUnderTest group = group(3)) {
            String active = group.active();
            group.running().stream().filter(id -> !id.equals(active)).forEach(group::stop);
            ProposalOutcome outcome = await(group.propose(active, "lost"));
            assertThat(outcome).isNotInstanceOf(Committed.class);
            Eventually.holds("it gave up", () -> !group.log(active).activity().active());
        }
    }

    @Test
    void steppingDownHandsOverToAnother() {
        try (GroupUnderTest group = group(3)) {
            String first = group.active();
            group.log(first).stepDown();
            Eventually.holds(
                    "another is active",
                    () -> group.running().stream()
                            .filter(id -> !id.equals(first))
                            .anyMatch(id -> group.log(id).activity().active()));
            Eventually.holds(
                    "the first has been told that it was active, and is not any more",
                    () -> group.listener(first).activities().stream().anyMatch(Activity::active)
                            && !group.log(first).activity().active());
        }
    }
}
