package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.sendBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.HeartbeatAnswer;
import io.quorate.core.message.HeartbeatAnswer.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heartbeats as JSON, over HTTP, and from the worker's side. */
class HeartbeatHttpTest {
    private static final String JSON = "Content-Type: application/json";
    private static final HeartbeatAnswer HEARD =
            new HeartbeatAnswer.Heard(FakeWorker.CLUSTER, 41, true, Optional.of(Samples.map()));

    private final HttpFixture fixture = new HttpFixture();
    private final FakeController controller = new FakeController();
    private final int port = fixture.controller(controller);

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String json(Heartbeat heartbeat) {
        return new String(HeartbeatJson.write(heartbeat).toArray(), StandardCharsets.UTF_8);
    }

    /** This text stays: workers of this version send it and controllers of the next one read it. */
    @Test
    void theFormatOfAHeartbeatStays() {
        assertThat(json(Samples.heartbeat("w1")))
                .isEqualTo("{\"version\":1,\"worker\":\"w1\",\"cluster\":\"00000000-0000-4000-8000-000000000001\","
                        + "\"disk\":\"00000000-0000-0007-0000-000000000001\",\"incarnation\":2,"
                        + "\"address\":{\"http\":\"http://127.0.0.1:8001\",\"peer\":\"127.0.0.1:9001\"},"
                        + "\"zone\":\"east\",\"draining\":false,\"writeQuorum\":2,\"wallMillis\":1700000000000,"
                        + "\"mapVersion\":9,\"quietMillis\":800,\"sequence\":41,\"full\":false,\"reports\":[{\"partition\":3,\"term\":5,"
                        + "\"role\":\"LEADER\",\"established\":true,\"last\":{\"term\":5,\"index\":120},"
                        + "\"commitIndex\":118,\"appliedIndex\":117,\"sizeBytes\":4096,\"peers\":[{\"member\":"
                        + "{\"worker\":\"w2\",\"disk\":\"00000000-0000-0007-0000-000000000002\"},\"matchIndex\":119,"
                        + "\"learner\":false,\"snapshotPercent\":-1,\"close\":true}]}],\"unreachable\":[\"w3\"],"
                        + "\"stalled\":[12]}");
    }

    /** This text stays as well. */
    @Test
    void theFormatOfAnAnswerStays() {
        String answer = new String(HeartbeatJson.write(HEARD).toArray(), StandardCharsets.UTF_8);
        assertThat(answer)
                .startsWith("{\"version\":1,\"answer\":\"heard\",\"cluster\":\"00000000-0000-4000-8000-000000000001\","
                        + "\"sequence\":41,\"fullReportWanted\":true,\"map\":{\"version\":9,")
                .contains("\"routes\":{\"0\":{\"partition\":0,\"term\":5,\"leader\":{\"worker\":\"w2\",\"disk\":"
                        + "\"00000000-0000-0007-0000-000000000002\"},\"establishedTerm\":5,\"configuration\":"
                        + "{\"members\":[{\"worker\":\"w1\",\"disk\":\"00000000-0000-0007-0000-000000000001\"},");
        assertThat(HeartbeatJson.write(new HeartbeatAnswer.NotActive(Optional.of("http://c2:8000"))))
                .isEqualTo(
                        Bytes.utf8("{\"version\":1,\"answer\":\"notActive\",\"activeController\":\"http://c2:8000\"}"));
        assertThat(HeartbeatJson.write(new HeartbeatAnswer.NotYet("wait")))
                .isEqualTo(Bytes.utf8("{\"version\":1,\"answer\":\"notYet\",\"reason\":\"wait\"}"));
        assertThat(HeartbeatJson.write(new Refused(Refused.Kind.OLD_COPY, "copy")))
                .isEqualTo(
                        Bytes.utf8("{\"version\":1,\"answer\":\"refused\",\"kind\":\"OLD_COPY\",\"detail\":\"copy\"}"));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Heartbeat heartbeat = Samples.heartbeat("w1");
        assertThat(HeartbeatJson.readHeartbeat(HeartbeatJson.write(heartbeat))).contains(heartbeat);
        for (HeartbeatAnswer answer : List.of(
                HEARD,
                new HeartbeatAnswer.Heard(FakeWorker.CLUSTER, 1, false, Optional.empty()),
                new HeartbeatAnswer.NotActive(Optional.empty()),
                new HeartbeatAnswer.NotYet("wait"),
                new Refused(Refused.Kind.OTHER_SETTINGS, "no"))) {
            assertThat(HeartbeatJson.readAnswer(HeartbeatJson.write(answer))).contains(answer);
        }
    }

    @Test
    void aHeartbeatReachesTheController() throws IOException {
        controller.answer = HEARD;
        Answer answer = sendBody(port, "POST", "/heartbeat", json(Samples.heartbeat("w1")), JSON);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(HeartbeatJson.readAnswer(Bytes.wrap(answer.body()))).contains(HEARD);
        assertThat(controller.heartbeats).containsExactly(Samples.heartbeat("w1"));
    }

    @ParameterizedTest
    @EnumSource(Refused.Kind.class)
    void aRefusalIsAProblemForPeopleAndAnAnswerForTheWorker(Refused.Kind kind) throws IOException {
        controller.answer = new Refused(kind, "w1 is alive at http://a:1 and http://b:2");
        Answer answer = sendBody(port, "POST", "/heartbeat", json(Samples.heartbeat("w1")), JSON);
        assertThat(answer.status()).isEqualTo(kind == Refused.Kind.DUPLICATE_ID ? 409 : 400);
        assertThat(answer.json().path("detail").stringValue()).contains("http://a:1 and http://b:2");
        assertThat(HeartbeatJson.readAnswer(Bytes.wrap(answer.body()))).contains(controller.answer);
    }

    @Test
    void aWorkerIsToldToWaitOrWhereToGo() throws IOException {
        controller.answer = new HeartbeatAnswer.NotYet("the metadata log is not open yet");
        Answer notYet = sendBody(port, "POST", "/heartbeat", json(Samples.heartbeat("w1")), JSON);
        assertThat(notYet.status()).isEqualTo(503);
        assertThat(notYet.header("Retry-After")).isPresent();
        controller.answer = new HeartbeatAnswer.NotActive(Optional.of("http://127.0.0.1:8100"));
        Answer notActive = sendBody(port, "POST", "/heartbeat", json(Samples.heartbeat("w1")), JSON);
        assertThat(notActive.status()).isEqualTo(421);
        assertThat(notActive.json().path("activeController").stringValue()).isEqualTo("http://127.0.0.1:8100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"worker\":\"w1\"~\"worker\":\"../etc\"",
                "\"worker\":\"w1\"~\"worker\":null",
                "\"worker\":\"w1\",~",
                "\"incarnation\":2~\"incarnation\":0",
                "\"incarnation\":2~\"incarnation\":\"x\"",
                "\"incarnation\":2~\"incarnation\":2.5",
                "\"version\":1~\"version\":2",
                "\"version\":1,~",
                "http://127.0.0.1:8001~ftp://127.0.0.1",
                "http://127.0.0.1:8001~http://a:1/path",
                "127.0.0.1:9001~",
                "\"partition\":3~\"partition\":-1",
                "\"partition\":3~\"partition\":16384",
                "LEADER~KING",
                "\"stalled\":[12]~\"stalled\":[-1]",
                "\"stalled\":[12]~\"stalled\":[null]",
                "\"stalled\":[12]}~\"stalled\":[12]",
                "\"disk\":\"0000~\"disk\":\"zz",
                "\"reports\":[~\"reports\":[[",
                "\"full\":false~\"full\":\"perhaps\"",
            })
    void aHeartbeatThatCannotBeMeantIsRefused(String damage) throws IOException {
        String[] parts = damage.split("~", -1);
        String good = json(Samples.heartbeat("w1"));
        assertThat(good).contains(parts[0]);
        Answer refused = sendBody(port, "POST", "/heartbeat", good.replace(parts[0], parts[1]), JSON);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(controller.heartbeats).isEmpty();
    }

    @Test
    void aMemberOfALaterVersionIsIgnored() throws IOException {
        String later = json(Samples.heartbeat("w1")).replace("\"zone\"", "\"load\":{\"cpu\":3},\"zone\"");
        assertThat(sendBody(port, "POST", "/heartbeat", later, JSON).status()).isEqualTo(200);
        assertThat(sendBody(port, "POST", "/heartbeat", later).status()).isEqualTo(400);
    }

    @Test
    void theClientFindsTheActiveControllerAndStaysWithIt() {
        FakeController standby = new FakeController();
        standby.answer = new HeartbeatAnswer.NotActive(Optional.of("http://127.0.0.1:" + port));
        int other = fixture.controller(standby);
        controller.answer = HEARD;
        HeartbeatClient client =
                new HeartbeatClient(fixture.vertx, List.of("http://127.0.0.1:1", "http://127.0.0.1:" + other), 10_000);
        for (int i = 0; i < 3; i++) {
            assertThat(beat(client)).isEqualTo(new HeartbeatClient.Reply.Answered("http://127.0.0.1:" + port, HEARD));
        }
        assertThat(standby.heartbeats).hasSize(1);
        assertThat(controller.heartbeats).hasSize(3);
        HttpFixture.await(client.close());
    }

    @Test
    void theClientGoesOnToTheNextControllerWhenOneIsGone() {
        controller.answer = HEARD;
        HeartbeatClient client = new HeartbeatClient(
                fixture.vertx, List.of("http://127.0.0.1:1", "nonsense", "http://127.0.0.1:" + port), 10_000);
        assertThat(beat(client)).isEqualTo(new HeartbeatClient.Reply.Answered("http://127.0.0.1:" + port, HEARD));
        HttpFixture.await(client.close());
    }

    @Test
    void theClientSaysWhatEachControllerDid() {
        HeartbeatClient gone =
                new HeartbeatClient(fixture.vertx, List.of("http://127.0.0.1:1", "http://127.0.0.1:2"), 5_000);
        assertThat(((HeartbeatClient.Reply.Unanswered) beat(gone)).detail())
                .contains("http://127.0.0.1:1: ", "http://127.0.0.1:2: ");
        controller.answer = new HeartbeatAnswer.NotActive(Optional.empty());
        HeartbeatClient leaderless =
                new HeartbeatClient(fixture.vertx, List.of("http://127.0.0.1:" + port, "http://127.0.0.1:2"), 5_000);
        assertThat(((HeartbeatClient.Reply.Answered) beat(leaderless)).answer()).isEqualTo(controller.answer);
        HttpFixture.await(gone.close());
        HttpFixture.await(leaderless.close());
    }

    @Test
    void oneHeartbeatIsUnderWayAtATime() {
        HeartbeatClient client = new HeartbeatClient(fixture.vertx, List.of("http://127.0.0.1:" + port), 5_000);
        CompletableFuture<HeartbeatClient.Reply> reply = new CompletableFuture<>();
        CompletableFuture<Boolean> second = new CompletableFuture<>();
        fixture.vertx.runOnContext(nothing -> {
            client.send(Samples.heartbeat("w1"), reply::complete);
            second.complete(client.send(Samples.heartbeat("w1"), ignored -> {}));
        });
        assertThat(second.orTimeout(20, TimeUnit.SECONDS).join()).isFalse();
        assertThat(reply.orTimeout(20, TimeUnit.SECONDS).join()).isInstanceOf(HeartbeatClient.Reply.Answered.class);
        assertThat(controller.heartbeats).hasSize(1);
        HttpFixture.await(client.close());
    }

    private HeartbeatClient.Reply beat(HeartbeatClient client) {
        CompletableFuture<HeartbeatClient.Reply> reply = new CompletableFuture<>();
        fixture.vertx.runOnContext(nothing -> client.send(Samples.heartbeat("w1"), reply::complete));
        return reply.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
