package io.quorate.cli.transfer;

import io.quorate.api.KeyedRecord;
import io.quorate.server.store.DurableFiles;
import io.quorate.server.store.RecordFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A folder with one JSON file per key, which is whole or not there. */
public final class FolderTarget implements ExportTarget {
    private final PartialExport export;

    /** The folder, which is not there yet or empty. */
    public FolderTarget(Path goal) throws IOException, TransferRefusedException {
        this.export = PartialExport.of(goal);
        if (Files.exists(export.whole()) && !isEmptyFolder(export.whole())) {
            throw new TransferRefusedException(goal + " is there already: name a folder that is not.");
        }
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            return !files.iterator().hasNext();
        }
    }

    @Override
    public ExportProgress begin(String prefix, boolean resume) throws IOException, TransferRefusedException {
        ExportProgress begin = export.begin(prefix, resume);
        Path part = export.part();
        if (begin.cursor().isEmpty()) {
            removeFiles(part);
        }
        Files.createDirectories(part);
        DurableFiles.syncFolder(TransferFile.folderOf(part));
        if (takesLettersForTheSame(part)) {
            throw new TransferRefusedException("The file system of " + part
                    + " does not tell capital letters from small ones, so one key's file would replace another's:"
                    + " export into a file instead.");
        }
        return begin;
    }

    private static void removeFiles(Path part) throws IOException {
        if (Files.isDirectory(part)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(part)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        }
    }

    private static boolean takesLettersForTheSame(Path part) throws IOException {
        Path other = part.resolveSibling(String.valueOf(part.getFileName()).toUpperCase(Locale.ROOT));
        return Files.exists(other) && Files.isSameFile(part, other);
    }

    @Override
    public long write(List<KeyedRecord> page) throws IOException {
        new RecordFolder(export.part()).write(page);
        return 0;
    }

    @Override
    public void keep(ExportProgress progress) throws IOException {
        export.keep(progress);
    }

    @Override
    public void finish() throws IOException {
        export.finish();
    }

    @Override
    public void close() {}
}
