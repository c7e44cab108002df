package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.Sentence;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import io.quorate.cli.transfer.ExportRun;
import io.quorate.cli.transfer.ExportTarget;
import io.quorate.cli.transfer.FolderTarget;
import io.quorate.cli.transfer.LinesTarget;
import io.quorate.cli.transfer.Patience;
import io.quorate.cli.transfer.StreamTarget;
import io.quorate.cli.transfer.TransferRefusedException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quorate export}: the keys of a cluster into a file or a folder. */
@Command(
        name = "export",
        description = {
            "Writes the keys of the cluster, with values, content types and expiries, into a file of one JSON object"
                    + " per line, or into a folder of one JSON file per key.",
            "It is not a snapshot of one moment: what each partition adds to a page is read at one moment; a key that"
                    + " is there all the time is in it exactly once, one that comes or goes meanwhile may be.",
            "What it writes gets its name when it is whole; until then it is in FILE.part or DIR.part."
        })
public final class Export extends ClientVerb {
    @Mixin
    private TransferPlace place = new TransferPlace();

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Only keys that begin so. Default: all keys.")
    private String prefix = "";

    @Option(
            names = "--resume",
            description = "Goes on with an export that was interrupted; begins one where there is none.")
    private boolean resume;

    @Override
    void run(ClusterClient client, Output out) throws AnswerRefusedException, CommandRefusedException {
        place.check();
        KeysPace pace = new KeysPace(out);
        ExportRun run = new ExportRun(target -> client.anyWorker("GET", target), Patience.USUAL, pace);
        try (ExportTarget target = target()) {
            run.run(prefix, target, resume);
            pace.end();
        } catch (AnswerRefusedException refused) {
            pace.end();
            throw new CommandRefusedException(
                    refused.exitCode(),
                    stopped(run.keys()) + Sentence.ended(String.valueOf(refused.getMessage())) + again());
        } catch (TransferRefusedException refused) {
            throw new CommandRefusedException(ExitCode.USAGE, String.valueOf(refused.getMessage()));
        } catch (IOException e) {
            pace.end();
            throw new CommandRefusedException(stopped(run.keys()) + place.shown() + " cannot be written: "
                    + TransferPlace.reason(e) + "." + again());
        }
        if (place.isStandard()) {
            out.note(run.keys() + " keys written");
        } else {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put(place.isFolder() ? "folder" : "file", place.shown());
            json.put("keys", run.keys());
            out.print(run.keys() + " keys written to " + place.shown(), json);
        }
    }

    private ExportTarget target() throws IOException, TransferRefusedException, CommandRefusedException {
        if (place.isStandard()) {
            return new StreamTarget(System.out);
        }
        return place.isFolder() ? new FolderTarget(place.path()) : new LinesTarget(place.path());
    }

    private static String stopped(long keys) {
        return keys + " keys are exported, then: ";
    }

    private String again() {
        return place.isStandard() ? "" : " Go on with --resume.";
    }
}
