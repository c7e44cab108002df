package io.quorate.cli.transfer;

import io.quorate.cli.ExitCode;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.transfer.BatchSource.Batch;
import io.quorate.cli.transfer.BatchSource.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;

/** Writes what a file or folder holds into a cluster, batch by batch, so that one batch at a time is in memory. */
public final class ImportRun {
    /** The most records of which it is told why they were not written. */
    static final int MAX_NOTES = 20;

    private final ImportPlan plan;
    private final BatchWrites writes;
    private final LongSupplier clockMillis;
    private final Consumer<String> notes;
    private final LongConsumer progress;
    private int noted;

    /** Who takes batches. */
    public interface Door {
        /** What is answered to a {@code POST /batch} with this body. */
        JsonNode batch(String body) throws AnswerRefusedException;
    }

    /**
     * How it ended.
     *
     * @param stopped why before the end of what it reads
     */
    public record Ending(ImportCounts counts, int exitCode, Optional<String> stopped) {}

    /**
     * @param clockMillis milliseconds since 1970
     * @param notes is told, in lines, what is not written and why
     * @param progress is told how many records have their outcome
     */
    public ImportRun(
            ImportPlan plan,
            Door door,
            Patience patience,
            LongSupplier clockMillis,
            Consumer<String> notes,
            LongConsumer progress) {
        this.plan = plan;
        this.writes = new BatchWrites(door, patience, clockMillis, plan.onlyAbsent());
        this.clockMillis = clockMillis;
        this.notes = notes;
        this.progress = progress;
    }

    /** Writes it. */
    public Ending run(ImportInput input) throws IOException, TransferRefusedException {
        Optional<Path> kept = plan.dryRun() ? Optional.empty() : input.path();
        ImportJournal journal = new ImportJournal(input, kept, clockMillis, notes);
        ImportProgress done = journal.begin(ImportProgress.start(plan.keyPrefix()), plan.resume());
        try (RecordSource source = input.open(done.place())) {
            BatchSource batches = new BatchSource(source, done.place(), plan, clockMillis, this::note);
            boolean more = true;
            while (more) {
                Batch batch = batches.next();
                if (batch.malformed().isPresent()) {
                    journal.keep(done);
                    return new Ending(done.counts(), ExitCode.USAGE, batch.malformed());
                }
                List<Fate> fates = fates(batch);
                ImportProgress then = done.at(batch.after(), counts(batch, fates));
                Optional<String> stopped = stopped(batch, fates);
                if (stopped.isPresent()) {
                    journal.keep(done);
                    return new Ending(then.counts(), stoppedCode(fates), stopped);
                }
                done = then;
                journal.passed(done);
                progress.accept(done.counts().total());
                more = !batch.isLast();
            }
        }
        journal.forget();
        boolean wrong = done.counts().refused() > 0 || (done.counts().malformed() > 0 && !plan.skipMalformed());
        return new Ending(done.counts(), wrong ? ExitCode.USAGE : ExitCode.DONE, Optional.empty());
    }

    private List<Fate> fates(Batch batch) {
        if (batch.items().isEmpty() || plan.dryRun()) {
            return Collections.nCopies(batch.items().size(), new Fate.Written());
        }
        return writes.write(batch.items().stream().map(Item::record).toList());
    }

    private ImportCounts counts(Batch batch, List<Fate> fates) {
        ImportCounts counts = batch.passed();
        for (int i = 0; i < fates.size(); i++) {
            counts = counts.plus(ImportCounts.of(fates.get(i)));
            if (fates.get(i) instanceof Fate.Refused(int _, String detail)) {
                note(batch.items().get(i).where() + ": " + detail);
            }
        }
        return counts;
    }

    private static Optional<String> stopped(Batch batch, List<Fate> fates) {
        for (int i = 0; i < fates.size(); i++) {
            if (fates.get(i) instanceof Fate.Undone(int _, boolean _, String detail)) {
                return Optional.of(batch.items().get(i).where() + ": " + detail);
            }
        }
        return Optional.empty();
    }

    private static int stoppedCode(List<Fate> fates) {
        List<Fate.Undone> undone = fates.stream()
                .filter(Fate.Undone.class::isInstance)
                .map(Fate.Undone.class::cast)
                .toList();
        return undone.stream().anyMatch(Fate.Undone::unknown)
                ? ExitCode.UNKNOWN
                : undone.getFirst().exitCode();
    }

    private void note(String line) {
        noted++;
        if (noted <= MAX_NOTES) {
            notes.accept(line);
        } else if (noted == MAX_NOTES + 1) {
            notes.accept("Further ones are not shown.");
        }
    }
}
