package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.api.Bytes;
import io.quorate.api.Partitioning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A cluster of {@code quorate up} on ports and in a folder of its own, of several processes unless somebody wants one.
 *
 * <p>Its processes are only ever signalled by the ids in its folder, and all have ended on return from {@link #close}.
 * Thread-safe for requests.
 */
final class ClusterUnderTest implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final Duration END_LIMIT = Duration.ofSeconds(20);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);

    private final Path folder;
    private final int port;
    private final List<String> flags;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Thread atExit = new Thread(this::killAll, "end-cluster");
    private Process up;

    /** @param flags of {@code up}, beside the folder and the port */
    private ClusterUnderTest(Path folder, int port, List<String> flags) {
        this.folder = folder;
        this.port = port;
        this.flags = flags;
        this.up = launch();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts one; on return it serves every key and every partition has all of its replicas. */
    static ClusterUnderTest up(String name, String... flags) {
        return start(name, Stream.concat(Stream.of("--processes"), Stream.of(flags)));
    }

    /** Like {@link #up}, all parts in one process: they can be stopped and started, but not killed or paused. */
    static ClusterUnderTest inOneProcess(String name, String... flags) {
        return start(name, Stream.of(flags));
    }

    private static ClusterUnderTest start(String name, Stream<String> flags) {
        ClusterUnderTest cluster = new ClusterUnderTest(Quorate.freshFolder(name), PortBlock.free(), flags.toList());
        boolean whole = false;
        try {
            cluster.awaitReady();
            cluster.awaitWhole(READY_LIMIT);
            whole = true;
            return cluster;
        } finally {
            if (!whole) {
                cluster.close();
            }
        }
    }

    private Process launch() {
        List<String> arguments = new ArrayList<>(List.of("up", "--data", folder.toString(), "--port"));
        arguments.add(Integer.toString(port));
        arguments.addAll(flags);
        return Quorate.start(output(), Map.of(), arguments);
    }

    private Path output() {
        return folder.resolve("up.txt");
    }

    /** The folder of the cluster. */
    Path folder() {
        return folder;
    }

    /** The port of the first controller. */
    int port() {
        return port;
    }

    private void awaitReady() {
        await("ready").atMost(READY_LIMIT).until(() -> {
            assertThat(up.isAlive()).as("up runs; it printed: %s", printed()).isTrue();
            return printed().lines().anyMatch("ready"::equals);
        });
    }

    private String printed() {
        try {
            return Files.exists(output()) ? Files.readString(output()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until every partition has a leader and as many live replicas as it should have. */
    void awaitWhole(Duration limit) {
        await("every partition whole").atMost(limit).untilAsserted(() -> {
            JsonNode summary = partitions().path("summary");
            assertThat(List.of("underReplicated", "leaderless", "moving"))
                    .as("summary %s", summary)
                    .allMatch(each -> summary.path(each).asInt(-1) == 0);
        });
    }

    /** Ends all processes at once, as a loss of power would, and waits until they are gone. */
    void losePower() {
        awaitEnd(killAll());
    }

    private List<ProcessHandle> killAll() {
        List<ProcessHandle> processes = new ArrayList<>(parts());
        processes.add(up.toHandle());
        processes.forEach(ProcessHandle::destroyForcibly);
        return processes;
    }

    /** Starts the cluster again on the same folder; on return it serves every key. */
    void startAgain() {
        try {
            Files.deleteIfExists(output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        up = launch();
        awaitReady();
    }

    /** Ends a part with SIGKILL; on return it is gone. */
    void kill(String id) {
        ProcessHandle process = process(id);
        process.destroyForcibly();
        awaitEnd(List.of(process));
    }

    /** Suspends a part with SIGSTOP. */
    void pause(String id) {
        tell("pause", id);
    }

    /** Lets a suspended part go on. */
    void resume(String id) {
        tell("resume", id);
    }

    /** Stops a part in order. */
    void stop(String id) {
        tell("stop", id);
    }

    /** Starts a part again. */
    void start(String id) {
        tell("start", id);
    }

    private void tell(String verb, String id) {
        Quorate.Ended ended = Quorate.run(verb, id, "--data", folder.toString());
        assertThat(ended.exitCode()).as("%s %s: %s", verb, id, ended.output()).isZero();
    }

    private ProcessHandle process(String id) {
        return Stream.of(folder.resolve(id).resolve("pid"))
                .flatMap(this::living)
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " does not run"));
    }

    private List<ProcessHandle> parts() {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.resolve("pid"))
                    .flatMap(this::living)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A number may belong to another process by now, whose command line does not name this cluster's folder. */
    private Stream<ProcessHandle> living(Path pidFile) {
        if (!Files.exists(pidFile)) {
            return Stream.empty();
        }
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            String command = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
            return command.contains(folder.toString()) ? ProcessHandle.of(pid).stream() : Stream.empty();
        } catch (IOException ended) {
            return Stream.empty();
        }
    }

    private static void awaitEnd(List<ProcessHandle> processes) {
        await("processes end")
                .atMost(END_LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> processes.stream().noneMatch(ClusterUnderTest::runs));
    }

    /** A process whose parent has not asked how it ended is gone all the same. */
    private static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return !stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException ended) {
            return false;
        }
    }

    @Override
    public void close() {
        losePower();
        Runtime.getRuntime().removeShutdownHook(atExit);
        http.close();
    }

    /** The ids of the workers that were started. */
    List<String> workers() {
        try (Stream<Path> parts = Files.list(folder)) {
            return parts.map(part -> String.valueOf(part.getFileName()))
                    .filter(id -> id.matches("w\\d+"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The controller's status of a worker. */
    String status(String worker) {
        return stream(get(activeController(), "/workers").json().path("workers"))
                .filter(each -> each.path("id").asString("").equals(worker))
                .map(each -> each.path("status").asString(""))
                .findFirst()
                .orElse("unknown");
    }

    /** The controller that decides; one that does not decide passes the question on to it. */
    String activeController() {
        return Stream.of("c1", "c2", "c3")
                .filter(id -> Files.exists(folder.resolve(id)))
                .map(id -> tryGet(id, "/health"))
                .filter(Answer::isSuccess)
                .map(Answer::json)
                .filter(health -> health.path("active").asBoolean(false))
                .map(health -> health.path("id").asString(""))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no controller is active"));
    }

    /** {@code GET /partitions} of the active controller. */
    JsonNode partitions() {
        return get(activeController(), "/partitions").json();
    }

    /** The elements of an array. */
    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** The partition of a key in a cluster of that many. */
    static int partition(String key, int partitions) {
        return new Partitioning(partitions).of(Bytes.utf8(key));
    }

    /** Writes a value through a worker. */
    Answer put(String worker, String key, String value) throws IOException {
        return send(request(worker, "/kv/" + encoded(key))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"value\":\"" + value + "\"}")));
    }

    /** Reads a key from a worker. */
    Answer read(String worker, String key) {
        return get(worker, "/kv/" + encoded(key));
    }

    /** Reads a key from a worker's own replica. */
    Answer readLocal(String worker, String key) {
        return get(worker, "/kv/" + encoded(key) + "?consistency=local");
    }

    Answer get(String id, String target) {
        try {
            return send(request(id, target));
        } catch (IOException e) {
            throw new UncheckedIOException(id + " " + target, e);
        }
    }

    /** Like {@link #get}, with the status 0 when there is no answer. */
    Answer tryGet(String id, String target) {
        try {
            return send(request(id, target));
        } catch (IOException e) {
            return new Answer(0, e.toString());
        }
    }

    Answer post(String id, String target, String body) {
        try {
            return send(request(id, target)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body)));
        } catch (IOException e) {
            throw new UncheckedIOException(id + " " + target, e);
        }
    }

    /** Asks a worker for a key, with further headers and a body if there is one. */
    HttpResponse<String> ask(String worker, String method, String keyAndQuery, Map<String, String> headers, String body)
            throws IOException {
        HttpRequest.Builder request = request(worker, "/kv/" + keyAndQuery);
        headers.forEach(request::header);
        try {
            return http.send(
                    request.method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Where a part is reached. */
    String address(String id) {
        int number = Integer.parseInt(id.substring(1));
        return "http://127.0.0.1:" + (id.startsWith("w") ? port + number : port + (number - 1) * 100);
    }

    private HttpRequest.Builder request(String id, String target) {
        return HttpRequest.newBuilder(URI.create(address(id) + target)).timeout(REQUEST_LIMIT);
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
