package io.quorate.cli.transfer;

import io.quorate.api.KeyedRecord;
import java.io.IOException;
import java.util.List;

/** Where an export writes to. */
public interface ExportTarget extends AutoCloseable {
    /**
     * Opens it.
     *
     * @param prefix of the keys
     * @param resume whether to go on where an interrupted export ended, if there is one
     * @return where the export begins
     */
    ExportProgress begin(String prefix, boolean resume) throws IOException, TransferRefusedException;

    /** Writes a page; answers how many bytes of lines there are now. */
    long write(List<KeyedRecord> page) throws IOException;

    /** Makes what was written durable, and with it how far that is. */
    void keep(ExportProgress progress) throws IOException;

    /** Makes all that was written whole: it gets its name. */
    void finish() throws IOException;

    @Override
    void close() throws IOException;
}
