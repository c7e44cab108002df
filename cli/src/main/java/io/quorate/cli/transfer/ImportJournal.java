package io.quorate.cli.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Keeps beside what is imported how far that is, in {@code <name>.import-progress}. Not thread-safe. */
final class ImportJournal {
    private static final long KEEP_EVERY_MILLIS = 500;

    private final ImportInput input;
    private final Optional<TransferFile<ImportProgress>> file;
    private final LongSupplier clockMillis;
    private final Consumer<String> notes;
    private long keptMillis;
    private boolean broken;

    /**
     * @param input what is imported
     * @param path where, if its progress is to be kept
     */
    ImportJournal(ImportInput input, Optional<Path> path, LongSupplier clockMillis, Consumer<String> notes) {
        this.input = input;
        this.file = path.map(at -> at.toAbsolutePath().normalize())
                .filter(at -> at.getFileName() != null)
                .map(at -> at.resolveSibling(at.getFileName() + ".import-progress"))
                .map(at -> new TransferFile<>(at, ImportProgress.class));
        this.clockMillis = clockMillis;
        this.notes = notes;
    }

    /** Where to begin: where an import was interrupted, if that is wanted and there is one, else at the start. */
    ImportProgress begin(ImportProgress start, boolean resume) throws IOException, TransferRefusedException {
        if (file.isEmpty()) {
            if (resume) {
                throw new TransferRefusedException("What flows in cannot be gone on with: name a file or a folder.");
            }
            return start;
        }
        if (!resume) {
            forget();
            return start;
        }
        ImportProgress kept = file.get().kept().orElse(start);
        String path = file.get().path() + " ";
        if (kept.format() != ImportProgress.FORMAT) {
            throw new TransferRefusedException(path + "is of another release: begin without --resume.");
        }
        if (!kept.keyPrefix().equals(start.keyPrefix())) {
            throw new TransferRefusedException(path + "is of an import with --prefix-with '" + kept.keyPrefix()
                    + "': go on with that, or begin without --resume.");
        }
        if (kept.place().bytes() > 0 && !input.before(kept.place()).equals(kept.before())) {
            throw new TransferRefusedException(path
                    + "is of other lines than the file begins with now: begin without --resume if it has changed.");
        }
        return kept;
    }

    /** Keeps how far it is, unless that was done a moment ago. */
    void passed(ImportProgress progress) {
        if (clockMillis.getAsLong() - keptMillis >= KEEP_EVERY_MILLIS) {
            keep(progress);
        }
    }

    /** Keeps how far it is; where nothing can be written, the import goes on without. */
    void keep(ImportProgress progress) {
        keptMillis = clockMillis.getAsLong();
        if (file.isEmpty() || broken) {
            return;
        }
        try {
            file.get().keep(progress.with(input.before(progress.place())));
        } catch (IOException e) {
            broken = true;
            notes.accept("How far it is cannot be kept (" + e + "): --resume will not go on from here.");
        }
    }

    /** It is done. */
    void forget() throws IOException {
        if (file.isPresent() && Files.exists(file.get().path())) {
            file.get().forget();
        }
    }
}
