package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Consistency;
import io.quorate.api.Problem;
import io.quorate.api.Value;
import io.quorate.client.ReadResult.Found;
import io.quorate.client.ReadResult.NotServed;
import io.quorate.client.ScriptedWorker.Received;
import io.quorate.client.WriteResult.Applied;
import io.quorate.client.WriteResult.NotApplied;
import io.quorate.client.WriteResult.Unknown;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client against workers that answer what the test says. */
@Timeout(60)
class QuorateClientTest {
    private static final Bytes KEY = Bytes.utf8("k");
    private static final Bytes LONG_KEY = Bytes.utf8("k".repeat(4_097));

    private final ScriptedWorker w1 = new ScriptedWorker();
    private final ScriptedWorker w2 = new ScriptedWorker();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void closeWorkers() {
        never.countDown();
        w1.close();
        w2.close();
    }

    private QuorateClientBuilder builder() {
        w1.saysMap(map(1, "w1", w1.address()));
        w2.saysMap(map(1, "w1", w1.address()));
        return QuorateClient.builder().address(w1.address());
    }

    private String map(int version, String leader, String addressOfW1) {
        return """
                {"version":%d,"cluster":"c","partitions":1,"routes":{"0":{"partition":0,"term":1,
                 "leader":{"worker":"%s","disk":"d"},
                 "configuration":{"members":[{"worker":"w1","disk":"d"},{"worker":"w2","disk":"e"}],"writeQuorum":2}}},
                 "workers":{"w1":{"http":"%s"},"w2":{"http":"%s"}}}""".formatted(version, leader, addressOfW1, w2.address());
    }

    private static ScriptedWorker.Step written() {
        return ScriptedWorker.with(
                201, Map.of("Quorate-Revision", "7-41", "Quorate-Outcome", "applied"), Answers.writtenBody("7-41"));
    }

    private static ScriptedWorker.Step found(String servedBy, String body) {
        return ScriptedWorker.with(200, Map.of("ETag", "\"7-41\"", "Quorate-Served-By", servedBy), body);
    }

    private static ScriptedWorker.Step problem(Problem problem, String outcome) {
        return ScriptedWorker.with(problem.httpStatus(), Map.of(), Answers.problemBody(problem, outcome));
    }

    @Test
    void theLeaderIsAskedAndTheMapIsFetchedOnce() {
        w1.then(written());
        try (QuorateClient client = builder().build()) {
            assertThat(client.put(KEY, Value.raw(Bytes.utf8("v"), "text/plain")))
                    .isInstanceOf(Applied.class);
            assertThat(client.delete(KEY)).isInstanceOf(Applied.class);
        }
        assertThat(w1.mapsAsked()).isEqualTo(1);
        assertThat(w2.received()).isEmpty();
        Received put = w1.received().getFirst();
        assertThat(put.method() + " " + put.target()).isEqualTo("PUT /kv/k?raw=true");
        assertThat(put.body()).isEqualTo("v");
        assertThat(put.header("Content-Type")).isEqualTo("text/plain");
        assertThat(put.header("Quorate-Session")).isEqualTo("0-7-1; sequence=1; lowest=1");
        assertThat(w1.received().getLast().header("Quorate-Session")).isEqualTo("0-7-1; sequence=2; lowest=2");
    }

    @Test
    void aWriteOfWhichTheConnectionWasLostIsSentToAnotherWorkerUnderTheSameName() {
        w1.then(ScriptedWorker.cut());
        w2.then(written());
        try (QuorateClient client = builder().build()) {
            assertThat(client.add(KEY, 1)).isInstanceOf(Applied.class);
        }
        assertThat(w2.received()).singleElement().isEqualTo(w2.received().getFirst());
        assertThat(w2.received().getFirst().header("Quorate-Session"))
                .isNotEmpty()
                .isEqualTo(w1.received().getFirst().header("Quorate-Session"));
    }

    @Test
    void writesAtOnceShareASession() {
        w1.then(written());
        try (QuorateClient client = builder().build()) {
            List<CompletableFuture<WriteResult>> writes = IntStream.range(0, 20)
                    .mapToObj(i -> client.async().add(KEY, 1))
                    .toList();
            assertThat(writes).allSatisfy(write -> assertThat(write.join()).isInstanceOf(Applied.class));
        }
        assertThat(w1.sessionsOpened()).isEqualTo(1);
        assertThat(w1.received())
                .extracting(received -> received.header("Quorate-Session").split(";", -1)[1])
                .doesNotHaveDuplicates()
                .hasSize(20);
    }

    @Test
    void aWriteOfUnknownFateIsAskedForUntilItIsKnown() {
        w1.then(problem(Problem.DEADLINE, "unknown"));
        w2.then(problem(Problem.NO_LEADER, "not_applied")).then(written());
        try (QuorateClient client = builder().build()) {
            assertThat(client.add(KEY, 1)).isInstanceOf(Applied.class);
        }
    }

    @Test
    void aWriteThatIsNotAnsweredByTheDeadlineIsUnknown() {
        w1.then(ScriptedWorker.silence(never));
        try (QuorateClient client = builder().deadline(Duration.ofMillis(300)).build()) {
            assertThat(client.write(new Command.Add(KEY, 1), "mine"))
                    .isInstanceOfSatisfying(
                            Unknown.class,
                            unknown -> assertThat(unknown.idempotencyKey()).isEqualTo("mine"));
        }
        assertThat(w1.received().getFirst().header("Idempotency-Key")).isEqualTo("mine");
    }

    @Test
    void aWriteThatNobodyTookIsNotAppliedAndOneThatSomebodyMayHaveTakenIsUnknown() {
        w1.then(problem(Problem.NO_QUORUM, "not_applied")).then(ScriptedWorker.cut());
        w2.then(problem(Problem.NO_QUORUM, "not_applied"));
        try (QuorateClient client = builder().maxAttempts(2).build()) {
            assertThat(client.add(KEY, 1)).isEqualTo(new NotApplied(Answers.refusal(Problem.NO_QUORUM)));
            assertThat(client.add(KEY, 1)).isInstanceOf(Unknown.class);
        }
        assertThat(w1.received()).hasSize(2);
        assertThat(w2.received()).hasSize(2);
    }

    @Test
    void aDeadLeaderIsPassedOverAndTheMapIsFetchedAgain() throws IOException {
        w2.then(found("w2", "v"));
        try (QuorateClient client =
                QuorateClient.builder().address(w2.address()).build()) {
            w2.saysMap(map(1, "w1", nobody()));
            assertThat(client.get(KEY)).isInstanceOf(Found.class);
            w2.saysMap(map(2, "w2", nobody()));
            await("a second map").until(() -> {
                assertThat(client.get(KEY)).isInstanceOf(Found.class);
                return w2.mapsAsked() > 1;
            });
        }
    }

    @Test
    void aReadServedByAnotherWorkerBringsTheNewMapAndThenTheNewLeaderIsAsked() {
        w1.then(found("w2", "by way of w1"));
        w2.then(found("w2", "straight"));
        try (QuorateClient client = builder().build()) {
            w1.saysMap(map(1, "w1", w1.address()));
            assertThat(text(client.get(KEY))).isEqualTo("by way of w1");
            w1.saysMap(map(2, "w2", w1.address()));
            await("the new leader").until(() -> text(client.get(KEY)).equals("straight"));
            int known = w1.mapsAsked();
            int viaW1 = w1.received().size();
            assertThat(text(client.get(KEY))).isEqualTo("straight");
            assertThat(w1.mapsAsked()).isEqualTo(known);
            assertThat(w1.received()).hasSize(viaW1);
        }
    }

    @Test
    void whatAnyReplicaMayAnswerGoesToOneAfterTheOther() {
        w1.then(found("w1", "v"));
        w2.then(found("w1", "v"));
        try (QuorateClient client = builder().build()) {
            for (int i = 0; i < 3; i++) {
                assertThat(text(client.get(KEY, Consistency.LOCAL))).isEqualTo("v");
                assertThat(text(client.async()
                                .get(KEY, ReadOptions.bounded(Duration.ofSeconds(1)))
                                .join()))
                        .isEqualTo("v");
            }
            assertThat(w1.received()).hasSize(3);
            assertThat(w2.received()).hasSize(3);
            assertThat(w1.mapsAsked()).as("another replica may answer").isEqualTo(1);
            assertThat(text(client.get(KEY))).isEqualTo("v");
            assertThat(w1.received()).hasSize(4);
        }
    }

    private static String text(ReadResult read) {
        assertThat(read).isInstanceOf(Found.class);
        return ((Found) read).value().bytes().asUtf8().orElseThrow();
    }

    @Test
    void anAnswerThatIsTooLargeIsNotTaken() {
        w1.then(found("w1", "v".repeat(101)));
        try (QuorateClient client = builder().maxResponseBytes(100).build()) {
            assertThat(client.get(KEY))
                    .isInstanceOfSatisfying(
                            NotServed.class,
                            refused -> assertThat(refused.why().is(Problem.VALUE_TOO_LARGE))
                                    .isTrue());
        }
        assertThat(w1.received()).hasSize(1);
    }

    @Test
    void anAnswerOfTheLimitIsTaken() {
        w1.then(found("w1", "v".repeat(100)));
        try (QuorateClient client = builder().maxResponseBytes(100).build()) {
            assertThat(text(client.get(KEY))).hasSize(100);
        }
    }

    @Test
    void aMapThatIsTooLargeIsNotTaken() {
        try (QuorateClient client = builder().maxMapBytes(100).build()) {
            assertThat(client.add(KEY, 1))
                    .isInstanceOfSatisfying(
                            NotApplied.class,
                            refused -> assertThat(refused.why().detail()).contains("more than 100 bytes"));
        }
        assertThat(w1.received()).isEmpty();
    }

    @Test
    void whoeverReachesNobodyIsToldAtOnce() throws IOException {
        try (QuorateClient client = QuorateClient.builder()
                .address(nobody())
                .deadline(QuorateClientBuilder.MAX_DEADLINE)
                .build()) {
            assertThat(client.add(KEY, 1))
                    .isInstanceOfSatisfying(
                            NotApplied.class,
                            refused -> assertThat(refused.why().type()).isEqualTo(Refusal.UNREACHED));
        }
    }

    @Test
    void aClusterThatIsStillStartingIsAskedAgain() throws Exception {
        w1.then(written());
        try (QuorateClient client = builder().build()) {
            w1.saysMap("{\"version\":0,\"cluster\":null,\"partitions\":0,\"routes\":{},\"workers\":{}}");
            CompletableFuture<WriteResult> added = client.async().add(KEY, 1);
            await("a second question").until(() -> w1.mapsAsked() > 1);
            w1.saysMap(map(1, "w1", w1.address()));
            assertThat(added.get(10, TimeUnit.SECONDS)).isInstanceOf(Applied.class);
        }
    }

    @Test
    void onlyTheseWorkersAreAsked() {
        w1.then(found("w2", "v"));
        try (QuorateClient client =
                QuorateClient.builder().address(w1.address()).onlyTheseWorkers().build()) {
            assertThat(text(client.get(KEY))).isEqualTo("v");
        }
        assertThat(w1.mapsAsked()).isZero();
    }

    @Test
    void theCallsUnderWayAreBoundedAndAFurtherOneIsRefusedOrWaits() throws Exception {
        w1.then(ScriptedWorker.silence(never)).then(written());
        try (QuorateClient client = builder().maxInFlight(1).build()) {
            CompletableFuture<WriteResult> first = client.async().add(KEY, 1);
            await("the first").until(() -> w1.received().size() == 1);
            assertThat(client.async().get(KEY).get(1, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            NotServed.class,
                            refused -> assertThat(refused.why().is(Problem.OVERLOADED))
                                    .isTrue());
            CompletableFuture<WriteResult> second = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> second.complete(client.add(KEY, 1)));
            w2.then(written());
            never.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOf(Applied.class);
            assertThat(second.get(10, TimeUnit.SECONDS)).isInstanceOf(Applied.class);
        }
    }

    @Test
    void closingEndsWhatIsUnderWayAndRefusesWhatComesLater() throws Exception {
        w1.then(ScriptedWorker.silence(never));
        QuorateClient client =
                builder().deadline(QuorateClientBuilder.MAX_DEADLINE).build();
        CompletableFuture<WriteResult> open = client.async().add(KEY, 1);
        await("the request").until(() -> w1.received().size() == 1);
        client.close();

        assertThat(open.get(10, TimeUnit.SECONDS)).isInstanceOf(Unknown.class);
        assertThatIllegalStateException().isThrownBy(() -> client.get(KEY));
        assertThatIllegalStateException().isThrownBy(() -> client.async().get(KEY));
    }

    @Test
    void aKeyOfTheWrongLengthIsRefusedUnasked() {
        try (QuorateClient client = builder().build()) {
            assertThat(client.get(LONG_KEY))
                    .isInstanceOfSatisfying(
                            NotServed.class,
                            refused -> assertThat(refused.why().is(Problem.KEY_TOO_LARGE))
                                    .isTrue());
            assertThat(client.async().delete(Bytes.EMPTY).join())
                    .isInstanceOfSatisfying(
                            NotApplied.class,
                            refused -> assertThat(refused.why().is(Problem.BAD_REQUEST))
                                    .isTrue());
        }
        assertThat(w1.mapsAsked()).isZero();
    }

    @Test
    void wrongArgumentsAreMistakes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuorateClient.builder().address("localhost:8000"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder().deadline(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> builder().maxInFlight(0));
        assertThatIllegalStateException()
                .isThrownBy(() -> QuorateClient.builder().build());
        try (QuorateClient client = builder().build()) {
            assertThatIllegalArgumentException().isThrownBy(() -> client.expire(KEY, Duration.ZERO));
            assertThatIllegalArgumentException().isThrownBy(() -> client.write(new Command.Delete(KEY), ""));
            assertThatIllegalArgumentException().isThrownBy(() -> client.write(new Command.Delete(KEY), "ä"));
        }
    }

    /** An address at which nobody listens. */
    private static String nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }
}
