package io.quorate.server.redis;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.quorate.api.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A connection without a socket: commands in, what is written to the client out. */
final class Talk {
    static final RedisSettings SETTINGS = new RedisSettings("127.0.0.1", 7_001, 2_000, 1 << 20, false);

    final FakeKeyspace cluster;
    final Deque<Runnable> timers = new ArrayDeque<>();
    final List<String> metered = new ArrayList<>();
    final List<RuntimeException> broken = new ArrayList<>();
    /** Cursors that were asked for at other workers. */
    final List<String> askedFor = new ArrayList<>();

    Optional<Bytes> positionElsewhere = Optional.empty();
    private final ByteBuf out = Unpooled.buffer();
    private final Pipeline pipeline;
    private final Conversation conversation;

    Talk(FakeKeyspace cluster) {
        this(cluster, SETTINGS, new SessionRegistry());
    }

    Talk(FakeKeyspace cluster, RedisSettings settings, SessionRegistry registry) {
        this.cluster = cluster;
        ScanPositions positions = new ScanPositions(System::nanoTime, (address, cursor, whenAnswered) -> {
            askedFor.add(address);
            whenAnswered.accept(new PositionSource.Answer.Known(positionElsewhere));
        });
        Session session =
                new Session(registry.next(), "127.0.0.1:50000", "127.0.0.1:7001", registry, settings, positions);
        registry.add(session);
        pipeline = new Pipeline(
                RedisLimits.STANDARD,
                () -> true,
                answered -> ReplyWriter.write(answered.reply(), answered.version(), out));
        Cluster access = new Cluster(cluster, settings, (_, step) -> timers.addLast(step), broken::add);
        conversation = new Conversation(
                access, session, pipeline, (family, outcome, _) -> metered.add(family + " " + outcome));
    }

    /** Sends a command, its words with spaces between them, and answers what has been written since, in short. */
    String say(String line) {
        send(line);
        return heard();
    }

    /** Sends a command without looking at answers. */
    void send(String line) {
        List<Bytes> words = InlineWords.split(Bytes.utf8(line)).orElseThrow();
        conversation.take(words, words.stream().mapToInt(Bytes::length).sum());
        if (!broken.isEmpty()) {
            throw new AssertionError("a command failed", broken.getFirst());
        }
    }

    /** What has been written since the last time: lines with a space between them. */
    String heard() {
        String written = out.toString(StandardCharsets.UTF_8);
        out.clear();
        return String.join(" ", Stream.of(written.split("\r\n", -1)).toList()).strip();
    }

    /** Lets what waits for a timer happen, until nothing waits. */
    void time() {
        while (!timers.isEmpty()) {
            timers.removeFirst().run();
        }
    }

    boolean isEnded() {
        return conversation.isEnded();
    }
}
