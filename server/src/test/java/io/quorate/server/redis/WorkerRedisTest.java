package io.quorate.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The front end on a real socket: pieces of commands, pipelines, limits, and how connections end. */
class WorkerRedisTest {
    private static final int FRAME_BYTES = 64 << 10;
    private static final RedisLimits LIMITS =
            new RedisLimits(3, FRAME_BYTES, 96 << 10, 8, 64 << 10, 4, 32 << 10, 60_000);

    private final FakeKeyspace cluster = new FakeKeyspace();
    private final Vertx vertx = Vertx.vertx();
    private final Context context = ((VertxInternal) vertx).createEventLoopContext();
    private final WorkerRedis front = new WorkerRedis(
            vertx,
            context,
            cluster,
            new RedisSettings("127.0.0.1", 0, 2_000, 1 << 20, false),
            CommandMeter.NONE,
            (_, _, _) -> {},
            LIMITS);
    private int port;

    @BeforeEach
    void start() throws Exception {
        port = front.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        front.close(Duration.ofMillis(10))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String receive(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    }

    private static String receiveAll(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aPipelineIsAnsweredInOrderHoweverLongItIs() throws IOException {
        try (Socket socket = connect()) {
            StringBuilder expected = new StringBuilder();
            StringBuilder sent = new StringBuilder();
            for (int i = 0; i < 5_000; i++) {
                sent.append("SET k")
                        .append(i % 50)
                        .append(' ')
                        .append(i)
                        .append("\r\nGET k")
                        .append(i % 50);
                sent.append("\r\n");
                String value = Integer.toString(i);
                expected.append("+OK\r\n$")
                        .append(value.length())
                        .append("\r\n")
                        .append(value)
                        .append("\r\n");
            }
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    send(socket, sent.toString());
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(receive(socket, expected.length())).isEqualTo(expected.toString());
            assertThat(sender).isNotNull();
        }
    }

    @Test
    void aClientThatDoesNotReadIsNotReadFrom() throws IOException {
        cluster.store("k", "v".repeat(30 << 10));
        int commands = 2_000;
        try (Socket socket = connect()) {
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < commands; i++) {
                        send(socket, "GET k\r\n");
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            int each = "$30720\r\n\r\n".length() + (30 << 10);
            assertThat(receive(socket, each * commands)).hasSize(each * commands);
            assertThat(sender).isNotNull();
        }
    }

    @Test
    void whatIsNoCommandEndsItsConnectionAlone() throws IOException {
        try (Socket bad = connect();
                Socket good = connect()) {
            send(bad, "PING\r\n*1\r\nPING\r\nPING\r\n");
            assertThat(receiveAll(bad)).isEqualTo("+PONG\r\n-ERR Protocol error: expected '$', got 'P'\r\n");
            send(good, "PING\r\n");
            assertThat(receive(good, 7)).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void aFrameThatIsTooLongEndsItsConnection() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "*2\r\n$4\r\nECHO\r\n$" + FRAME_BYTES + "\r\n");
            assertThat(receiveAll(socket)).isEqualTo("-ERR Protocol error: invalid bulk length\r\n");
        }
    }

    @Test
    void allConnectionsTogetherReceiveNoMoreThanAdmitted() throws IOException {
        String unfinished = "*2\r\n$4\r\nECHO\r\n$60000\r\n" + "x".repeat(50_000);
        try (Socket first = connect();
                Socket second = connect()) {
            send(first, unfinished);
            send(second, unfinished);
            String told = second.getInputStream().read() == '-' ? receiveAll(second) : "";
            assertThat(told).startsWith("TRYAGAIN this worker receives more at once");
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("neither connection was ended", e);
        }
    }

    @Test
    void oneConnectionTooManyIsToldSo() throws IOException {
        try (Socket first = connect();
                Socket second = connect();
                Socket third = connect();
                Socket fourth = connect()) {
            assertThat(receiveAll(fourth)).isEqualTo("-ERR max number of clients reached\r\n");
            send(third, "PING\r\n");
            assertThat(receive(third, 7)).isEqualTo("+PONG\r\n");
            assertThat(front.connections()).isEqualTo(3);
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
    }

    @Test
    void goodByeIsAnsweredAndThenTheConnectionEnds() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "SET k v\r\nQUIT\r\nGET k\r\n");
            assertThat(receiveAll(socket)).isEqualTo("+OK\r\n+OK\r\n");
        }
    }

    @Test
    void aBrowserIsHungUpOn() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "POST / HTTP/1.1\r\nHost: localhost\r\n\r\nSET k v\r\n");
            assertThat(receiveAll(socket)).isEmpty();
        }
        assertThat(cluster.writes).isEmpty();
    }
}
