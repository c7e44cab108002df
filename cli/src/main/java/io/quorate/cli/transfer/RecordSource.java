package io.quorate.cli.transfer;

import java.io.IOException;
import java.util.Optional;

/** Where an import reads from, one after the other. */
public interface RecordSource extends AutoCloseable {
    /**
     * Where a reading ended.
     *
     * @param number how many lines or files were read
     * @param bytes of a file with lines: how many they have
     * @param name of a folder: the last name that was read
     */
    record Place(long number, long bytes, String name) {
        /** Before everything. */
        public static final Place START = new Place(0, 0, "");
    }

    /**
     * A line or file.
     *
     * @param where it is, for people
     * @param after where the next one is
     */
    record Read(String where, Reading reading, Place after) {}

    /** The next one, after the last empty. */
    Optional<Read> next() throws IOException;

    @Override
    void close() throws IOException;
}
