package io.quorate.server.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.quorate.api.Bytes;
import io.quorate.server.peer.FrameDecoder.Decoded;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * One open TCP connection: its frames, its queue, its signs of life.
 *
 * <p>Before the handshake is over only {@link #greet} sends; from {@link #establish} on the queue is written, all that
 * was queued in a turn of the event loop in one write, and one write at a time, so that what a slow peer does not take
 * stays in the bounded queue.
 */
final class Connection {
    /** The link to which a connection belongs. */
    interface Owner {
        /** A frame other than a ping arrived. */
        void arrived(Frame frame);

        /** The connection is no more; said once, and nothing after it. */
        void lost(String reason);
    }

    private static final String CLOSED_HERE = "this process closed it";
    private static final Frame PING = new Frame(FrameKind.PING, Bytes.EMPTY);

    private final LinkEnvironment environment;
    private final NetSocketInternal socket;
    private final FrameQueue queue;
    private final Owner owner;
    private final FrameDecoder decoder = new FrameDecoder();
    private final Promise<Void> closed = Promise.promise();

    private LinkCounters counters = new LinkCounters();
    private int version = FrameCodec.HANDSHAKE_VERSION;
    private boolean open = true;
    private boolean established;
    private boolean finishing;
    private boolean flushScheduled;
    private boolean writing;
    private String fault = "the peer closed the connection";

    private boolean heard;
    private boolean sent;
    private int silentTicks;
    private int quietTicks;
    private int handshakeTicks;

    /** Takes over a socket that has just opened. */
    Connection(LinkEnvironment environment, NetSocket socket, FrameQueue queue, Owner owner) {
        this.environment = environment;
        this.socket = (NetSocketInternal) socket;
        this.queue = queue;
        this.owner = owner;
        socket.handler(this::read);
        socket.exceptionHandler(failure -> fault = String.valueOf(failure.getMessage()));
        socket.closeHandler(_ -> end(fault));
    }

    String remote() {
        return String.valueOf(socket.remoteAddress());
    }

    /** Sends a frame of the handshake at once. */
    void greet(Greeting greeting) {
        Frame frame = HandshakeCodec.encode(greeting);
        ByteBuf out = socket.channelHandlerContext().alloc().directBuffer(FrameCodec.sizeBytes(frame));
        FrameCodec.encode(frame, FrameCodec.HANDSHAKE_VERSION, out);
        socket.writeMessage(out);
    }

    /** The handshake is over: the queue is written from now on, in the agreed version. */
    void establish(int agreedVersion, LinkCounters peerCounters) {
        version = agreedVersion;
        counters = peerCounters;
        counters.connections++;
        decoder.handshakeDone(agreedVersion);
        established = true;
        wake();
    }

    boolean isOpen() {
        return open;
    }

    /** Something was queued: it leaves at the end of this turn of the event loop. */
    void wake() {
        if (open && established && !writing && !flushScheduled && !queue.isEmpty()) {
            flushScheduled = true;
            environment.context().runOnContext(_ -> flush());
        }
    }

    private void flush() {
        flushScheduled = false;
        if (!open || queue.isEmpty()) {
            return;
        }
        int chunkBytes = queue.nextChunkBytes();
        ByteBuf chunk = socket.channelHandlerContext().alloc().directBuffer(chunkBytes);
        counters.framesSent += queue.moveTo(chunk, chunkBytes, version);
        counters.bytesSent += chunkBytes;
        counters.writes++;
        sent = true;
        writing = true;
        Future<Void> write = socket.writeMessage(chunk);
        write.onSuccess(_ -> written()).onFailure(failure -> close("writing failed: " + failure.getMessage()));
    }

    private void written() {
        writing = false;
        wake();
        finishWhenSent();
    }

    private void read(Buffer piece) {
        if (!open) {
            return;
        }
        heard = true;
        decoder.add(piece);
        while (open) {
            switch (decoder.next()) {
                case Decoded.Complete complete -> deliver(complete.frame());
                case Decoded.NeedsMore _ -> {
                    return;
                }
                case Decoded.Bad bad -> close("a frame was not readable: " + bad.reason());
            }
        }
    }

    private void deliver(Frame frame) {
        counters.framesReceived++;
        counters.bytesReceived += FrameCodec.sizeBytes(frame);
        if (frame.kind() == FrameKind.PING && established) {
            return;
        }
        try {
            owner.arrived(frame);
        } catch (RuntimeException bug) {
            // What follows must not look as if this frame had been taken in.
            close("a message could not be processed here: " + bug);
            throw bug;
        }
    }

    /** Counts the time without traffic: pings a quiet connection, ends a silent one. */
    void tick() {
        if (!established) {
            tickHandshake();
            return;
        }
        silentTicks = heard ? 0 : silentTicks + 1;
        quietTicks = sent ? 0 : quietTicks + 1;
        heard = false;
        sent = false;
        PeerSettings settings = environment.settings();
        if (silentTicks >= settings.silentAfterTicks()) {
            close("nothing was heard for " + silentTicks * settings.tickMillis() + " ms");
        } else if (quietTicks >= settings.pingAfterTicks() && queue.isEmpty() && !writing) {
            queue.offer(PING, PeerLimits.MAX_QUEUED_BYTES);
            wake();
        }
    }

    private void tickHandshake() {
        PeerSettings settings = environment.settings();
        handshakeTicks++;
        if (handshakeTicks >= settings.handshakeTicks()) {
            close("no handshake within " + settings.handshakeTicks() * settings.tickMillis() + " ms");
        }
    }

    /** Closes at once; what was not sent is lost. The owner hears the reason. */
    void close(String reason) {
        // Not the socket's own close: that waits for what a peer may never read.
        ChannelFuture _ = socket.channelHandlerContext().close();
        end(reason);
    }

    /** Sends what the socket has been given, and closes; the caller wants no more of it. */
    void closeAfterGreeting(String reason) {
        socket.close();
        end(reason);
    }

    /** Sends what is queued, for a while at most, then closes; completed when closed. */
    Future<Void> finish() {
        finishing = true;
        finishWhenSent();
        if (open) {
            environment.vertx().setTimer(PeerLimits.CLOSE_GRACE_MILLIS, _ -> close(CLOSED_HERE));
        }
        return closed.future();
    }

    private void finishWhenSent() {
        if (finishing && open && !writing && (queue.isEmpty() || !established)) {
            close(CLOSED_HERE);
        }
    }

    private void end(String reason) {
        if (open) {
            open = false;
            if (established) {
                counters.losses++;
                counters.framesDropped += queue.clear();
            }
            closed.complete();
            owner.lost(reason);
        }
    }
}
