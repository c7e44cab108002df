package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.cluster.ClusterControl;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code quorate down}: everything of a cluster stops; its data stays. */
@Command(name = "down", description = "Stops everything of a cluster; its data stays.")
public final class Down implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws CommandRefusedException {
        String line = new ClusterControl(data.folder()).down();
        output.print(line, Map.of("line", line));
        return ExitCode.DONE;
    }
}
