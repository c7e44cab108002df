package io.quorate.cli.transfer;

import io.quorate.api.KeyedRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** One JSON object per line to whatever the process is connected to. */
public final class StreamTarget implements ExportTarget {
    private final PrintStream out;
    private long bytes;

    public StreamTarget(PrintStream out) {
        this.out = out;
    }

    @Override
    public ExportProgress begin(String prefix, boolean resume) throws TransferRefusedException {
        if (resume) {
            throw new TransferRefusedException("What goes to the standard output cannot be gone on with: name a file.");
        }
        return ExportProgress.start(prefix);
    }

    @Override
    public long write(List<KeyedRecord> page) throws IOException {
        for (KeyedRecord each : page) {
            byte[] line = RecordLine.of(each);
            out.write(line, 0, line.length);
            bytes += line.length;
        }
        if (out.checkError()) {
            throw new IOException("nobody takes what is written any more");
        }
        return bytes;
    }

    @Override
    public void keep(ExportProgress progress) {}

    @Override
    public void finish() {}

    @Override
    public void close() {}
}
