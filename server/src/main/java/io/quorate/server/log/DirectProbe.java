package io.quorate.server.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Finds out by trying whether a file system takes aligned writes that go around the page cache. */
final class DirectProbe {
    private static final String NAME = "direct-probe.tmp";

    private DirectProbe() {}

    /** The option to open the log's files with, if it works in this folder. */
    static Optional<OpenOption> workingIn(Path folder) throws IOException {
        Optional<OpenOption> direct = DirectOption.direct();
        return direct.isPresent() && works(folder, direct.get()) ? direct : Optional.empty();
    }

    private static boolean works(Path folder, OpenOption direct) throws IOException {
        Path file = folder.resolve(NAME);
        try {
            ByteBuffer page = BlockBuffer.aligned(BlockPrefix.ALIGNMENT_BYTES);
            try (FileChannel channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DSYNC,
                    direct)) {
                return channel.write(page, BlockPrefix.ALIGNMENT_BYTES) == BlockPrefix.ALIGNMENT_BYTES
                        && channel.read(page.clear(), BlockPrefix.ALIGNMENT_BYTES) == BlockPrefix.ALIGNMENT_BYTES;
            }
        } catch (IOException | UnsupportedOperationException notPossible) {
            return false;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
