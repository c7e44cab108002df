package io.quorate.acceptance.torture;

import java.net.InetAddress;
import java.net.NetworkInterface;
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
 * A network namespace of Linux for each process, joined by a bridge that the clients reach too.
 *
 * <p>A cut is a wrong hardware address in the sender's table of neighbours: its packets leave and nobody takes them, as
 * with a broken cable. That works for one direction alone and for connections that are open, and needs no packet filter.
 */
final class Namespaces implements Network {
    private static final String NOBODY = "02:00:00:00:00:99";
    private static final String NETWORK = "10.213.";
    private static final int FIRST_HOST = 11;

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
        String bridge = tag.text();
        SystemCommand.must("ip", "link", "add", bridge, "type", "bridge");
        SystemCommand.must("ip", "addr", "add", prefix + "1/24", "dev", bridge);
        SystemCommand.must("ip", "link", "set", bridge, "up");
        hosts.forEach((id, host) -> {
            String name = tag.of(id);
            SystemCommand.must("ip", "netns", "add", name);
            SystemCommand.must("ip", "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name);
            SystemCommand.must("ip", "link", "set", name, "master", bridge, "up");
            SystemCommand.must("ip", "-n", name, "link", "set", "lo", "up");
            SystemCommand.must("ip", "-n", name, "addr", "add", host + "/24", "dev", "eth0");
            SystemCommand.must("ip", "-n", name, "link", "set", "eth0", "up");
        });
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
            SystemCommand.run("ip", "link", "del", tag.of(id));
            SystemCommand.run("ip", "netns", "del", tag.of(id));
        });
        SystemCommand.run("ip", "link", "del", tag.text());
    }
}
