package io.quorate.cli.transfer;

import io.quorate.api.KeyedRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file with one JSON object per line, which is whole or not there. Not thread-safe. */
public final class LinesTarget implements ExportTarget {
    private final PartialExport export;
    private @Nullable FileChannel file;
    private long bytes;

    /** The file, which is replaced if it is there. */
    public LinesTarget(Path goal) throws TransferRefusedException {
        this.export = PartialExport.of(goal);
        if (Files.exists(export.whole()) && !Files.isRegularFile(export.whole())) {
            throw new TransferRefusedException(
                    goal + " is no file: name one, - for the standard output, or a folder with --folder.");
        }
    }

    @Override
    public ExportProgress begin(String prefix, boolean resume) throws IOException, TransferRefusedException {
        ExportProgress begin = export.begin(prefix, resume);
        FileChannel opened = FileChannel.open(export.part(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        file = opened;
        if (opened.size() < begin.bytes()) {
            throw new TransferRefusedException(export.part() + " is shorter than it was: begin without --resume.");
        }
        opened.truncate(begin.bytes());
        opened.position(begin.bytes());
        bytes = begin.bytes();
        return begin;
    }

    @Override
    public long write(List<KeyedRecord> page) throws IOException {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(opened()), 1 << 16);
        for (KeyedRecord each : page) {
            byte[] line = RecordLine.of(each);
            out.write(line);
            bytes += line.length;
        }
        out.flush();
        return bytes;
    }

    @Override
    public void keep(ExportProgress progress) throws IOException {
        opened().force(true);
        export.keep(progress);
    }

    @Override
    public void finish() throws IOException {
        opened().force(true);
        opened().close();
        export.finish();
    }

    private FileChannel opened() throws IOException {
        if (file == null) {
            throw new IOException("not begun");
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
