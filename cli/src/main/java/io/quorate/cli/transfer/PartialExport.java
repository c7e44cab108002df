package io.quorate.cli.transfer;

import io.quorate.server.store.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an export writes until it is whole, beside the name that it then gets: {@code <name>.part}, and in
 * {@code <name>.export-progress} how far it is.
 *
 * @param whole the name, absolute
 */
record PartialExport(Path whole) {
    static PartialExport of(Path goal) throws TransferRefusedException {
        Path whole = goal.toAbsolutePath().normalize();
        if (whole.getFileName() == null) {
            throw new TransferRefusedException(goal + " is no name that an export can have.");
        }
        return new PartialExport(whole);
    }

    Path part() {
        return beside(".part");
    }

    private TransferFile<ExportProgress> progress() {
        return new TransferFile<>(beside(".export-progress"), ExportProgress.class);
    }

    private Path beside(String end) {
        return whole.resolveSibling(whole.getFileName() + end);
    }

    /** Where to begin: where an interrupted export ended, if that is wanted and there is one, else at the start. */
    ExportProgress begin(String prefix, boolean resume) throws IOException, TransferRefusedException {
        ExportProgress start = ExportProgress.start(prefix);
        boolean progressed = Files.exists(progress().path());
        if (Files.exists(part()) && !progressed) {
            throw new TransferRefusedException(part() + " is in the way, and not of an export: move it away.");
        }
        if (!Files.exists(part()) || !resume) {
            progress().keep(start);
            return start;
        }
        ExportProgress kept = progress().kept().orElse(start);
        if (kept.format() != ExportProgress.FORMAT) {
            throw new TransferRefusedException(progress().path() + " is of another release: begin without --resume.");
        }
        if (!kept.prefix().equals(prefix)) {
            throw new TransferRefusedException("The export in " + part() + " is of the keys with the prefix '"
                    + kept.prefix() + "': go on with that, or begin without --resume.");
        }
        return kept;
    }

    void keep(ExportProgress progress) throws IOException {
        progress().keep(progress);
    }

    /** Gives what is on disk its name. */
    void finish() throws IOException {
        DurableFiles.move(part(), whole);
        DurableFiles.syncFolder(TransferFile.folderOf(whole));
        progress().forget();
    }
}
