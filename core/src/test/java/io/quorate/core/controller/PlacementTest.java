package io.quorate.core.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.controller.state.RegisteredWorker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {
    @ParameterizedTest
    @CsvSource({"1,1,64", "2,2,64", "3,3,64", "4,3,64", "4,3,4", "5,3,64", "7,5,128", "10,3,1024", "40,3,1024"})
    void everyWorkerCarriesAndLeadsItsShare(int workers, int replicas, int partitions) {
        List<List<Member>> all = new Placement(workers(workers, 0)).all(partitions, replicas);

        List<Member> carried = all.stream().flatMap(List::stream).toList();
        List<Member> led = all.stream().map(List::getFirst).toList();
        for (RegisteredWorker worker : workers(workers, 0)) {
            assertThat(carried.stream().filter(worker.member()::equals).count())
                    .isBetween((long) partitions * replicas / workers, (long) partitions * replicas / workers + 1);
            assertThat(led.stream().filter(worker.member()::equals).count())
                    .isBetween((long) partitions / workers, (long) partitions / workers + 1);
        }
        assertThat(all)
                .allSatisfy(members -> assertThat(members).hasSize(replicas).doesNotHaveDuplicates());
    }

    @Test
    void replicasAreInDifferentZonesWhenThereAreEnough() {
        List<RegisteredWorker> workers = workers(9, 3);

        List<List<Member>> all = new Placement(workers).all(256, 3);

        assertThat(all)
                .allSatisfy(members -> assertThat(zones(members, workers)).hasSize(3));
    }

    @Test
    void twoZonesAreBothUsedByThreeReplicas() {
        List<RegisteredWorker> workers = workers(6, 2);

        List<List<Member>> all = new Placement(workers).all(64, 3);

        assertThat(all)
                .allSatisfy(members -> assertThat(zones(members, workers)).hasSize(2));
    }

    @Test
    void theSameWorkersGiveTheSameProposal() {
        assertThat(new Placement(workers(5, 0)).all(64, 3)).isEqualTo(new Placement(workers(5, 0)).all(64, 3));
    }

    @Test
    void aFurtherWorkerLeavesMostOfTheRingAsItWas() {
        Ring before = new Ring(workers(9, 0));
        Ring after = new Ring(workers(10, 0));

        long same = IntStream.range(0, 1_000)
                .filter(p -> before.from(p)[0] == after.from(p)[0])
                .count();

        assertThat(same).isBetween(850L, 950L);
    }

    @Test
    void theSpareWorkerIsNoneThatKeepsTheReplicaAlready() {
        List<RegisteredWorker> workers = workers(4, 0);
        List<Member> three =
                workers.stream().map(RegisteredWorker::member).limit(3).toList();

        assertThat(new Placement(workers).spare(7, three, worker -> 0))
                .contains(workers.getLast().member());
        assertThat(new Placement(workers.subList(0, 3)).spare(7, three, worker -> 0))
                .isEmpty();
        assertThat(new Placement(List.of()).spare(7, three, worker -> 0)).isEmpty();
    }

    @Test
    void theSpareWorkerIsNotOneThatCarriesMoreThanItsShare() {
        List<RegisteredWorker> workers = workers(5, 0);
        List<Member> two =
                workers.stream().map(RegisteredWorker::member).limit(2).toList();

        for (int partition = 0; partition < 50; partition++) {
            assertThat(new Placement(workers)
                            .spare(partition, two, worker -> worker.id().equals("w04") ? 2 : 10))
                    .hasValueSatisfying(spare -> assertThat(spare.worker()).isIn("w04", "w03", "w05"));
            assertThat(new Placement(workers)
                            .spare(partition, two, worker -> worker.id().equals("w04") ? 100 : 10))
                    .hasValueSatisfying(spare -> assertThat(spare.worker()).isNotEqualTo("w04"));
        }
    }

    private static Set<String> zones(List<Member> members, List<RegisteredWorker> workers) {
        Set<String> zones = new HashSet<>();
        workers.stream()
                .filter(worker -> members.contains(worker.member()))
                .forEach(worker -> zones.add(worker.zone()));
        return zones;
    }

    private static List<RegisteredWorker> workers(int count, int zones) {
        List<RegisteredWorker> workers = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String zone = zones == 0 ? "" : "z" + i % zones;
            workers.add(new RegisteredWorker(
                    "w%02d".formatted(i), new UUID(i, 1), 1, new WorkerAddress("http://h:" + i, "h:" + i), zone));
        }
        return workers;
    }
}
