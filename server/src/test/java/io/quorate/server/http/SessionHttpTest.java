package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.send;
import static io.quorate.server.http.HttpFixture.sendBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Outcome;
import io.quorate.api.Partitioning;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.api.Session;
import io.quorate.api.SessionSequence;
import io.quorate.api.WriteName;
import io.quorate.core.cluster.ClusterMap;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions over real connections. */
class SessionHttpTest {
    private static final String JSON = "Content-Type: application/json";
    private static final String BODY = "{\"value\":\"v\"}";
    private static final String NAME = "Quorate-Session: 5-3-118; sequence=7; lowest=5";

    private final HttpFixture fixture = new HttpFixture();
    private final FakeWorker worker = new FakeWorker("w1");
    private final int port = fixture.worker(worker);

    @BeforeEach
    void knowTheMap() {
        worker.map = new ClusterMap(3, Optional.empty(), 8, 3, 2, Map.of(), Map.of());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Optional<WriteName> lastName() {
        return worker.requests.getLast().name();
    }

    @Test
    void aSessionIsOpenedForTheKeysPartition() throws IOException {
        Answer opened = send(port, "POST", "/sessions?key=a%2Fb");

        int partition = new Partitioning(worker.map().partitions()).of(Bytes.utf8("a/b"));
        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.header("Quorate-Outcome")).contains("applied");
        assertThat(opened.json().path("session").stringValue()).isEqualTo(partition + "-3-41");
        assertThat(opened.json().path("partition").intValue()).isEqualTo(partition);
        assertThat(opened.json().path("idleMillis").longValue()).isEqualTo(60_000);
        assertThat(worker.commands).containsExactly(new Command.OpenSession(Bytes.utf8("a/b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sessions", "/sessions?key=", "/sessions?key=%zz", "/sessions?key=a&more=1"})
    void anOpeningNamesAKey(String target) throws IOException {
        assertThat(send(port, "POST", target).status()).isEqualTo(400);
        assertThat(worker.commands).isEmpty();
    }

    @Test
    void anOpeningIsAPost() throws IOException {
        assertThat(send(port, "GET", "/sessions?key=a").status()).isEqualTo(405);
        assertThat(send(port, "POST", "/sessions?key=" + "x".repeat(4_097)).status())
                .isEqualTo(414);
    }

    @Test
    void anOpeningThatIsNotDecidedIsUnknown() throws IOException {
        worker.nextWrite = Optional.of(new Outcome.Unknown("late"));
        assertThat(send(port, "POST", "/sessions?key=a").status()).isEqualTo(504);
    }

    @Test
    void aWriteIsNumberedInASession() throws IOException {
        sendBody(port, "PUT", "/kv/k", BODY, JSON, NAME);
        SessionSequence first = (SessionSequence) lastName().orElseThrow();
        sendBody(port, "PUT", "/kv/other", BODY, JSON, "Quorate-Session:5-3-118;sequence=7;lowest=5");
        SessionSequence other = (SessionSequence) lastName().orElseThrow();

        assertThat(first)
                .isEqualTo(new SessionSequence(new Session(5, new Revision(3, 118)), 7, 5, first.fingerprint()));
        assertThat(other).isNotEqualTo(first);
        assertThat(other.session()).isEqualTo(first.session());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Quorate-Session: 5-3-118",
                "Quorate-Session: 5-3-118; sequence=7",
                "Quorate-Session: 3-118; sequence=7; lowest=5",
                "Quorate-Session: 5-3-118; lowest=5; sequence=7",
                "Quorate-Session: 5-3-118; sequence=7; lowest=8",
                "Quorate-Session: 5-3-118; sequence=7; lowest=0",
                "Quorate-Session: 5-3-118; sequence=-7; lowest=5",
                "Quorate-Session: 5-3-118; sequence=300; lowest=44",
                "Quorate-Session: 16384-3-118; sequence=7; lowest=5",
                "Quorate-Session: 5-3-118; sequence=7; lowest=5\r\nQuorate-Session: 5-3-118; sequence=8; lowest=5",
                "Quorate-Session: 5-3-118; sequence=7; lowest=5\r\nIdempotency-Key: x"
            })
    void anotherFormIsRefused(String header) throws IOException {
        assertThat(sendBody(port, "PUT", "/kv/k", BODY, JSON, header).status()).isEqualTo(400);
        assertThat(worker.commands).isEmpty();
    }

    @Test
    void anAtomicBatchIsOneWriteOfASession() throws IOException {
        String items = "\"items\":[{\"op\":\"delete\",\"key\":\"{a}1\"},{\"op\":\"delete\",\"key\":\"{a}2\"}]}";
        assertThat(sendBody(port, "POST", "/batch", "{\"atomic\":true," + items, JSON, NAME)
                        .status())
                .isEqualTo(200);
        assertThat(lastName()).get().isInstanceOf(SessionSequence.class);
        assertThat(sendBody(port, "POST", "/batch", "{" + items, JSON, NAME).status())
                .isEqualTo(400);
        assertThat(worker.requests).hasSize(1);
    }

    @Test
    void thatASessionHasEndedOrForgottenIsGone() throws IOException {
        worker.nextWrite = Optional.of(new Outcome.NotApplied(Problem.SESSION_ENDED, "ended"));
        Answer ended = sendBody(port, "PUT", "/kv/k", BODY, JSON, NAME);
        assertThat(ended.status()).isEqualTo(410);
        assertThat(ended.header("Quorate-Outcome")).contains("not_applied");

        worker.nextWrite = Optional.of(new Outcome.Unknown("forgotten", true));
        Answer forgotten = sendBody(port, "PUT", "/kv/k", BODY, JSON, NAME);
        assertThat(forgotten.status()).isEqualTo(410);
        assertThat(forgotten.json().path("type").stringValue()).endsWith(":session-ended");
        assertThat(forgotten.json().path("outcome").stringValue()).isEqualTo("unknown");
        assertThat(forgotten.header("Quorate-Outcome")).contains("unknown");
    }
}
