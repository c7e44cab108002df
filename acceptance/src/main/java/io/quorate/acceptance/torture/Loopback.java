package io.quorate.acceptance.torture;

import java.util.List;

/** All processes share the machine's loopback address, so nothing can be kept from one of them. */
final class Loopback implements Network {
    @Override
    public String host(String id) {
        return "127.0.0.1";
    }

    @Override
    public List<String> inside(String id, List<String> command) {
        return command;
    }

    @Override
    public boolean canCut() {
        return false;
    }

    @Override
    public void cut(String from, String to) {
        throw new IllegalStateException("cut " + from + " from " + to + ": not on the loopback address");
    }

    @Override
    public void heal() {}

    @Override
    public void close() {}
}
