package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.cluster.ClusterControl;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stop}, {@code start}, {@code kill}, {@code pause} and {@code resume}: one part of a cluster. */
public final class PartVerbs {
    private PartVerbs() {}

    /** What all of them share. */
    abstract static class OfPart implements Callable<Integer> {
        @Mixin
        private Output output = new Output();

        @Mixin
        private DataFolderOption data = new DataFolderOption();

        @Parameters(paramLabel = "ID", description = "The part, for example w2 or c1.")
        private String id = "";

        abstract String tell(ClusterControl cluster, String part) throws CommandRefusedException;

        @Override
        public Integer call() throws CommandRefusedException {
            String line = tell(new ClusterControl(data.folder()), id);
            output.print(line, Map.of("id", id, "line", line));
            return ExitCode.DONE;
        }
    }

    /** Stops it in order. */
    @Command(name = "stop", description = "Stops a part in order.")
    public static final class Stop extends OfPart {
        @Override
        String tell(ClusterControl cluster, String part) throws CommandRefusedException {
            return cluster.stop(part);
        }
    }

    /** Starts it again. */
    @Command(name = "start", description = "Starts a part that does not run.")
    public static final class Start extends OfPart {
        @Override
        String tell(ClusterControl cluster, String part) throws CommandRefusedException {
            return cluster.start(part);
        }
    }

    /** Ends it at once. */
    @Command(name = "kill", description = "Ends a part at once, as a crash would (SIGKILL); needs up --processes.")
    public static final class Kill extends OfPart {
        @Override
        String tell(ClusterControl cluster, String part) throws CommandRefusedException {
            return cluster.kill(part);
        }
    }

    /** Suspends it. */
    @Command(name = "pause", description = "Suspends a part (SIGSTOP); needs up --processes.")
    public static final class Pause extends OfPart {
        @Override
        String tell(ClusterControl cluster, String part) throws CommandRefusedException {
            return cluster.pause(part);
        }
    }

    /** Lets it go on. */
    @Command(name = "resume", description = "Lets a paused part go on (SIGCONT); needs up --processes.")
    public static final class Resume extends OfPart {
        @Override
        String tell(ClusterControl cluster, String part) throws CommandRefusedException {
            return cluster.resume(part);
        }
    }
}
