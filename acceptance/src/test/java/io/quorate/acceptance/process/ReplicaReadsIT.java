package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.api.Bytes;
import io.quorate.api.Consistency;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome.Served;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.client.QuorateClient;
import io.quorate.client.ReadOptions;
import io.quorate.client.ReadResult;
import io.quorate.client.ReadResult.Found;
import io.quorate.client.WriteResult.Applied;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reads of the Java client that promise less than the last value, and what they promise. */
class ReplicaReadsIT {
    private static final Bytes KEY = Bytes.utf8("read");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final int ROUNDS = 100;

    @Test
    void bounded_and_local_reads_are_shared_by_the_replicas_and_see_what_they_have_to() {
        try (ClusterUnderTest cluster = ClusterUnderTest.inOneProcess("replica-reads", "--partitions", "8");
                QuorateClient client =
                        QuorateClient.builder().address(cluster.address("c1")).build()) {
            Revision written = put(client, "first");
            everyReplicaAnswers(client, ReadOptions.local());
            everyReplicaAnswers(client, ReadOptions.bounded(BOUND));
            whatWasWrittenIsSeenByWhomeverItIsReadFrom(client);
            assertThat(served(client, ReadOptions.linearizable().atLeast(written)))
                    .satisfies(by -> assertThat(by.role()).isEqualTo("leader"))
                    .satisfies(by -> assertThat(by.stalenessMillis()).hasValue(0));
            assertThat(client.get(KEY, ReadOptions.local().atLeast(new Revision(999, 1))))
                    .isInstanceOfSatisfying(
                            ReadResult.NotServed.class,
                            refused -> assertThat(refused.why().is(Problem.BAD_REQUEST))
                                    .isTrue());
        }
    }

    private static void everyReplicaAnswers(QuorateClient client, ReadOptions options) {
        Set<String> workers = new HashSet<>();
        await("all replicas with " + options.consistency()).atMost(PATIENCE).until(() -> {
            Served by = served(client, options);
            if (by.consistency() == Consistency.BOUNDED) {
                assertThat(by.stalenessMillis().orElseThrow()).isLessThanOrEqualTo(BOUND.toMillis());
            }
            workers.add(by.worker());
            return workers.size() == 3;
        });
    }

    /** A replica that has not got there yet leaves it to the leader. */
    private static void whatWasWrittenIsSeenByWhomeverItIsReadFrom(QuorateClient client) {
        for (int i = 0; i < ROUNDS; i++) {
            String value = "value " + i;
            Revision written = put(client, value);
            ReadOptions options = (i % 2 == 0 ? ReadOptions.local() : ReadOptions.bounded(BOUND)).atLeast(written);
            assertThat(client.get(KEY, options)).isInstanceOfSatisfying(Found.class, found -> {
                assertThat(found.value().bytes()).isEqualTo(Bytes.utf8(value));
                assertThat(found.revision()).isEqualTo(written);
                assertThat(found.served().applied()).isGreaterThanOrEqualTo(written);
            });
        }
    }

    private static Revision put(QuorateClient client, String value) {
        return ((Applied) client.put(KEY, Value.json(value))).revision();
    }

    private static Served served(QuorateClient client, ReadOptions options) {
        return ((Found) client.get(KEY, options)).served();
    }
}
