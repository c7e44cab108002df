package io.quorate.acceptance.torture;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network namespace of Linux for each process, joined by a bridge that the clients reach too. The bridge stands in a
 * namespace of its own, where the packet filter of the machine, as Docker sets it up for instance, does not see it.
 *
 * <p>A cut is a wrong hardware address in the sender's table of neighbours: its packets leave and nobody takes them, as
 * with a broken cable. That works for one direction alone and for connections that are open, and needs no packet filter.
 */
final class Namespaces implements Network {
    private static final String NOBODY = "02:00:00:00:00:99";
    private static final String NETWORK = "10.213.";
    private static final int FIRST_HOST = 11;
    private static final String SWITCH = "net";
    private static final int CLOSED_PORT = 9;
    private static final int REACH_LIMIT_MILLIS = 3_000;

    private final RunTag tag;
    private final String prefix;
    private final Map<String, String> hosts = new LinkedHashMap<>();
    private final Set<List<String>> cuts = ConcurrentHashMap.newKeySet();

    private Namespaces(RunTag tag, String prefix, List<String> ids) {
        this.tag = tag;
        this.prefix = prefix;
        for (String id : ids) {
            hosts.put(id, prefix + (FIRST_HOST + hosts.size()));
        }
    }

    /** Why this machine has none; empty when it may have. */
    static Optional<String> missing() {
        if (!SystemCommand.isRoot()) {
            return Optional.of("network namespaces need root");
        }
        for (String program : List.of("ip", "nsenter")) {
            if (!SystemCommand.exists(program)) {
                return Optional.of("the program '" + program + "' is not on the PATH");
            }
        }
        return Optional.empty();
    }

    /** Makes them; throws {@link IllegalStateException} with the reason when the machine refuses, and leaves nothing. */
    static Namespaces make(RunTag tag, List<String> ids) {
        Namespaces made = new Namespaces(tag, freePrefix(), ids);
        boolean whole = false;
        try {
            made.build();
            whole = true;
            return made;
        } finally {
            if (!whole) {
                made.close();
            }
        }
    }

    private void build() {
        String net = tag.of(SWITCH);
        String clients = tag.text();
        SystemCommand.must("ip", "netns", "add", net);
        SystemCommand.must("ip", "-n", net, "link", "add", "bridge", "type", "bridge");
        SystemCommand.must("ip", "-n", net, "link", "set", "bridge", "up");
        SystemCommand.must("ip", "link", "add", clients, "type", "veth", "peer", "name", "clients", "netns", net);
        SystemCommand.must("ip", "-n", net, "link", "set", "clients", "master", "bridge", "up");
        SystemCommand.must("ip", "addr", "add", prefix + "1/24", "dev", clients);
        SystemCommand.must("ip", "link", "set", clients, "up");
        hosts.forEach((id, host) -> {
            String name = tag.of(id);
            SystemCommand.must("ip", "netns", "add", name);
            SystemCommand.must(
                    "ip", "-n", net, "link", "add", id, "type", "veth", "peer", "name", "eth0", "netns", name);
            SystemCommand.must("ip", "-n", net, "link", "set", id, "master", "bridge", "up");
            SystemCommand.must("ip", "-n", name, "link", "set", "lo", "up");
            SystemCommand.must("ip", "-n", name, "addr", "add", host + "/24", "dev", "eth0");
            SystemCommand.must("ip", "-n", name, "link", "set", "eth0", "up");
        });
        hosts.values().forEach(Namespaces::mustReach);
    }

    /** Whoever refuses a connection is reached. */
    private static void mustReach(String host) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, CLOSED_PORT), REACH_LIMIT_MILLIS);
        } catch (ConnectException refused) {
            if (!String.valueOf(refused.getMessage()).contains("refused")) {
                throw new IllegalStateException("a namespace is not reached: " + refused.getMessage(), refused);
            }
        } catch (IOException e) {
            throw new IllegalStateException("a namespace is not reached: " + e.getMessage(), e);
        }
    }

    private static String freePrefix() {
        List<String> taken = new ArrayList<>();
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                each.inetAddresses().map(InetAddress::getHostAddress).forEach(taken::add);
            }
        } catch (SocketException e) {
            throw new IllegalStateException("the machine's addresses cannot be listed: " + e.getMessage(), e);
        }
        for (int i = 1; i < 255; i++) {
            String candidate = NETWORK + i + ".";
            if (taken.stream().noneMatch(address -> address.startsWith(candidate))) {
                return candidate;
            }
        }
        throw new IllegalStateException("all networks in " + NETWORK + "0.0/16 are taken");
    }

    @Override
    public String host(String id) {
        String host = hosts.get(id);
        if (host == null) {
            throw new IllegalArgumentException(id);
        }
        return host;
    }

    @Override
    public List<String> inside(String id, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("nsenter", "--net=/var/run/netns/" + tag.of(id)));
        whole.addAll(command);
        return whole;
    }

    @Override
    public boolean canCut() {
        return true;
    }

    @Override
    public void cut(String from, String to) {
        cuts.add(List.of(from, to));
        SystemCommand.must(
                "ip",
                "-n",
                tag.of(from),
                "neigh",
                "replace",
                host(to),
                "lladdr",
                NOBODY,
                "dev",
                "eth0",
                "nud",
                "permanent");
    }

    @Override
    public void heal() {
        for (List<String> pair : Set.copyOf(cuts)) {
            SystemCommand.must(
                    "ip", "-n", tag.of(pair.getFirst()), "neigh", "del", host(pair.getLast()), "dev", "eth0");
            cuts.remove(pair);
        }
    }

    @Override
    public void close() {
        // A namespace outlives its name as long as a connection in it has not ended: its interface does not.
        hosts.keySet().forEach(id -> {
            SystemCommand.run("ip", "-n", tag.of(SWITCH), "link", "del", id);
            SystemCommand.run("ip", "netns", "del", tag.of(id));
        });
        SystemCommand.run("ip", "netns", "del", tag.of(SWITCH));
        SystemCommand.run("ip", "link", "del", tag.text());
    }
}
