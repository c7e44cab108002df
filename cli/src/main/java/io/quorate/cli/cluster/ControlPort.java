package io.quorate.cli.cluster;

import io.quorate.cli.CommandRefusedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The loopback port on which a running {@code up} hears what is to be stopped and started: one line each way. */
final class ControlPort implements AutoCloseable {
    private static final int MAX_LINE_CHARS = 4_096;
    private static final int READ_MILLIS = 5_000;
    private static final int BACKLOG = 16;
    private static final int TOKEN_BYTES = 32;
    private static final JsonMapper MAPPER = new JsonMapper();

    /** What is asked. */
    record Ask(String token, String action, String id) {}

    /** What is answered: a line for the person who asked. */
    record Answer(boolean done, String line) {}

    /** Carries out what is asked. */
    @FunctionalInterface
    interface Handler {
        /** Answers the line that says what was done. */
        String handle(String action, String id) throws CommandRefusedException;
    }

    private final ServerSocket server;
    private final String token;
    private final Handler handler;

    private ControlPort(ServerSocket server, String token, Handler handler) {
        this.server = server;
        this.token = token;
        this.handler = handler;
    }

    static ControlPort open(Handler handler) throws IOException {
        byte[] secret = new byte[TOKEN_BYTES];
        new java.security.SecureRandom().nextBytes(secret);
        ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        ControlPort port = new ControlPort(server, HexFormat.of().formatHex(secret), handler);
        Thread.ofVirtual().name("control-port").start(port::accept);
        return port;
    }

    int port() {
        return server.getLocalPort();
    }

    String token() {
        return token;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().name("control").start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(READ_MILLIS);
            Ask ask = MAPPER.readValue(line(socket), Ask.class);
            boolean known = MessageDigest.isEqual(
                    ask.token().getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
            if (known) {
                write(socket, answer(ask));
            }
        } catch (IOException | JacksonException unreadable) {
            org.slf4j.LoggerFactory.getLogger(ControlPort.class).debug("A caller was not understood", unreadable);
        }
    }

    private Answer answer(Ask ask) {
        try {
            return new Answer(true, handler.handle(ask.action(), ask.id()));
        } catch (CommandRefusedException refused) {
            return new Answer(false, String.valueOf(refused.getMessage()));
        }
    }

    private static void write(Socket socket, Object message) throws IOException {
        Writer writer = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
        writer.write(MAPPER.writeValueAsString(message) + "\n");
        writer.flush();
    }

    private static String line(Socket socket) throws IOException {
        Reader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder line = new StringBuilder();
        int next = reader.read();
        while (next >= 0 && next != '\n' && line.length() < MAX_LINE_CHARS) {
            line.append((char) next);
            next = reader.read();
        }
        return line.toString();
    }

    /** Asks a running {@code up}; answers its line. */
    static String ask(ControlFile control, String action, String id, int patienceMillis)
            throws CommandRefusedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), control.port())) {
            socket.setSoTimeout(patienceMillis);
            write(socket, new Ask(control.token(), action, id));
            String line = line(socket);
            if (line.isEmpty()) {
                throw new IOException("it did not answer");
            }
            Answer answer = MAPPER.readValue(line, Answer.class);
            if (!answer.done()) {
                throw new CommandRefusedException(answer.line());
            }
            return answer.line();
        } catch (IOException | JacksonException e) {
            throw new CommandRefusedException("The running 'quorate up' (process "
                    + control.process().pid() + ") does not answer (" + e.getMessage() + "): try again.");
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(ControlPort.class).debug("The port ends with the process", e);
        }
    }
}
