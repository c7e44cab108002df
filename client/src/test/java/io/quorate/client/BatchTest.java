package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Problem;
import io.quorate.api.Value;
import io.quorate.client.ScriptedWorker.Received;
import io.quorate.client.WriteResult.Applied;
import io.quorate.client.WriteResult.NotApplied;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batches of a client against workers that answer what the test says. */
@Timeout(60)
class BatchTest {
    private static final Bytes KEY = Bytes.utf8("k");
    private static final Command ADD = new Command.Add(KEY, 1);
    private static final BatchItem WRITE = new BatchItem.Write(ADD);
    private static final String ITEM = "{\"status\":201,\"key\":\"k\",\"revision\":\"7-41\",\"existed\":false}";

    private final ScriptedWorker w1 = new ScriptedWorker();
    private final ScriptedWorker w2 = new ScriptedWorker();
    private final QuorateClient client =
            QuorateClient.builder().address(w1.address()).build();

    BatchTest() {
        w1.saysMap("""
                {"version":1,"cluster":"c","partitions":1,"routes":{"0":{"partition":0,"term":1,
                 "leader":{"worker":"w2","disk":"e"},
                 "configuration":{"members":[{"worker":"w1","disk":"d"},{"worker":"w2","disk":"e"}],"writeQuorum":2}}},
                 "workers":{"w1":{"http":"%s"},"w2":{"http":"%s"}}}""".formatted(w1.address(), w2.address()));
    }

    @AfterEach
    void closeAll() {
        client.close();
        w1.close();
        w2.close();
    }

    private static ScriptedWorker.Step done(String items) {
        return ScriptedWorker.with(
                200, Map.of("Quorate-Revision", "7-41"), "{\"revision\":\"7-41\",\"items\":[" + items + "]}");
    }

    @Test
    void aBatchOfWhichTheAnswerWasLostIsSentToAnotherWorkerUnderTheSameName() {
        w2.then(ScriptedWorker.cut());
        w1.then(done(ITEM + "," + ITEM));

        assertThat(client.batch(List.of(WRITE, WRITE))).hasOnlyElementsOfType(Applied.class);
        Received first = w2.received().getFirst();
        assertThat(first.method() + " " + first.target()).isEqualTo("POST /batch");
        assertThat(UUID.fromString(first.header("Idempotency-Key"))).isNotNull();
        assertThat(w1.received()).singleElement().satisfies(second -> {
            assertThat(second.header("Idempotency-Key")).isEqualTo(first.header("Idempotency-Key"));
            assertThat(second.body()).isEqualTo(first.body()).startsWith("{\"atomic\":false");
        });
    }

    @Test
    void anAtomicBatchGoesToTheLeaderUnderItsName() {
        w2.then(done(ITEM));

        assertThat(client.atomicBatch(List.of(ADD), "mine")).isInstanceOf(AtomicResult.Applied.class);
        assertThat(client.async().atomicBatch(List.of(ADD)).join()).isInstanceOf(AtomicResult.Applied.class);
        assertThat(client.async().batch(List.of(WRITE), "mine").join()).hasSize(1);
        assertThat(w1.received()).isEmpty();
        assertThat(w2.received().getFirst().header("Idempotency-Key")).isEqualTo("mine");
        assertThat(w2.received().getFirst().body()).startsWith("{\"atomic\":true");
    }

    @Test
    void aWrongKeyOrTooManyBytesAreRefusedUnasked() {
        BatchItem wrong = new BatchItem.Read(Bytes.utf8("k".repeat(4_097)));
        BatchItem large = new BatchItem.Write(new Command.Put(KEY, Value.json("v".repeat(1 << 20))));
        BatchItem escaped = new BatchItem.Write(new Command.Put(KEY, Value.json("\0".repeat(1 << 20))));

        assertThat(client.batch(List.of(WRITE, wrong)))
                .hasSize(2)
                .first()
                .isInstanceOfSatisfying(NotApplied.class, refused -> {
                    assertThat(refused.why().is(Problem.KEY_TOO_LARGE)).isTrue();
                    assertThat(refused.why().detail()).startsWith("Item 1: ");
                });
        for (List<BatchItem> tooLong : List.of(Collections.nCopies(9, large), Collections.nCopies(2, escaped))) {
            assertThat(client.batch(tooLong))
                    .allSatisfy(result -> assertThat(result)
                            .isInstanceOfSatisfying(
                                    NotApplied.class,
                                    refused -> assertThat(refused.why().is(Problem.VALUE_TOO_LARGE))
                                            .isTrue()));
        }
        assertThat(w1.mapsAsked()).isZero();
    }

    @Test
    void wrongArgumentsAreMistakes() {
        List<BatchItem> tooMany = Collections.nCopies(129, WRITE);
        assertThatIllegalArgumentException().isThrownBy(() -> client.batch(tooMany));
        assertThatIllegalArgumentException().isThrownBy(() -> client.batch(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> client.batch(List.of(WRITE), "n".repeat(252)));
        assertThatIllegalArgumentException().isThrownBy(() -> client.atomicBatch(Collections.nCopies(129, ADD)));
        assertThatIllegalArgumentException().isThrownBy(() -> client.async().atomicBatch(List.of(ADD), " "));
    }
}
