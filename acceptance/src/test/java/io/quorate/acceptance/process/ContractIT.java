package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.acceptance.contract.Exchanged;
import io.quorate.acceptance.contract.Operation;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.message.Heartbeat;
import io.quorate.server.http.HeartbeatJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a cluster answers is what its documents at {@code /openapi.json} say: statuses, headers, bodies; and every status
 * of the table comes when it should.
 */
class ContractIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final List<String> METHODS = List.of("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS");
    private static final Set<Integer> WITHOUT_FAULTS =
            Set.of(200, 201, 204, 304, 400, 404, 405, 409, 410, 412, 413, 414, 421, 422, 431);
    /** Nothing is replaced while parts are away. */
    private static final String[] FLAGS = {"--partitions", "8", "--heartbeat-timeout", "60"};

    @Test
    void a_cluster_in_one_process_answers_as_documented() {
        try (ClusterUnderTest cluster = ClusterUnderTest.inOneProcess("contract", FLAGS);
                ContractClient client = new ContractClient(cluster)) {
            answersEverything(client);
            tooFewAcks(client, cluster::stop);
            end(List.of("w2", "w3"), cluster::stop);
            refusesWithoutQuorum(client);
        }
    }

    @Test
    void a_cluster_of_processes_answers_as_documented() {
        try (ClusterUnderTest cluster = ClusterUnderTest.up("contract", FLAGS);
                ContractClient client = new ContractClient(cluster)) {
            answersEverything(client);
            doesNotKnowWhenFollowersHang(cluster, client);
            end(List.of("w2", "w3", "w4"), cluster::kill);
            refusesWithoutQuorum(client);
        }
    }

    @Test
    void a_worker_whose_disk_is_nearly_full_refuses_values_as_documented_and_takes_deletes() {
        try (ClusterUnderTest cluster = ClusterUnderTest.inOneProcess(
                        "contract-disk",
                        "--workers=1",
                        "--replicas=1",
                        "--write-quorum=1",
                        "--partitions=1",
                        "--disk-reserve=1048576GiB");
                ContractClient client = new ContractClient(cluster)) {
            await("the worker notices").atMost(LIMIT).until(() -> put(client, "k") == 507);
            assertThat(client.send("w1", "POST", "/kv/k?add=1").status()).isEqualTo(507);
            assertThat(client.send("w1", "PATCH", "/kv/k?ttl=1s").status()).isEqualTo(507);
            assertThat(client.sendJson("w1", "POST", "/replicate/k", "{\"value\":1}")
                            .status())
                    .isEqualTo(507);
            assertThat(client.sendJson("c1", "PUT", "/ui/api/kv/k", "{\"value\":1}")
                            .status())
                    .isEqualTo(507);
            assertThat(client.send("w1", "DELETE", "/kv/k").status()).isEqualTo(204);
            assertThat(client.send("w1", "GET", "/readyz?verbose").status()).isEqualTo(503);
        }
    }

    /** A write that one replica cannot have is applied all the same, and says so. */
    private static void tooFewAcks(ContractClient client, Consumer<String> end) {
        String key = IntStream.range(0, 1_000)
                .mapToObj(number -> "few" + number)
                .filter(each -> client.place(each).followers().contains("w4"))
                .findFirst()
                .orElseThrow();
        end.accept("w4");
        Exchanged few = client.sendJson("w1", "PUT", "/kv/" + key + "?w=all&explain=true", "{\"value\":1}");
        assertThat(few.status()).as("%s", few).isEqualTo(504);
        assertThat(few.text()).contains(":too-few-acks", "\"outcome\":\"applied\"", "\"acks\":2", "\"explanation\":{");
        assertThat(client.send("w2", "GET", "/kv/" + key).text()).contains("\"value\":\"1\"");
    }

    private static void end(List<String> workers, Consumer<String> step) {
        InParallel.map(workers, worker -> {
            step.accept(worker);
            return worker;
        });
    }

    private static void answersEverything(ContractClient client) {
        for (String id : List.of("w1", "c1")) {
            assertThat(client.contractOf(id).complaintsOfExamples()).as(id).isEmpty();
            client.contractOf(id).document().operations().forEach(operation -> everyMethod(client, id, operation));
        }
        new KeyStatuses(client).run();
        heard(client);
        for (String id : List.of("w1", "c1")) {
            Set<String> answered = client.seen().stream()
                    .map(seen -> seen.substring(0, seen.lastIndexOf(' ')))
                    .collect(Collectors.toSet());
            assertThat(client.contractOf(id).document().operations())
                    .as("each is answered")
                    .allSatisfy(operation -> assertThat(answered).contains(operation.toString()));
        }
        assertThat(client.seen().stream()
                        .map(seen -> Integer.parseInt(seen.substring(seen.lastIndexOf(' ') + 1)))
                        .collect(Collectors.toSet()))
                .containsAll(WITHOUT_FAULTS);
    }

    /** As its example shows it, with a parameter that nobody knows, and the other methods of its path. */
    private static void everyMethod(ContractClient client, String id, Operation operation) {
        Operation.Sample sample = operation.sample();
        client.send(id, sample);
        String target = sample.target() + (sample.target().contains("?") ? "&" : "?") + "nobody=knows";
        client.send(id, operation.method(), target);
        METHODS.forEach(method -> client.send(id, method, operation.sample().target()));
    }

    /** A worker that registers, so that the controller has an answer for it. */
    private static void heard(ContractClient client) {
        String cluster = client.send("c1", "GET", "/health").text().replaceAll(".*\"cluster\":\"([^\"]*)\".*", "$1");
        await("a new worker is heard").atMost(LIMIT).until(() -> {
            Heartbeat heartbeat = new Heartbeat(
                    "w9",
                    Optional.of(UUID.fromString(cluster)),
                    new UUID(7, 7),
                    1,
                    new WorkerAddress("http://127.0.0.1:1", "127.0.0.1:1"),
                    "",
                    true,
                    Optional.empty(),
                    System.currentTimeMillis(),
                    0,
                    0,
                    1,
                    true,
                    List.of(),
                    List.of(),
                    List.of());
            String body = new String(HeartbeatJson.write(heartbeat).toArray(), StandardCharsets.UTF_8);
            return client.sendJson("c1", "POST", "/heartbeat", body).status() == 200;
        });
    }

    private static int put(ContractClient client, String key) {
        return client.sendJson("w1", "PUT", "/kv/" + key, "{\"value\":1}").status();
    }

    private static void refusesWithoutQuorum(ContractClient client) {
        List<Request> requests = List.of(
                new Request("PUT", "/kv/q"),
                new Request("POST", "/kv/q?add=1"),
                new Request("PATCH", "/kv/q?ttl=1h"),
                new Request("DELETE", "/kv/q"),
                new Request("POST", "/replicate/q"),
                new Request("POST", "/sessions?key=q"),
                new Request("GET", "/kv"),
                new Request("GET", "/kv?count=true"),
                new Request("GET", "/watch"),
                new Request("DELETE", "/kv?confirm=yes"),
                new Request("GET", "/kv/q"),
                new Request("HEAD", "/kv/q"));
        InParallel.map(requests, request -> {
            await(request + " is refused")
                    .atMost(LIMIT)
                    .until(() -> client.sendJson("w1", request.method, request.target, "{\"value\":1}")
                                    .status()
                            == 503);
            return request;
        });
    }

    private record Request(String method, String target) {}

    /** Writers go on until one of them has written what the leader cannot get to a second disk in time. */
    private static void doesNotKnowWhenFollowersHang(ClusterUnderTest cluster, ContractClient client) {
        String key = "hanging";
        ContractClient.Place place = client.place(key);
        AtomicBoolean unknown = new AtomicBoolean();
        Thread pausing = Thread.ofPlatform().start(() -> place.followers().forEach(cluster::pause));
        long end = System.nanoTime() + LIMIT.toNanos();
        InParallel.map(IntStream.range(0, 8).boxed().toList(), writer -> {
            while (!unknown.get() && System.nanoTime() < end) {
                Exchanged answer = client.sendJson(place.leader(), "PUT", "/kv/" + key, "{\"value\":1}");
                if (answer.status() == 504) {
                    assertThat(answer.header("Quorate-Outcome")).isEqualTo("unknown");
                    unknown.set(true);
                }
            }
            return writer;
        });
        joined(pausing);
        assertThat(unknown).isTrue();
        place.followers().forEach(cluster::resume);
        await("writable again").atMost(LIMIT).until(() -> put(client, key) == 200);
    }

    private static void joined(Thread thread) {
        try {
            thread.join(LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
