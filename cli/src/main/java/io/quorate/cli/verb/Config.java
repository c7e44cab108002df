package io.quorate.cli.verb;

import io.quorate.api.Limits;
import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code quorate config}: the settings that belong to the cluster as a whole. */
@Command(
        name = "config",
        description = "Shows the settings that belong to the cluster as a whole.",
        subcommands = Config.Set.class)
public final class Config extends ClientVerb {
    @Override
    void run(ClusterClient client, Output out) throws AnswerRefusedException {
        print(client.controller("/admin/settings"), out);
    }

    private static void print(JsonNode settings, Output out) {
        out.print(
                "PARTITIONS=" + settings.path("partitions").asInt(0) + System.lineSeparator()
                        + "REPLICAS=" + settings.path("replicas").asInt(0) + System.lineSeparator()
                        + "WRITE_QUORUM=" + settings.path("writeQuorum").asInt(0),
                settings);
    }

    /** Changes one of them. */
    @Command(name = "set", description = "Changes a setting of the cluster: REPLICAS or WRITE_QUORUM.")
    public static final class Set extends ClientVerb {
        @Parameters(index = "0", paramLabel = "NAME", description = "REPLICAS or WRITE_QUORUM.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "VALUE", description = "A whole number from 1 to 7.")
        private String value = "";

        @Override
        void run(ClusterClient client, Output out) throws AnswerRefusedException, CommandRefusedException {
            print(client.post("/admin/settings", Map.of(member(), number())), out);
        }

        private String member() throws CommandRefusedException {
            return switch (name.toUpperCase(Locale.ROOT).replace('-', '_')) {
                case "REPLICAS" -> "replicas";
                case "WRITE_QUORUM" -> "writeQuorum";
                case "PARTITIONS" ->
                    throw new CommandRefusedException(ExitCode.USAGE, "PARTITIONS is fixed when a cluster is created.");
                default ->
                    throw new CommandRefusedException(
                            ExitCode.USAGE,
                            "'" + name
                                    + "' is no setting of the cluster: those are REPLICAS and WRITE_QUORUM. Others are"
                                    + " given to a process at its start.");
            };
        }

        private int number() throws CommandRefusedException {
            if (value.matches("\\d{1,3}")
                    && Integer.parseInt(value) >= 1
                    && Integer.parseInt(value) <= Limits.MAX_REPLICAS) {
                return Integer.parseInt(value);
            }
            throw new CommandRefusedException(
                    ExitCode.USAGE,
                    "'" + value + "' is no value for " + name + ": it must be a whole number from 1 to "
                            + Limits.MAX_REPLICAS + ".");
        }
    }
}
