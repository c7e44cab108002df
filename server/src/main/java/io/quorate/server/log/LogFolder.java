package io.quorate.server.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The folder in which a worker's log lives. One process at a time may use it; seeing to that is the caller's task. */
public final class LogFolder {
    private final Path folder;
    private final LogSettings settings;

    /** The folder need not exist. */
    public LogFolder(Path folder, LogSettings settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /**
     * Reads the log, telling the visitor every record that survived, and opens it for appends. Blocks until all is read.
     *
     * @throws IOException when the folder or its disk does not allow it; the log on disk is as it was
     */
    public RecoveredLog open(RecordVisitor visitor, LogListener listener) throws IOException {
        LogFiles files = DiskLogFiles.in(folder, settings.directWrites());
        LogOpening opening = new LogOpening(files, settings, listener, new SecureRandom()::nextLong);
        try {
            return opening.open(visitor, SegmentedLog::start);
        } catch (UncheckedIOException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    /**
     * Moves the files of a log that is not open into the folder {@code aside-<label>} in this one, so that the next
     * {@link #open} begins a new log. A crash in between does not leave half of it: the next {@code open} or {@code
     * setAside} finishes it.
     *
     * @param label tells it from others set aside here, such as the time: 1 to 100 letters, digits, '.', ':' or '-'
     * @return the folder in which the files are now
     */
    public Path setAside(String label) throws IOException {
        return folder.resolve(SetAside.move(DiskLogFiles.in(folder, DirectWrites.NEVER), label));
    }
}
