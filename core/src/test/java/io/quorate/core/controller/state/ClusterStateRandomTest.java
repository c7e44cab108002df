package io.quorate.core.controller.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever records arrive in whatever order, what may never happen never happens. */
class ClusterStateRandomTest {
    private static final int SEEDS = 60;
    private static final int COMMANDS = 100;

    private final Map<List<Long>, Elected> leaders = new HashMap<>();

    @Test
    void noOrderOfRecordsBreaksARule() {
        for (int seed = 0; seed < SEEDS; seed++) {
            leaders.clear();
            play(seed);
        }
    }

    private void play(int seed) {
        ClusterState state = new ClusterState();
        ClusterState copy = new ClusterState();
        RandomRecords records = new RandomRecords(new Random(seed), state);
        for (int i = 0; i < COMMANDS; i++) {
            ClusterState.Contents before =
                    MetadataCodecV1.decodeState(MetadataCodecV1.encode(state)).contents();
            MetadataCommand command = records.command();
            Changes changes = state.apply(command, 1);
            check(before, state, changes, "seed " + seed + ", command " + i);
            copy.apply(MetadataCodecV1.decodeCommand(MetadataCodecV1.encode(command)), 1);
        }
        assertThat(MetadataCodecV1.encode(copy)).isEqualTo(MetadataCodecV1.encode(state));
    }

    private void check(ClusterState.Contents before, ClusterState after, Changes changes, String where) {
        Map<Integer, PartitionState> earlier = new TreeMap<>();
        before.partitions().forEach(partition -> earlier.put(partition.partition(), partition));
        for (PartitionState now : after.partitions().values()) {
            checkAlone(now, where);
            Optional<PartitionState> then = Optional.ofNullable(earlier.get(now.partition()));
            then.ifPresent(was -> checkStep(was, now, where));
            assertThat(changes.partitions().get(now.partition()))
                    .as(where)
                    .isEqualTo(!then.equals(Optional.of(now))
                            || changes.partitions().get(now.partition()));
        }
        before.incarnations()
                .forEach((member, incarnation) ->
                        assertThat(after.incarnationOf(member)).as(where).isGreaterThanOrEqualTo(incarnation));
        assertThat(after.mapVersion()).as(where).isGreaterThanOrEqualTo(before.mapVersion());
        before.cluster().ifPresent(cluster -> assertThat(after.cluster()).contains(cluster));
    }

    /** What holds of every partition at any time. */
    private void checkAlone(PartitionState now, String where) {
        assertThat(now.establishedTerm()).as(where).isLessThanOrEqualTo(now.term());
        assertThat(now.kept()).as(where).extracting(KeptConfiguration::term).isSorted();
        for (KeptConfiguration kept : now.kept()) {
            Member leader = kept.elected().leader();
            assertThat(kept.configuration().contains(leader)).as(where).isTrue();
            Elected first =
                    leaders.computeIfAbsent(List.of((long) now.partition(), kept.term()), key -> kept.elected());
            assertThat(first).as("one leader for each term; " + where).isEqualTo(kept.elected());
        }
        if (now.elected().isPresent()) {
            assertThat(now.kept().getLast().term()).as(where).isEqualTo(now.term());
        }
        if (now.establishedTerm() > 0) {
            assertThat(now.kept().getFirst().term()).as(where).isEqualTo(now.establishedTerm());
        }
        assertThat(now.learners())
                .as(where)
                .doesNotContainAnyElementsOf(now.configuration().members());
    }

    /** What holds between one state and a later one. */
    private static void checkStep(PartitionState was, PartitionState now, String where) {
        assertThat(now.term()).as(where).isGreaterThanOrEqualTo(was.term());
        assertThat(now.establishedTerm()).as(where).isGreaterThanOrEqualTo(was.establishedTerm());
        if (now.term() == was.term()) {
            assertThat(now.configuration()).as(where).isEqualTo(was.configuration());
            was.elected()
                    .ifPresent(elected -> assertThat(now.elected()).as(where).contains(elected));
        }
        if (now.establishedTerm() == was.establishedTerm()) {
            assertThat(configurations(now))
                    .as("a configuration was left without Established; " + where)
                    .containsAll(configurations(was));
        }
    }

    private static List<Configuration> configurations(PartitionState partition) {
        return partition.kept().stream().map(KeptConfiguration::configuration).toList();
    }
}
