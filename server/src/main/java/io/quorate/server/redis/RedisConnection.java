package io.quorate.server.redis;

import io.netty.buffer.ByteBuf;
import io.quorate.api.Bytes;
import io.quorate.core.port.WorkerService;
import io.quorate.server.redis.CommandDecoder.Decoded;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open connection: its bytes become commands, answers become bytes. A client that does not take its answers, or
 * sends faster than it is served, is not read from meanwhile. Used on the event loop alone.
 */
final class RedisConnection {
    private static final Logger LOG = LoggerFactory.getLogger(RedisConnection.class);
    private static final int FIRST_BUFFER_BYTES = 256;

    /** What the connections of a worker share. */
    record Shared(
            WorkerService service,
            RedisSettings settings,
            RedisLimits limits,
            Context context,
            Cluster.Timer timer,
            SessionRegistry sessions,
            ScanPositions positions,
            ReceivedBytes received,
            CommandMeter meter) {}

    private final Shared shared;
    private final NetSocketInternal socket;
    private final CommandDecoder decoder;
    private final Session session;
    private final Pipeline pipeline;
    private final Conversation conversation;
    private @Nullable ByteBuf out;
    private boolean flushIsDue;
    private boolean writing;
    private long untakenBytes;
    private boolean paused;
    private boolean open = true;
    private boolean closesWhenWritten;
    private boolean takesIn;
    private int counted;
    private long stalledSinceNanos = System.nanoTime();

    RedisConnection(Shared shared, NetSocket socket, Runnable whenClosed) {
        this.shared = shared;
        this.socket = (NetSocketInternal) socket;
        this.decoder = new CommandDecoder(shared.limits().frameBytes());
        this.session = new Session(
                shared.sessions().next(),
                String.valueOf(socket.remoteAddress()),
                String.valueOf(socket.localAddress()),
                shared.sessions(),
                shared.settings(),
                shared.positions());
        this.pipeline = new Pipeline(
                shared.limits(), () -> open && untakenBytes < shared.limits().replyBytes(), this::answer);
        Cluster cluster = new Cluster(shared.service(), shared.settings(), this::after, this::broken);
        this.conversation = new Conversation(cluster, session, pipeline, shared.meter());
        shared.sessions().add(session);
        socket.handler(this::read);
        socket.exceptionHandler(failure -> LOG.debug("A Redis connection failed", failure));
        socket.closeHandler(_ -> {
            closed();
            whenClosed.run();
        });
    }

    /** Says why a connection is not taken, and closes it. */
    static void turnAway(NetSocket socket, String why) {
        socket.end(Buffer.buffer("-" + why + "\r\n"));
    }

    private void read(Buffer piece) {
        if (!open || closesWhenWritten) {
            return;
        }
        decoder.add(piece.getBytes());
        takeIn();
    }

    /** Takes in commands as long as there is room for them. */
    private void takeIn() {
        if (takesIn) {
            return;
        }
        takesIn = true;
        try {
            boolean more = true;
            while (more && open && !closesWhenWritten && pipeline.takesMore()) {
                more = step();
            }
        } catch (RuntimeException failure) {
            broken(failure);
        } finally {
            takesIn = false;
        }
        afterwards();
    }

    private boolean step() {
        return switch (decoder.next()) {
            case Decoded.Complete(List<Bytes> words, int bytes) -> {
                conversation.take(words, bytes);
                closesWhenWritten = conversation.isEnded();
                yield true;
            }
            case Decoded.NeedsMore _ -> false;
            case Decoded.Bad(String reason) -> {
                end("ERR " + reason);
                yield false;
            }
        };
    }

    private void afterwards() {
        count();
        boolean full = open && !pipeline.takesMore();
        if (full != paused && open) {
            paused = full;
            if (full) {
                socket.pause();
            } else {
                socket.resume();
            }
        }
        closeIfDone();
    }

    private void count() {
        int now = open ? decoder.keptBytes() : 0;
        if (now == 0 || now != counted) {
            stalledSinceNanos = System.nanoTime();
        }
        shared.received().change(now - counted);
        counted = now;
        if (open && now > 0 && shared.received().isTooMuch()) {
            end("TRYAGAIN this worker receives more at once than it admits");
        }
    }

    /** Answers what was asked before, then says why it ends. */
    private void end(String why) {
        pipeline.answer(new Reply.Failure(why), session.protocol());
        closesWhenWritten = true;
    }

    private void answer(Pipeline.Answered answered) {
        if (!open) {
            return;
        }
        ByteBuf target = out;
        if (target == null) {
            target = socket.channelHandlerContext().alloc().buffer(FIRST_BUFFER_BYTES);
            out = target;
        }
        int before = target.writerIndex();
        ReplyWriter.write(answered.reply(), answered.version(), target);
        untakenBytes += target.writerIndex() - before;
        wake();
    }

    /** What was answered in a turn of the event loop leaves in one write. */
    private void wake() {
        if (!flushIsDue && !writing && open) {
            flushIsDue = true;
            shared.context().runOnContext(_ -> flush());
        }
    }

    private void flush() {
        flushIsDue = false;
        ByteBuf chunk = out;
        if (!open || chunk == null) {
            return;
        }
        out = null;
        writing = true;
        int bytes = chunk.readableBytes();
        stalledSinceNanos = System.nanoTime();
        socket.writeMessage(chunk).onComplete(_ -> {
            writing = false;
            untakenBytes -= bytes;
            if (out != null) {
                wake();
            }
            pipeline.goOn();
            takeIn();
        });
    }

    private void after(long millis, Runnable step) {
        shared.timer().after(millis, () -> {
            if (open) {
                step.run();
            }
        });
    }

    private void closeIfDone() {
        if (open && closesWhenWritten && pipeline.isEmpty() && out == null && !writing) {
            socket.close();
        }
    }

    private void broken(RuntimeException failure) {
        LOG.error("A command of a Redis client failed", failure);
        cut();
    }

    /** Closes it if its client has left a command unfinished, or an answer untaken, for too long. */
    void tick(long nowNanos) {
        boolean waitsForClient = writing || (decoder.isAmid() && !paused);
        if (waitsForClient
                && nowNanos - stalledSinceNanos
                        > TimeUnit.MILLISECONDS.toNanos(shared.limits().stalledMillis())) {
            cut();
        }
    }

    /** Closes at once, whatever is on its way. */
    void cut() {
        var _ = socket.channelHandlerContext().close();
    }

    /** Closes once what was asked is answered. */
    void finish() {
        closesWhenWritten = true;
        closeIfDone();
    }

    private void closed() {
        if (open) {
            open = false;
            shared.received().change(-counted);
            counted = 0;
            shared.sessions().remove(session);
            ByteBuf left = out;
            if (left != null) {
                left.release();
                out = null;
            }
        }
    }
}
