package io.quorate.server.peer;

import io.quorate.server.peer.FrameDecoder.Decoded;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** The other end of a connection in the test's own hands, byte by byte. */
final class RawPeer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final FrameDecoder decoder = new FrameDecoder();

    private RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        decoder.add(Buffer.buffer());
    }

    static RawPeer dial(HostPort address) {
        try {
            return new RawPeer(new Socket(address.host(), address.port()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static ServerSocket listen() {
        try {
            ServerSocket server = new ServerSocket(0);
            server.setSoTimeout(TIMEOUT_MILLIS);
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static HostPort addressOf(ServerSocket server) {
        return new HostPort("127.0.0.1", server.getLocalPort());
    }

    /** Accepts a dialler and welcomes it. */
    static RawPeer welcome(ServerSocket server, PeerIdentity self) {
        try {
            RawPeer peer = new RawPeer(server.accept());
            peer.next();
            peer.send(FrameCodecTest.encoded(HandshakeCodec.encode(new Greeting.Welcome(1, self)), 1));
            peer.decoder.handshakeDone(1);
            return peer;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Dials, greets and takes the answer. */
    static RawPeer linked(HostPort address, PeerIdentity self, String targetId) {
        RawPeer peer = dial(address);
        peer.send(FrameCodecTest.encoded(
                HandshakeCodec.encode(new Greeting.Hello(ProtocolVersions.CURRENT, self, targetId)), 1));
        peer.next();
        peer.decoder.handshakeDone(1);
        return peer;
    }

    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The next frame that arrives. */
    Frame next() {
        while (true) {
            switch (decoder.next()) {
                case Decoded.Complete complete -> {
                    return complete.frame();
                }
                case Decoded.Bad bad -> throw new AssertionError(bad.reason());
                case Decoded.NeedsMore _ -> decoder.add(Buffer.buffer(read()));
            }
        }
    }

    private byte[] read() {
        try {
            byte[] bytes = new byte[4_096];
            int count = socket.getInputStream().read(bytes);
            if (count < 0) {
                throw new AssertionError("The connection was closed");
            }
            return java.util.Arrays.copyOf(bytes, count);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits until the other end closes; what still arrives is skipped. */
    void awaitClosed() {
        try {
            socket.getInputStream().skipNBytes(Long.MAX_VALUE);
        } catch (java.io.EOFException | SocketException closed) {
            return;
        } catch (IOException failure) {
            throw new AssertionError("The connection stays open", failure);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
