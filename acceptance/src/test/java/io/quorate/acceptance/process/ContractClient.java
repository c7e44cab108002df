package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.acceptance.contract.Contract;
import io.quorate.acceptance.contract.Document;
import io.quorate.acceptance.contract.Exchanged;
import io.quorate.acceptance.contract.Operation.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/**
 * Sends requests to the parts of a cluster and compares every answer with the document that the part serves;
 * thread-safe.
 */
final class ContractClient implements AutoCloseable {
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);

    private final ClusterUnderTest cluster;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Contract worker;
    private final Contract controller;
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    ContractClient(ClusterUnderTest cluster) {
        this.cluster = cluster;
        this.worker = contract("w1");
        this.controller = contract("c1");
    }

    private Contract contract(String id) {
        return new Contract(new Document(cluster.get(id, "/openapi.json").body()));
    }

    /** What the part's role is described by. */
    Contract contractOf(String id) {
        return id.startsWith("w") ? worker : controller;
    }

    /** The statuses that were answered, as {@code GET /kv/{key} 200}. */
    Set<String> seen() {
        return Set.copyOf(seen);
    }

    Exchanged send(String id, String method, String target, String... headers) {
        return send(id, method, target, headers, "");
    }

    Exchanged sendJson(String id, String method, String target, String body, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json";
        return send(id, method, target, all, body);
    }

    Exchanged send(String id, Sample sample) {
        return send(
                id,
                sample.method(),
                sample.target(),
                sample.headers().entrySet().stream()
                        .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                        .toArray(String[]::new),
                sample.body());
    }

    /** An answer that is not as documented is an error. */
    private Exchanged send(String id, String method, String target, String[] headers, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(cluster.address(id) + target)).timeout(REQUEST_LIMIT);
        if (headers.length > 0) {
            request.headers(headers);
        }
        Exchanged exchanged = exchange(method, target, request.method(method, BodyPublishers.ofString(body)));
        assertThat(contractOf(id).complaints(exchanged))
                .as("%s: %s", id, exchanged)
                .isEmpty();
        seen.add(method + " " + contractOf(id).pathOf(exchanged) + " " + exchanged.status());
        return exchanged;
    }

    private Exchanged exchange(String method, String target, HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Exchanged(method, target, answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Who keeps a key of a cluster with three replicas. */
    record Place(String leader, List<String> followers) {}

    Place place(String key) {
        Answer map = cluster.get("c1", "/map?key=" + key);
        return new Place(map.text("primaryId"), List.of(follower(map, 0), follower(map, 1)));
    }

    private static String follower(Answer map, int at) {
        return map.json().path("replicaIds").path(at).asString("");
    }

    @Override
    public void close() {
        http.close();
    }
}
