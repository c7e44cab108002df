package io.quorate.acceptance.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Sends bursts, each over a connection of its own. */
final class FuzzConnection {
    /** A comparison that another one overtakes is answered after 20 s. */
    private static final int ANSWER_MILLIS = 30_000;

    private static final int SILENCE_MILLIS = 40;

    /** A watch that would go on for good is left after so long. */
    private static final long WATCHED_NANOS = 2_000_000_000L;

    private static final int BUFFER_BYTES = 16_384;

    private FuzzConnection() {}

    /** @throws IOException when no connection can be made */
    static Received send(Burst burst, int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            // Ends with a reset, so that the port is free again at once.
            socket.setSoLinger(true, 0);
            socket.setTcpNoDelay(true);
            Thread reader = null;
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            boolean[] closed = {false};
            if (burst.ending() != Burst.Ending.RESET) {
                reader = Thread.ofVirtual().start(() -> closed[0] = read(socket, burst, received));
            }
            write(socket, burst.bytes());
            if (reader != null) {
                reader.join();
            }
            return new Received(received.toByteArray(), closed[0]);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Received(new byte[0], true);
        }
    }

    /** A server that has answered and closed takes no more. */
    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException closed) {
            // What was answered before tells why.
        }
    }

    /** Reads until the server closes, or says nothing for as long as that ending waits; whether it closed. */
    private static boolean read(Socket socket, Burst burst, ByteArrayOutputStream received) {
        byte[] buffer = new byte[BUFFER_BYTES];
        long startedNanos = System.nanoTime();
        try {
            socket.setSoTimeout(burst.ending() == Burst.Ending.ASKED ? ANSWER_MILLIS : SILENCE_MILLIS);
            InputStream in = socket.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                received.write(buffer, 0, read);
                boolean isLong = System.nanoTime() - startedNanos > WATCHED_NANOS;
                if (isLong && RawAnswer.parse(received.toByteArray()).goesOn()) {
                    return false;
                }
            }
            return true;
        } catch (SocketTimeoutException silent) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
