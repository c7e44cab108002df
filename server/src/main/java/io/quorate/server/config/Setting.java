package io.quorate.server.config;

import static io.quorate.server.config.Role.CLUSTER;
import static io.quorate.server.config.Role.CONTROLLER;
import static io.quorate.server.config.Role.WORKER;

import io.quorate.api.Limits;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Everything that a process can be told: one row each of the table of settings. */
@SuppressWarnings("ImmutableEnumChecker")
public enum Setting {
    /** Whom a worker's heartbeats go to. */
    CONTROLLER_ADDRESSES(
            "CONTROLLER",
            new Form.ListOf(new Form.HttpAddress(), 5),
            "http://127.0.0.1:8000",
            "HTTP addresses of the controllers, with commas between them.",
            WORKER),
    /** The group that a controller belongs to. */
    CONTROLLERS(
            new Form.ListOf(new Form.Controller(), 5),
            "",
            "All 3 or 5 controllers of the cluster, this one included, as id@host:http-port:peer-port with commas between"
                    + " them. Unset: this controller alone.",
            CONTROLLER),
    /** Who a process is. */
    ID(
            new Form.Id(),
            "",
            "The id. Unset: a controller is c1, a worker takes the id on its disk or makes one.",
            CONTROLLER,
            WORKER),
    /** Where clients reach a process. */
    ADDRESS(
            new Form.HttpAddress(),
            "",
            "The address that clients and other processes are told; its port is bound unless PORT is given. Unset: the"
                    + " address that is bound.",
            CONTROLLER,
            WORKER),
    /** The address that is bound. */
    HOST(
            new Form.Text(),
            "127.0.0.1",
            "The address to bind to; 0.0.0.0 for all. Access is not authenticated yet.",
            CONTROLLER,
            WORKER,
            CLUSTER),
    /** The port for clients. */
    PORT(
            new Form.Whole(1, 65_535),
            "",
            "The HTTP port. Unset: that of ADDRESS, else 8000 for a controller and 8001 for a worker.",
            CONTROLLER,
            WORKER),
    /** The port for other processes. */
    PEER_PORT(
            new Form.Whole(1, 65_535),
            "",
            "The port for other workers, or other controllers. Unset: PORT + 1000.",
            CONTROLLER,
            WORKER),
    /** The port for Redis clients. */
    REDIS_PORT(
            new Form.Either(new Form.Whole(1, 65_535), new Form.Choice(List.of("off"))),
            "",
            "The port for Redis clients, or off; with a whole cluster that of its first worker. Unset: PORT - 1000, and"
                    + " off when PORT is not above 1000.",
            WORKER,
            CLUSTER),
    /** Whether Redis clients may name keys of several partitions at once. */
    STRICT_MULTIKEY(
            new Form.Choice(List.of("yes", "no")),
            "no",
            "With yes, a Redis command over keys of several partitions is refused instead of done partition by"
                    + " partition.",
            WORKER,
            CLUSTER),
    /** Where other workers reach a worker. */
    ADVERTISE_PEER(
            new Form.HostAndPort(),
            "",
            "Host and port that other workers are told. Unset: the bound ones, or the host of ADDRESS when all addresses"
                    + " are bound.",
            WORKER),
    /** Names under which clients may come. */
    ALLOWED_HOSTS(
            new Form.ListOf(new Form.Text(), 64),
            "",
            "Further names under which clients may address this process, with commas between them; localhost, IP"
                    + " addresses and the name in ADDRESS always work.",
            CONTROLLER,
            WORKER,
            CLUSTER),
    /** Where the data is. */
    DATA_DIR(
            new Form.Text(),
            "",
            "The data folder. Unset: /app/data in the image, else ./quorate-data/<id>.",
            CONTROLLER,
            WORKER),
    /** Where a worker stands. */
    ZONE(new Form.Text(), "", "Replicas are kept in different zones when there are enough.", WORKER),
    /** How many workers are expected. */
    WORKERS(
            new Form.Either(new Form.Whole(1, 1_000), new Form.ListOf(new Form.HttpAddress(), 1_000)),
            "",
            "Workers expected at the first start: their number, or their addresses with commas between them. Unset: the"
                    + " cluster begins with those that come.",
            CONTROLLER),
    /** PARTITIONS of a new cluster. */
    PARTITIONS(
            new Form.PowerOfTwo(Limits.MAX_PARTITIONS),
            "64",
            "Partitions of a new cluster; never changed afterwards.",
            CONTROLLER,
            CLUSTER),
    /** REPLICAS of a new cluster. */
    REPLICAS(
            new Form.Whole(1, Limits.MAX_REPLICAS),
            "3",
            "Replicas per key in a new cluster; later: quorate config set.",
            CONTROLLER,
            CLUSTER),
    /** WRITE_QUORUM of a new cluster. */
    WRITE_QUORUM(
            new Form.Whole(1, Limits.MAX_REPLICAS),
            "2",
            "Replicas that have a write on disk before it is acknowledged, in a new cluster; later: quorate config set.",
            CONTROLLER,
            WORKER,
            CLUSTER),
    /** How committed state is kept. */
    STORAGE(
            new Form.Choice(List.of("rocksdb", "json")),
            "rocksdb",
            "How keys are kept: rocksdb, or json for one JSON file per key.",
            WORKER,
            CLUSTER),
    /** Memory for tables and caches. */
    MEMORY(
            new Form.Size(16L << 20, 1L << 40),
            "128MiB",
            "Memory of a worker for recent keys and read caches.",
            WORKER,
            CLUSTER),
    /** How long the log may get. */
    LOG_MAX_BYTES(
            new Form.Size(64L << 20, 1L << 40),
            "512MiB",
            "A worker's log is flushed and shortened beyond this size.",
            WORKER,
            CLUSTER),
    /** Disk that is kept free. */
    DISK_RESERVE(
            new Form.Size(0, 1L << 50),
            "256MiB",
            "With less free disk a worker refuses new values; deletes go on.",
            WORKER,
            CLUSTER),
    /** The longest value. */
    MAX_VALUE_BYTES(
            new Form.Size(1, Limits.MAX_VALUE_BYTES),
            "1MiB",
            "The longest value that a worker takes.",
            WORKER,
            CLUSTER),
    /** How long a request may take. */
    REQUEST_TIMEOUT(
            new Form.Seconds(50, 600_000),
            "2",
            "Seconds that a client's request may take.",
            CONTROLLER,
            WORKER,
            CLUSTER),
    /** How often a worker is heard. */
    HEARTBEAT_INTERVAL(
            new Form.Seconds(20, 60_000),
            "0.2",
            "Seconds between two heartbeats of a worker.",
            CONTROLLER,
            WORKER,
            CLUSTER),
    /** When a worker is down. */
    HEARTBEAT_TIMEOUT(
            new Form.Seconds(200, 3_600_000),
            "6",
            "Seconds without a heartbeat after which a worker is down and its replicas are replaced.",
            CONTROLLER,
            CLUSTER),
    /** How often the watcher runs. */
    CHECK_INTERVAL(
            new Form.Seconds(50, 3_600_000), "2", "Seconds between two looks at all workers.", CONTROLLER, CLUSTER),
    /** How log lines look. */
    LOG_FORMAT(
            new Form.Choice(List.of("text", "json")),
            "text",
            "How log lines are written: text, or json for one JSON object per line.",
            CONTROLLER,
            WORKER,
            CLUSTER),
    /** Which log lines are written. */
    LOG_LEVEL(
            new Form.Choice(List.of("error", "warn", "info", "debug", "trace")),
            "info",
            "The least severe log lines that are written.",
            CONTROLLER,
            WORKER,
            CLUSTER);

    private final String variable;
    private final Form form;
    private final String fallback;
    private final String description;
    private final Set<Role> roles;

    Setting(Form form, String fallback, String description, Role... roles) {
        this("", form, fallback, description, roles);
    }

    Setting(String variable, Form form, String fallback, String description, Role... roles) {
        this.variable = variable.isEmpty() ? name() : variable;
        this.form = form;
        this.fallback = fallback;
        this.description = description;
        this.roles = EnumSet.copyOf(Arrays.asList(roles));
    }

    /** The name in the environment and in a properties file, for example {@code WRITE_QUORUM}. */
    public String variable() {
        return variable;
    }

    /** The name on the command line, for example {@code --write-quorum}. */
    public String flag() {
        return "--" + variable.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How its value is written. */
    public Form form() {
        return form;
    }

    /** The default as it would be written; empty when the description says what holds then. */
    public String fallback() {
        return fallback;
    }

    /** One or two sentences for {@code --help}. */
    public String description() {
        return description;
    }

    /** Whether such a process has it. */
    public boolean isOf(Role role) {
        return roles.contains(role);
    }

    /** The settings of such a process, in the order of the table. */
    public static List<Setting> of(Role role) {
        return Arrays.stream(values()).filter(setting -> setting.isOf(role)).toList();
    }

    /** The setting with that variable. */
    public static Optional<Setting> named(String variable) {
        return Arrays.stream(values())
                .filter(setting -> setting.variable.equals(variable))
                .findFirst();
    }
}
