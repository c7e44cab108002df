package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.Sentence;
import io.quorate.cli.client.ClusterClient;
import io.quorate.cli.transfer.ImportInput;
import io.quorate.cli.transfer.ImportPlan;
import io.quorate.cli.transfer.ImportRun;
import io.quorate.cli.transfer.Patience;
import io.quorate.cli.transfer.TransferRefusedException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quorate import}: the keys of a file or a folder into a cluster. */
@Command(
        name = "import",
        description = {
            "Puts what an export wrote, or what the data folder of the Python prototype or of STORAGE=json holds, into"
                    + " the cluster: values, content types and the time that is left until they expire.",
            "It is not atomic: what it wrote before it stopped stays written. It may be run again, as it puts the same"
                    + " values again."
        })
public final class Import extends ClientVerb {
    @Mixin
    private TransferPlace place = new TransferPlace();

    @Option(names = "--prefix-with", paramLabel = "TEXT", description = "Puts this before every key.")
    private String keyPrefix = "";

    @Option(names = "--if-absent", description = "Only keys that do not exist.")
    private boolean onlyAbsent;

    @Option(names = "--dry-run", description = "Reads all of it and writes nothing.")
    private boolean dryRun;

    @Option(
            names = "--resume",
            description = "Goes on with an import that was interrupted; begins one where there is none.")
    private boolean resume;

    @Option(
            names = "--skip-bad",
            description = "Leaves out what is no record. Default: stops before the batch that it would be in.")
    private boolean skipMalformed;

    @Override
    void run(ClusterClient client, Output out) throws CommandRefusedException {
        place.check();
        if (dryRun && resume) {
            throw new CommandRefusedException(ExitCode.USAGE, "--dry-run reads all of it: leave --resume out.");
        }
        ImportPlan plan = new ImportPlan(keyPrefix, onlyAbsent, dryRun, resume, skipMalformed);
        KeysPace pace = new KeysPace(out);
        ImportRun run = new ImportRun(plan, client::batch, Patience.USUAL, System::currentTimeMillis, out::note, pace);
        ImportRun.Ending ending;
        try {
            ending = run.run(input());
        } catch (TransferRefusedException refused) {
            throw new CommandRefusedException(ExitCode.USAGE, String.valueOf(refused.getMessage()));
        } catch (IOException e) {
            throw new CommandRefusedException(
                    ExitCode.USAGE, place.shown() + " cannot be read: " + TransferPlace.reason(e) + ".");
        } finally {
            pace.end();
        }
        Map<String, Object> json = ending.counts().json();
        ending.stopped().ifPresent(why -> json.put("stopped", why));
        out.print((dryRun ? "Nothing is written; it would be: " : "") + ending.counts(), json);
        if (ending.exitCode() != ExitCode.DONE) {
            throw new CommandRefusedException(ending.exitCode(), ended(ending.stopped()));
        }
    }

    private ImportInput input() throws CommandRefusedException {
        if (place.isStandard()) {
            return new ImportInput.Flow(System.in);
        }
        return place.isFolder() ? new ImportInput.Folder(place.path()) : new ImportInput.Lines(place.path());
    }

    private String ended(Optional<String> stopped) {
        return stopped.map(why -> "The import stopped at " + Sentence.ended(why)
                        + (place.isStandard() ? "" : " Go on with --resume."))
                .orElse("Some records are not fit for the cluster; they are named above.");
    }
}
