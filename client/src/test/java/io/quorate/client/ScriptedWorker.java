package io.quorate.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A worker on a port of its own that answers what a test says; its last answer is repeated. */
final class ScriptedWorker implements AutoCloseable {
    /** What it does with a request. */
    interface Step {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** A request that it received. */
    record Received(String method, String target, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Step> steps = new ConcurrentLinkedDeque<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Received> maps = new CopyOnWriteArrayList<>();
    private final List<Received> sessions = new CopyOnWriteArrayList<>();
    private volatile String map = "{}";

    ScriptedWorker() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/map", exchange -> {
            maps.add(received(exchange));
            send(exchange, 200, Map.of(), map);
        });
        server.createContext("/sessions", exchange -> {
            sessions.add(received(exchange));
            String session = "{\"session\":\"0-7-" + sessions.size() + "\",\"partition\":0,\"idleMillis\":60000}";
            send(exchange, 201, Map.of(), session);
        });
        server.createContext("/kv", this::answer);
        server.createContext("/batch", this::answer);
        server.createContext("/watch", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(received(exchange));
        Step step = steps.size() > 1 ? steps.poll() : steps.peek();
        if (step != null) {
            step.answer(exchange);
        }
    }

    private static Received received(HttpExchange exchange) throws IOException {
        return new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, Map<String, String> headers, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        headers.forEach(exchange.getResponseHeaders()::add);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Answers so. */
    static Step with(int status, Map<String, String> headers, String body) {
        return exchange -> send(exchange, status, headers, body);
    }

    /** Cuts the connection without an answer. */
    static Step cut() {
        return HttpExchange::close;
    }

    /** Gives no answer until the latch is opened, and then cuts the connection. */
    static Step silence(CountDownLatch until) {
        return exchange -> {
            try {
                until.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };
    }

    /** Begins an answer that goes on, and lets the lines write it; its connection is cut when they are written. */
    static Step stream(Lines lines) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            lines.write(line -> {
                exchange.getResponseBody().write(line.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            });
            exchange.close();
        };
    }

    /** Writes the body of an answer that goes on. */
    interface Lines {
        void write(Body body) throws IOException;
    }

    /** The body of an answer that goes on. */
    interface Body {
        void write(String text) throws IOException;
    }

    ScriptedWorker then(Step step) {
        steps.add(step);
        return this;
    }

    /** What it says the whole map is. */
    void saysMap(String whole) {
        map = whole;
    }

    /** The requests but those for the map. */
    List<Received> received() {
        return received;
    }

    /** How many sessions it has opened. */
    int sessionsOpened() {
        return sessions.size();
    }

    /** How often it was asked for the map. */
    int mapsAsked() {
        return maps.size();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
