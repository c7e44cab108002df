package io.quorate.cli.part;

import io.quorate.server.config.ControllerGroup;
import io.quorate.server.config.Setting;
import io.quorate.server.config.Settings;
import io.quorate.server.config.SettingsRefusedException;
import io.quorate.server.wiring.ControllerOptions;
import io.quorate.server.wiring.StorageKind;
import io.quorate.server.wiring.WorkerOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** What settings mean for a controller and for a worker. */
public final class PartOptions {
    /** What REDIS_PORT says of a worker without such a port. */
    public static final String NO_REDIS = "off";

    private static final int CONTROLLER_PORT = 8_000;
    private static final int WORKER_PORT = 8_001;
    private static final int PEER_PORT_DISTANCE = 1_000;
    private static final int REDIS_PORT_DISTANCE = 1_000;
    private static final int MAX_PORT = 65_535;
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

    private final Settings settings;
    private final boolean inImage;

    /**
     * @param inImage whether this is the container image, which keeps data under {@code /app/data}
     */
    public PartOptions(Settings settings, boolean inImage) {
        this.settings = settings;
        this.inImage = inImage;
    }

    /** Whether other machines can reach what is bound; access is not authenticated. */
    public static boolean isOpen(String host) {
        String bare = host.toLowerCase(Locale.ROOT);
        return !(bare.startsWith("127.") || bare.equals("localhost") || bare.equals("::1") || bare.equals("[::1]"));
    }

    /** The host as it stands in an address: an IPv6 address in brackets, a wildcard as this machine itself. */
    public static String reachable(String host) {
        if (EVERYWHERE.contains(host)) {
            return "127.0.0.1";
        }
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** A worker's options. */
    public WorkerOptions worker() throws SettingsRefusedException {
        int port = port(WORKER_PORT);
        return new WorkerOptions(
                settings.given(Setting.ID),
                dataDir("worker-" + port),
                settings.list(Setting.CONTROLLER_ADDRESSES).stream()
                        .map(PartOptions::withoutSlash)
                        .toList(),
                settings.text(Setting.HOST),
                port,
                peerPort(port),
                redisPort(settings.given(Setting.REDIS_PORT), port),
                settings.word(Setting.STRICT_MULTIKEY).equals("yes"),
                advertisedHttp(),
                advertisedPeer(peerPort(port)),
                settings.text(Setting.ZONE),
                settings.givenNumber(Setting.WRITE_QUORUM),
                StorageKind.valueOf(settings.word(Setting.STORAGE).toUpperCase(Locale.ROOT)),
                settings.millis(Setting.REQUEST_TIMEOUT),
                settings.millis(Setting.HEARTBEAT_INTERVAL),
                settings.bytes(Setting.MEMORY),
                settings.bytes(Setting.LOG_MAX_BYTES),
                settings.bytes(Setting.DISK_RESERVE),
                Math.toIntExact(settings.bytes(Setting.MAX_VALUE_BYTES)),
                allowedHosts());
    }

    /** A controller's options. */
    public ControllerOptions controller() throws SettingsRefusedException {
        String id = settings.given(Setting.ID).orElse("c1");
        Optional<ControllerGroup> group = ControllerGroup.of(settings);
        Optional<ControllerGroup.Member> self = group.flatMap(all -> all.member(id));
        int port = settings.givenNumber(Setting.PORT)
                .or(() -> self.map(ControllerGroup.Member::httpPort))
                .orElse(port(CONTROLLER_PORT));
        return new ControllerOptions(
                id,
                dataDir(id),
                settings.text(Setting.HOST),
                port,
                group.map(PartOptions::peers).orElse(List.of(alone(id, port))),
                expectedWorkers(),
                settings.givenNumber(Setting.PARTITIONS),
                settings.givenNumber(Setting.REPLICAS),
                settings.givenNumber(Setting.WRITE_QUORUM),
                settings.millis(Setting.HEARTBEAT_INTERVAL),
                settings.millis(Setting.HEARTBEAT_TIMEOUT),
                settings.millis(Setting.CHECK_INTERVAL),
                settings.millis(Setting.REQUEST_TIMEOUT),
                allowedHosts(group));
    }

    private static List<ControllerOptions.Peer> peers(ControllerGroup group) {
        return group.members().stream()
                .map(member -> new ControllerOptions.Peer(member.id(), member.http(), member.host(), member.peerPort()))
                .toList();
    }

    private ControllerOptions.Peer alone(String id, int port) throws SettingsRefusedException {
        String host = reachable(settings.text(Setting.HOST));
        String http = advertisedHttp().orElse("http://" + host + ":" + port);
        return new ControllerOptions.Peer(id, http, host, peerPort(port));
    }

    private int port(int fallback) {
        return settings.givenNumber(Setting.PORT)
                .or(() -> settings.given(Setting.ADDRESS)
                        .map(address -> URI.create(address).getPort())
                        .filter(port -> port > 0))
                .orElse(fallback);
    }

    private int peerPort(int port) throws SettingsRefusedException {
        int peer = settings.givenNumber(Setting.PEER_PORT).orElse(port + PEER_PORT_DISTANCE);
        if (peer > MAX_PORT) {
            throw new SettingsRefusedException(
                    "The port for other processes would be " + peer + ", " + PEER_PORT_DISTANCE
                            + " above PORT, and the greatest is " + MAX_PORT + ": choose one with PEER_PORT.");
        }
        return peer;
    }

    /**
     * The port for Redis clients of a worker.
     *
     * @param given REDIS_PORT; empty if it is not set
     * @param httpPort the worker's port for HTTP
     */
    public static OptionalInt redisPort(Optional<String> given, int httpPort) {
        if (given.isPresent()) {
            return given.get().equalsIgnoreCase(NO_REDIS)
                    ? OptionalInt.empty()
                    : OptionalInt.of(Integer.parseInt(given.get()));
        }
        return httpPort > REDIS_PORT_DISTANCE ? OptionalInt.of(httpPort - REDIS_PORT_DISTANCE) : OptionalInt.empty();
    }

    private Path dataDir(String standardName) {
        return settings.given(Setting.DATA_DIR)
                .map(Path::of)
                .orElseGet(() -> inImage
                        ? Path.of("/app/data")
                        : Path.of("quorate-data", settings.given(Setting.ID).orElse(standardName)));
    }

    private Optional<String> advertisedHttp() {
        return settings.given(Setting.ADDRESS).map(PartOptions::withoutSlash);
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /** With all addresses bound, the bound one says nothing to other machines: the host that clients use does. */
    private Optional<String> advertisedPeer(int peerPort) throws SettingsRefusedException {
        boolean everywhere = EVERYWHERE.contains(settings.text(Setting.HOST));
        if (settings.isGiven(Setting.ADVERTISE_PEER) || !everywhere) {
            return settings.given(Setting.ADVERTISE_PEER);
        }
        String address = settings.given(Setting.ADDRESS)
                .orElseThrow(() -> new SettingsRefusedException("HOST is " + settings.text(Setting.HOST)
                        + ", which says nothing of where others reach this worker: set ADDRESS as well, for example"
                        + " ADDRESS=http://this-machine:8001."));
        return Optional.of(URI.create(address).getHost() + ":" + peerPort);
    }

    private int expectedWorkers() {
        String text = settings.text(Setting.WORKERS);
        return text.matches("\\d+")
                ? Integer.parseInt(text)
                : settings.list(Setting.WORKERS).size();
    }

    private Set<String> allowedHosts(Optional<ControllerGroup> group) {
        Set<String> names = allowedHosts();
        group.ifPresent(all -> all.members().forEach(member -> names.add(member.host())));
        return names;
    }

    private Set<String> allowedHosts() {
        TreeSet<String> names = new TreeSet<>(settings.list(Setting.ALLOWED_HOSTS));
        settings.given(Setting.ADDRESS)
                .map(address -> URI.create(address).getHost())
                .ifPresent(names::add);
        return names;
    }
}
