package io.quorate.cli.verb;

import io.quorate.cli.cluster.ClusterFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The folder of the cluster that a verb is about. */
public final class DataFolderOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "quorate-data",
            description = "The cluster's folder. Default: ./quorate-data.")
    private Path root = Path.of("quorate-data");

    ClusterFolder folder() {
        return new ClusterFolder(root);
    }
}
