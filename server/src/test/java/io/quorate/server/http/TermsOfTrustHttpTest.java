package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.putJson;
import static io.quorate.server.http.HttpFixture.send;
import static io.quorate.server.http.HttpFixture.sendBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import io.quorate.api.ReadRequest;
import io.quorate.api.Revision;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.ClusterMap;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How consistent a read is to be, and how many replicas a write is to have, over real connections. */
class TermsOfTrustHttpTest {
    private static final Bytes KEY = Bytes.utf8("k");
    private static final String BODY = "{\"value\":\"v\"}";

    private final HttpFixture fixture = new HttpFixture();
    private final FakeWorker worker = new FakeWorker("w1");
    private final int port = fixture.worker(worker);

    @AfterEach
    void close() {
        fixture.close();
    }

    private ReadRequest asked(String query) throws IOException {
        assertThat(send(port, "GET", "/kv/k" + query).status()).isEqualTo(404);
        return worker.reads.getLast();
    }

    @Test
    void aReadSaysHowConsistentItIsToBe() throws IOException {
        assertThat(asked("")).isEqualTo(ReadRequest.linearizable(KEY));
        assertThat(asked("?consistency=local")).isEqualTo(ReadRequest.local(KEY));
        assertThat(asked("?consistency=bounded")).isEqualTo(ReadRequest.bounded(KEY, 500));
        assertThat(asked("?consistency=bounded&maxStaleness=2")).isEqualTo(ReadRequest.bounded(KEY, 2_000));
        assertThat(asked("?consistency=bounded&maxStaleness=1h")).isEqualTo(ReadRequest.bounded(KEY, 3_600_000));
        assertThat(asked("?consistency=local&minRevision=7-41"))
                .isEqualTo(ReadRequest.local(KEY).atLeast(new Revision(7, 41)));
        assertThat(asked("?minRevision=7-41"))
                .isEqualTo(ReadRequest.linearizable(KEY).atLeast(new Revision(7, 41)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "consistency=strong",
                "maxStaleness=1s",
                "consistency=local&maxStaleness=1s",
                "consistency=bounded&maxStaleness=0ms",
                "consistency=bounded&maxStaleness=61m",
                "consistency=bounded&maxStaleness=none",
                "minRevision=7",
                "minRevision=",
                "w=3",
            })
    void whatAReadCannotBeToldIsRefused(String query) throws IOException {
        assertThat(send(port, "GET", "/kv/k?" + query).status()).isEqualTo(400);
        assertThat(worker.reads).isEmpty();
    }

    @Test
    void anAnswerSaysHowStaleItMayBeIfThatIsKnown() throws IOException {
        putJson(port, "/kv/k", BODY);
        worker.staleness = OptionalLong.of(120);
        assertThat(send(port, "GET", "/kv/k?consistency=bounded").headers())
                .containsEntry("quorate-consistency", "bounded")
                .containsEntry("quorate-staleness", "120ms");
        worker.staleness = OptionalLong.empty();
        assertThat(send(port, "GET", "/kv/k?consistency=local").header("Quorate-Staleness"))
                .isEmpty();
    }

    @Test
    void aWriteSaysHowManyReplicasAreToHaveIt() throws IOException {
        putJson(port, "/kv/k", BODY);
        putJson(port, "/kv/k?w=3", BODY);
        putJson(port, "/kv/k?w=all&ttl=5s", BODY);
        send(port, "DELETE", "/kv/k?w=2");
        send(port, "POST", "/kv/n?add=1&w=2");
        send(port, "PATCH", "/kv/n?ttl=5s&w=2");
        assertThat(worker.requests)
                .extracting(WriteRequest::acks)
                .containsExactly(WriteRequest.AS_THE_CLUSTER, 3, WriteRequest.ALL, 2, 2, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"w=0", "w=-1", "w=100", "w=most", "w=", "w=2&w=3"})
    void aNumberOfReplicasThatIsNoneIsRefused(String query) throws IOException {
        assertThat(putJson(port, "/kv/k?" + query, BODY).status()).isEqualTo(400);
        assertThat(worker.requests).isEmpty();
    }

    @Test
    void aWriteThatIsAppliedOnFewerReplicasSaysSoAndIsNotToBeRepeated() throws IOException {
        worker.nextWrite = Optional.of(new Outcome.Applied(new Revision(3, 41), false, 2, 3, 2));
        assertThat(putJson(port, "/kv/k?w=2", BODY).status()).isEqualTo(201);
        Answer few = putJson(port, "/kv/k?w=all", BODY);
        assertThat(few.status()).isEqualTo(504);
        assertThat(few.header("Quorate-Outcome")).contains("applied");
        assertThat(few.header("Quorate-Revision")).contains("3-41");
        assertThat(few.json().path("type").stringValue()).endsWith(":too-few-acks");
        assertThat(few.json().path("outcome").stringValue()).isEqualTo("applied");
        assertThat(few.json().path("retryable").booleanValue()).isFalse();
        assertThat(few.json().path("acks").intValue()).isEqualTo(2);
    }

    @Test
    void whatAWriteComesToIsToldThoughFewerReplicasHaveIt() throws IOException {
        worker.map = new ClusterMap(3, Optional.empty(), 8, 3, 2, Map.of(), Map.of());
        Bytes sum = Bytes.utf8("7");
        worker.nextWrite = Optional.of(new Outcome.Applied(new Revision(3, 41), true, 2, 3, 2, Optional.of(sum)));
        Answer few = sendBody(port, "POST", "/kv/n?add=1&w=all", "");
        assertThat(few.status()).isEqualTo(504);
        assertThat(few.json().path("value").stringValue()).isEqualTo("7");
        Answer together = sendBody(
                port,
                "POST",
                "/batch?w=all",
                "{\"atomic\":true,\"items\":[{\"op\":\"add\",\"key\":\"n\",\"add\":1}]}",
                "Content-Type: application/json");
        assertThat(together.status()).isEqualTo(504);
        assertThat(together.json().path("items").get(0).path("value").stringValue())
                .isEqualTo("7");
    }

    @Test
    void eachItemOfABatchSaysWhetherEnoughReplicasHaveIt() throws IOException {
        worker.nextWrite = Optional.of(new Outcome.Applied(new Revision(3, 41), false, 2, 3, 2));
        Answer batch = sendBody(
                port,
                "POST",
                "/batch?w=3",
                "{\"items\":[{\"op\":\"put\",\"key\":\"a\",\"value\":\"1\"}]}",
                "Content-Type: application/json");
        assertThat(batch.status()).isEqualTo(200);
        assertThat(batch.json().path("items").get(0).path("status").intValue()).isEqualTo(504);
        assertThat(batch.json().path("items").get(0).path("outcome").stringValue())
                .isEqualTo("applied");
        assertThat(worker.requests.getLast().acks()).isEqualTo(3);
    }
}
