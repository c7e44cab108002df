package io.quorate.acceptance.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.simulation.history.Call;
import io.quorate.simulation.history.HistoryLines;
import io.quorate.simulation.history.Operation;
import io.quorate.simulation.history.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command line says of a recorded history. */
class HistoryCheckTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aHistoryThatOneOrderExplainsIsClean() throws IOException {
        assertThat(checked(history("key-1", "v1"))).isZero();
    }

    @Test
    void aReadThatWasChangedIsAViolation() throws IOException {
        assertThat(checked(history("key-1", "v0"))).isEqualTo(TortureMain.VIOLATION);
    }

    @Test
    void everyKeyThatIsWrongIsNamed() throws IOException {
        List<Operation> both = new ArrayList<>(history("key-1", "v0"));
        both.addAll(history("key-2", "v0"));
        both.addAll(history("key-3", "v1"));

        assertThat(HistoryCheck.of(written(both)).violations())
                .satisfiesExactly(
                        first -> assertThat(first).contains("key-1"),
                        second -> assertThat(second).contains("key-2"));
    }

    private int checked(List<Operation> history) throws IOException {
        CommandLine torture = TortureMain.commandLine();
        StringWriter printed = new StringWriter();
        torture.setOut(new PrintWriter(printed));
        return torture.execute("--check", written(history).toString());
    }

    private Path written(List<Operation> history) throws IOException {
        return Files.write(
                folder.resolve("history.jsonl"),
                history.stream().map(HistoryLines::line).toList());
    }

    /** Two writes one after the other, and a read after both. */
    private static List<Operation> history(String key, String seen) {
        long id = key.hashCode();
        Result applied = new Result.Applied(Optional.empty(), Optional.empty(), Optional.empty());
        return List.of(
                new Operation(id, "client-1", key, new Call.Put("v0"), 10, 20, applied),
                new Operation(id + 10, "client-1", key, new Call.Put("v1"), 30, 40, applied),
                new Operation(
                        id + 20,
                        "client-2",
                        key,
                        new Call.Read(),
                        50,
                        60,
                        new Result.ReadValue(Optional.of(seen), Optional.empty())));
    }
}
