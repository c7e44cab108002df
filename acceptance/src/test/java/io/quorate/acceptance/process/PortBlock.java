package io.quorate.acceptance.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Finds ports for a cluster which nobody listens on. */
public final class PortBlock {
    private static final int FIRST = 18_000;
    private static final int LAST = 31_000;
    private static final int STEP = 400;
    private static final int[] OFFSETS = IntStream.of(0, 100, 200)
            .flatMap(controller -> IntStream.rangeClosed(controller, controller + 9))
            .flatMap(port -> IntStream.of(port - 1_000, port, port + 1_000))
            .toArray();
    private static int next = FIRST;

    private PortBlock() {}

    /** The first port of a block that is free; never the same one twice. */
    public static synchronized int free() {
        while (next <= LAST) {
            int candidate = next;
            next += STEP;
            if (Arrays.stream(OFFSETS).allMatch(offset -> isFree(candidate + offset))) {
                return candidate;
            }
        }
        throw new IllegalStateException("no free ports from " + FIRST + " to " + LAST);
    }

    /** A listener elsewhere may be bound to all addresses or to one, so both are asked. */
    private static boolean isFree(int port) {
        return isBindable(new InetSocketAddress(port))
                && isBindable(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static boolean isBindable(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
