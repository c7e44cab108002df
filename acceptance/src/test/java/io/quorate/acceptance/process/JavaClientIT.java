package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.Limits;
import io.quorate.api.Problem;
import io.quorate.api.Value;
import io.quorate.client.QuorateClient;
import io.quorate.client.ReadResult;
import io.quorate.client.ReadResult.Found;
import io.quorate.client.ReadResult.Missing;
import io.quorate.client.WriteResult;
import io.quorate.client.WriteResult.Applied;
import io.quorate.client.WriteResult.ConditionFailed;
import io.quorate.client.WriteResult.NotApplied;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The Java client against a cluster of processes, one of which is killed. */
class JavaClientIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Bytes COUNTER = Bytes.utf8("java-client-count");
    private static final int CLIENTS = 32;
    private static final int EACH = 100;

    @Test
    void every_increment_counts_once_although_the_leader_is_killed(TestReporter reporter) throws InterruptedException {
        try (ClusterUnderTest cluster = ClusterUnderTest.up("java-client");
                QuorateClient client = QuorateClient.builder()
                        .address(cluster.address("c1"))
                        .deadline(Duration.ofSeconds(30))
                        .build()) {
            whatIsWrittenIsRead(client);
            valuesOfEveryFormAndLengthAreKept(client);
            AtomicInteger applied = new AtomicInteger();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Thread.ofVirtual().start(() -> count(client, applied)));
            }
            await("a third of the increments").atMost(PATIENCE).until(() -> applied.get() > CLIENTS * EACH / 3);
            String leader = cluster.get("c1", "/map?key=java-client-count").text("primaryId");
            cluster.kill(leader);
            int before = applied.get();
            for (Thread each : clients) {
                each.join();
            }
            reporter.publishEntry("%s killed after %d of %d increments".formatted(leader, before, applied.get()));
            assertThat(before).isLessThan(CLIENTS * EACH);
            assertThat(applied).hasValue(CLIENTS * EACH);
            assertThat(found(client, COUNTER).value().bytes()).isEqualTo(Bytes.utf8(Integer.toString(CLIENTS * EACH)));
        }
    }

    private static void count(QuorateClient client, AtomicInteger applied) {
        for (int i = 0; i < EACH; i++) {
            if (client.add(COUNTER, 1) instanceof Applied) {
                applied.incrementAndGet();
            }
        }
    }

    private static void whatIsWrittenIsRead(QuorateClient client) {
        Bytes key = Bytes.utf8("a/b.c ä+%");
        Value value = Value.raw(Bytes.wrap(new byte[] {(byte) 0xFF, 0, 'x'}), "image/x");
        Command create = new Command.Put(key, value, new Condition.Absent(), new Lifetime.For(3_600_000));
        WriteResult created = client.write(create, "once");
        assertThat(created).isInstanceOfSatisfying(Applied.class, applied -> {
            assertThat(applied.existed()).isFalse();
            assertThat(applied.copies()).get().matches(copies -> copies.acks() >= copies.quorum());
        });
        assertThat(client.write(create, "once")).isInstanceOfSatisfying(Applied.class, again -> {
            assertThat(again.revision()).isEqualTo(((Applied) created).revision());
            assertThat(again.existed()).isFalse();
        });
        assertThat(client.write(create)).isEqualTo(new ConditionFailed(((Applied) created).revision()));
        assertThat(client.get(key)).isInstanceOfSatisfying(Found.class, found -> {
            assertThat(found.value()).isEqualTo(value);
            assertThat(found.revision()).isEqualTo(((Applied) created).revision());
            assertThat(found.timeToLive()).get().matches(left -> left.compareTo(Duration.ofHours(1)) <= 0);
            assertThat(found.served().role()).isEqualTo("leader");
        });
        assertThat(client.persist(key)).isInstanceOf(Applied.class);
        assertThat(found(client, key).timeToLive()).isEmpty();
        assertRefused(client.add(key, 1), Problem.NOT_AN_INTEGER);
        assertThat(client.async().delete(key).join())
                .isInstanceOfSatisfying(
                        Applied.class, deleted -> assertThat(deleted.existed()).isTrue());
        assertThat(client.get(key)).isInstanceOf(Missing.class);
        assertRefused(client.expire(key, Duration.ofMinutes(1)), Problem.KEY_NOT_FOUND);
    }

    private static void valuesOfEveryFormAndLengthAreKept(QuorateClient client) {
        Bytes key = Bytes.utf8("values");
        Value text = Value.json("\"ä\n");
        Value longest = Value.raw(Bytes.wrap(new byte[Limits.MAX_VALUE_BYTES]), "image/x");
        for (Value value : List.of(text, Value.raw(Bytes.EMPTY, "text/plain"), longest)) {
            assertThat(client.put(key, value)).isInstanceOf(Applied.class);
            assertThat(found(client, key).value()).isEqualTo(value);
        }
        Value tooLong = Value.raw(Bytes.wrap(new byte[Limits.MAX_VALUE_BYTES + 1]), "image/x");
        assertRefused(client.put(key, tooLong), Problem.VALUE_TOO_LARGE);
        Command never = new Command.Put(key, text, new Condition.AnyOf(List.of()), Lifetime.FOREVER);
        assertThat(client.write(never)).isInstanceOf(ConditionFailed.class);
        assertThat(found(client, key).value()).isEqualTo(longest);
    }

    private static Found found(QuorateClient client, Bytes key) {
        ReadResult read = client.get(key);
        assertThat(read).isInstanceOf(Found.class);
        return (Found) read;
    }

    private static void assertRefused(WriteResult result, Problem problem) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        NotApplied.class,
                        refused -> assertThat(refused.why().type()).isEqualTo(problem.type()));
    }
}
