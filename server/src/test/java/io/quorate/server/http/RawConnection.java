package io.quorate.server.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A connection over which any bytes can be sent. */
final class RawConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    RawConnection send(String latin1) throws IOException {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Says that nothing more comes. */
    RawConnection endSending() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The next answer; to a HEAD request it has no body. */
    Answer answer(boolean head) throws IOException {
        return next(head).orElseThrow(() -> new IOException("the connection was closed instead of an answer"));
    }

    Answer answer() throws IOException {
        return answer(false);
    }

    /** The next answer, or empty when the connection is closed. */
    Optional<Answer> next(boolean head) throws IOException {
        String statusLine = line();
        if (statusLine.isEmpty()) {
            return Optional.empty();
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if (status == 100) {
            return Optional.of(new Answer(status, headers, new byte[0]));
        }
        int length = head || status == 204 || status == 304
                ? 0
                : Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return Optional.of(new Answer(status, headers, in.readNBytes(length)));
    }

    /** All that comes until the other side closes the connection. */
    String all() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (java.net.SocketException reset) {
            // What came before the reset is what there is.
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the other side closed the connection. */
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
