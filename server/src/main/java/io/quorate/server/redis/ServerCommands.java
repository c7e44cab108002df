package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.port.WorkerService.WorkerStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Commands about the server. */
final class ServerCommands {
    /** The Redis of which clients find the commands here, as far as they are there. */
    static final String REDIS_VERSION = "7.4.0";

    private static final String LINE = "\r\n";
    private static final long MICROS = 1_000;
    private static final long MILLIS = 1_000;

    private ServerCommands() {}

    static List<CommandSpec> all() {
        return List.of(
                CommandSpec.plain("INFO", -1, Family.SERVER, "Tells about this worker.", ServerCommands::info),
                CommandSpec.plain("CONFIG", -2, Family.SERVER, "Tells some settings.", ServerCommands::config),
                CommandSpec.plain(
                        "TIME",
                        1,
                        Family.SERVER,
                        "Returns the time.",
                        (arguments, session) -> new Prepared.Immediate(ServerCommands::time)));
    }

    private static Reply time() {
        long millis = System.currentTimeMillis();
        return new Reply.Many(List.of(
                Reply.bulk(Long.toString(millis / MILLIS)), Reply.bulk(Long.toString(millis % MILLIS * MICROS))));
    }

    private static Prepared info(Arguments arguments, Session session) {
        List<String> wanted = arguments.from(1).stream()
                .map(each -> Arguments.word(each).toLowerCase(Locale.ROOT))
                .toList();
        return new Prepared.Alone((cluster, ledger, whenDone) -> {
            StringBuilder text = new StringBuilder();
            sections(cluster, session).forEach((name, lines) -> {
                boolean asked = wanted.isEmpty()
                        || wanted.contains(name)
                        || wanted.contains("all")
                        || wanted.contains("default")
                        || wanted.contains("everything");
                if (asked) {
                    text.append("# ")
                            .append(name.substring(0, 1).toUpperCase(Locale.ROOT))
                            .append(name.substring(1));
                    text.append(LINE);
                    lines.forEach((member, value) ->
                            text.append(member).append(':').append(value).append(LINE));
                    text.append(LINE);
                }
            });
            whenDone.accept(new Reply.Text(text.toString()));
        });
    }

    private static Map<String, Map<String, Object>> sections(Cluster cluster, Session session) {
        WorkerStatus status = cluster.status();
        ClusterMap map = cluster.map();
        SessionRegistry registry = session.registry();
        SequencedMap<String, Map<String, Object>> sections = new java.util.LinkedHashMap<>();
        sections.put(
                "server",
                new TreeMap<>(Map.of(
                        "redis_version",
                        REDIS_VERSION,
                        "redis_mode",
                        "standalone",
                        "server_name",
                        "quorate",
                        "quorate_worker",
                        status.worker(),
                        "tcp_port",
                        session.settings().port())));
        sections.put("clients", Map.of("connected_clients", registry.all().size()));
        sections.put(
                "stats",
                new TreeMap<>(Map.of(
                        "total_connections_received", registry.opened(),
                        "total_commands_processed", registry.commands())));
        sections.put("replication", Map.of("role", "master", "connected_slaves", Math.max(0, map.replicas() - 1)));
        sections.put(
                "quorate",
                new TreeMap<>(Map.of(
                        "partitions", map.partitions(),
                        "partitions_held", status.partitionsHeld(),
                        "partitions_led", status.partitionsLed(),
                        "replicas", map.replicas(),
                        "write_quorum", map.writeQuorum(),
                        "map_version", map.version())));
        return sections;
    }

    private static Prepared config(Arguments arguments, Session session) throws RefusedException {
        if (!arguments.word(1).equals("GET")) {
            throw Errors.subcommand("CONFIG", arguments.at(1));
        }
        if (arguments.count() < 3) {
            throw Errors.arity("config|get");
        }
        Map<String, String> values = new TreeMap<>(Map.of(
                "appendonly", "yes",
                "databases", "1",
                "maxclients", Integer.toString(RedisLimits.STANDARD.connections()),
                "maxmemory", "0",
                "maxmemory-policy", "noeviction",
                "port", Integer.toString(session.settings().port()),
                "proto-max-bulk-len", Integer.toString(session.settings().maxValueBytes()),
                "save", "",
                "timeout", "0"));
        List<Glob> patterns = arguments.from(2).stream()
                .map(each -> new Glob(Bytes.utf8(Arguments.word(each).toLowerCase(Locale.ROOT))))
                .toList();
        return Prepared.known(new Reply.Pairs(values.entrySet().stream()
                .filter(each -> patterns.stream().anyMatch(pattern -> pattern.fits(Bytes.utf8(each.getKey()))))
                .map(each -> ConnectionCommands.pair(each.getKey(), Reply.bulk(each.getValue())))
                .toList()));
    }
}
