package io.quorate.server.metadata;

import io.quorate.api.Bytes;
import io.quorate.core.controller.MetadataLog;
import io.quorate.core.controller.MetadataLog.ProposalOutcome.Committed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A process that commits commands and writes down which, until it is killed. */
final class KilledController {
    static final long SNAPSHOT_EVERY_ENTRIES = 50;
    private static final int IN_FLIGHT = 8;
    private static final int PADDING_BYTES = 6_000;

    private KilledController() {}

    static String command(int number) {
        return number + "-" + "x".repeat(PADDING_BYTES);
    }

    static MetadataLogSettings settings(Path folder, int port) {
        List<ControllerPeer> peers = List.of(new ControllerPeer("c1", "127.0.0.1", port));
        return RatisGroups.settings(folder, "c1", peers, SNAPSHOT_EVERY_ENTRIES);
    }

    /** Arguments: the log's folder, its port, and the file to note the numbers of committed commands in. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path noted = Path.of(arguments[2]);
        RecordingListener listener = new RecordingListener();
        MetadataLog log = RatisGroups.open(settings(Path.of(arguments[0]), Integer.parseInt(arguments[1])), listener);
        Eventually.holds("it is active", () -> log.activity().active());
        Semaphore room = new Semaphore(IN_FLIGHT);
        for (int number = listener.commands().size(); true; number++) {
            int current = number;
            room.acquire();
            log.propose(Bytes.utf8(command(current)), outcome -> {
                if (outcome instanceof Committed) {
                    note(noted, current);
                }
                room.release();
            });
        }
    }

    private static void note(Path file, int number) {
        try {
            Files.writeString(file, number + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
