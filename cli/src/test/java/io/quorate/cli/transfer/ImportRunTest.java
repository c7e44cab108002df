package io.quorate.cli.transfer;

import static io.quorate.cli.transfer.FakeCluster.NOW_MILLIS;
import static io.quorate.cli.transfer.FakeCluster.problem;
import static io.quorate.cli.transfer.FakeCluster.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quorate.api.Bytes;
import io.quorate.api.Lifetime;
import io.quorate.cli.ExitCode;
import io.quorate.cli.transfer.ImportRun.Ending;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What an import sends, counts and ends with, and that one which was interrupted anywhere is gone on with. */
@SuppressWarnings("NullAway.Init")
class ImportRunTest {
    private static final Patience THREE_TIMES = new Patience(3, 0, 0);
    private static final ImportPlan PLAN = new ImportPlan("", false, false, false, false);
    private static final ImportPlan RESUME = new ImportPlan("", false, false, true, false);
    private static final ImportPlan ABSENT = new ImportPlan("", true, false, false, false);

    @TempDir
    Path root;

    private final FakeCluster cluster = new FakeCluster();
    private final List<String> notes = new ArrayList<>();
    private Path file;
    private Path progress;

    @BeforeEach
    void name() {
        file = root.resolve("in");
        progress = root.resolve("in.import-progress");
    }

    private Ending read(ImportPlan plan, ImportInput input) throws IOException, TransferRefusedException {
        return new ImportRun(plan, cluster, THREE_TIMES, () -> NOW_MILLIS, notes::add, keys -> {}).run(input);
    }

    private Ending read(ImportPlan plan) throws IOException, TransferRefusedException {
        return read(plan, new ImportInput.Lines(file));
    }

    private Ending read(ImportPlan plan, String... lines) throws IOException, TransferRefusedException {
        Files.writeString(file, String.join("\n", lines) + "\n");
        return read(plan);
    }

    private static String line(String key) {
        return "{\"key\":\"" + key + "\",\"value\":\"v\"}";
    }

    private static String[] lines(int count) {
        String[] lines = new String[count];
        for (int i = 0; i < count; i++) {
            lines[i] = line("k%04d".formatted(i));
        }
        return lines;
    }

    private static void ended(Ending ending, int exitCode, String counts) {
        assertThat(ending.counts().toString()).isEqualTo(counts);
        assertThat(ending.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void whatAnExportWroteIsStoredAsItWas() throws Exception {
        cluster.put(Bytes.utf8("a"), "{\"value\":\"text\"}");
        cluster.put(Bytes.utf8("b/ é"), "{\"value\":\"{}\",\"contentType\":\"application/json\"}");
        cluster.put(Bytes.utf8(".c"), "{\"value\":\"\",\"expiresMillis\":1700000060000}");
        cluster.put(Bytes.utf8("k".repeat(300)), "{\"valueBase64\":\"/wA=\",\"contentType\":\"image/png\"}");
        cluster.put(Bytes.wrap(new byte[] {-1, 0}), "{\"value\":\"v\"}");
        Map<Bytes, ObjectNode> before = new TreeMap<>(cluster.records);
        Path folder = root.resolve("folder");
        for (ExportTarget target : List.of(new LinesTarget(file), new FolderTarget(folder))) {
            new ExportRun(cluster, THREE_TIMES, keys -> {}).run("", target, false);
            target.close();
        }

        for (ImportInput input : List.of(new ImportInput.Lines(file), new ImportInput.Folder(folder))) {
            cluster.records.clear();
            ended(
                    read(PLAN, input),
                    ExitCode.DONE,
                    "5 written, 0 left out (0 expired, 0 there already, 0 malformed), 0 refused, 0 unknown");
            assertThat(cluster.records).isEqualTo(before);
        }
        assertThat(progress).doesNotExist();
    }

    @Test
    void batchesAreBoundedAndHaveDifferentKeys() throws Exception {
        read(PLAN, lines(300));
        assertThat(cluster.batches).containsExactly(128, 128, 44);

        cluster.batches.clear();
        String large = "{\"key\":\"%s\",\"value\":\"" + "v".repeat(600_000) + "\"}";
        read(PLAN, large.formatted("a"), large.formatted("b"), line("c"), line("c"), line("d"));
        assertThat(cluster.batches).containsExactly(1, 2, 2);
    }

    @Test
    void ofAKeyThatStandsThereTwiceTheLastValueStays() throws Exception {
        read(PLAN, line("a"), "{\"key\":\"a\",\"value\":\"last\"}");
        assertThat(cluster.records.get(Bytes.utf8("a"))).hasToString("{\"value\":\"last\"}");
    }

    @Test
    void theTimeThatIsLeftIsKeptAndWhatHasExpiredIsLeftOut() throws Exception {
        ended(
                read(
                        PLAN,
                        "{\"key\":\"past\",\"value\":\"v\",\"expiresMillis\":" + NOW_MILLIS + "}",
                        "{\"key\":\"soon\",\"value\":\"v\",\"expiresMillis\":" + (NOW_MILLIS + 1) + "}",
                        "{\"key\":\"late\",\"value\":\"v\",\"expiresMillis\":" + (Long.MAX_VALUE - 1) + "}"),
                ExitCode.DONE,
                "2 written, 1 left out (1 expired, 0 there already, 0 malformed), 0 refused, 0 unknown");
        assertThat(cluster.records.get(Bytes.utf8("soon")))
                .hasToString("{\"value\":\"v\",\"expiresMillis\":" + (NOW_MILLIS + 1) + "}");
        // The longest that a key can be given.
        assertThat(cluster.records.get(Bytes.utf8("late")))
                .hasToString("{\"value\":\"v\",\"expiresMillis\":" + (NOW_MILLIS + Lifetime.MAX_MILLIS) + "}");
    }

    @Test
    void onlyAbsentKeysAreWrittenWhenThatIsWanted() throws Exception {
        cluster.put(Bytes.utf8("a"), "{\"value\":\"mine\"}");
        ended(
                read(ABSENT, line("a"), line("b")),
                ExitCode.DONE,
                "1 written, 1 left out (0 expired, 1 there already, 0 malformed), 0 refused, 0 unknown");
        assertThat(cluster.records.get(Bytes.utf8("a"))).hasToString("{\"value\":\"mine\"}");
    }

    @Test
    void aPrefixIsPutBeforeEveryKey() throws Exception {
        ImportPlan plan = new ImportPlan("old:", false, false, false, true);
        ended(
                read(plan, line("a"), "{\"keyBase64\":\"/w==\",\"value\":1}", line("k".repeat(4_093))),
                ExitCode.DONE,
                "2 written, 1 left out (0 expired, 0 there already, 1 malformed), 0 refused, 0 unknown");
        assertThat(cluster.records.keySet())
                .containsExactly(Bytes.utf8("old:a"), Bytes.wrap(new byte[] {'o', 'l', 'd', ':', -1}));
        assertThat(notes).singleElement().asString().contains("line 3: with its prefix the key has 4097 bytes");
    }

    @Test
    void aMalformedLineStopsTheImportBeforeItsBatchAndIsGoneOnWithOnceMended() throws Exception {
        String[] lines = lines(300);
        lines[200] = "{\"key\":\"bad\"}";
        Ending ending = read(PLAN, lines);

        ended(
                ending,
                ExitCode.USAGE,
                "128 written, 0 left out (0 expired, 0 there already, 0 malformed), 0 refused, 0 unknown");
        assertThat(ending.stopped()).hasValue("line 201: exactly one of value and valueBase64 is needed");
        assertThat(cluster.records).hasSize(128);
        assertThat(progress).exists();

        lines[200] = line("mended");
        ended(
                read(RESUME, lines),
                ExitCode.DONE,
                "300 written, 0 left out (0 expired, 0 there already, 0 malformed), 0 refused, 0 unknown");
        assertThat(cluster.batches).containsExactly(128, 128, 44);
        assertThat(cluster.records).hasSize(300);
        assertThat(progress).doesNotExist();
    }

    @Test
    void malformedLinesAreLeftOutWhenThatIsWantedAndNotAllAreShown() throws Exception {
        String[] lines = new String[30];
        java.util.Arrays.fill(lines, "{}");
        lines[29] = line("a");
        ended(
                read(new ImportPlan("", false, false, false, true), lines),
                ExitCode.DONE,
                "1 written, 29 left out (0 expired, 0 there already, 29 malformed), 0 refused, 0 unknown");
        assertThat(notes).hasSize(21).last().isEqualTo("Further ones are not shown.");
        assertThat(notes).first().asString().startsWith("line 1: ");
    }

    @Test
    void aDryRunReadsAllAndWritesNothing() throws Exception {
        ended(
                read(new ImportPlan("", false, true, false, false), line("a"), "{}", line("b"), "x"),
                ExitCode.USAGE,
                "2 written, 2 left out (0 expired, 0 there already, 2 malformed), 0 refused, 0 unknown");
        assertThat(notes).hasSize(2);
        assertThat(cluster.batches).isEmpty();
        assertThat(progress).doesNotExist();
    }

    @Test
    void anImportIsGoneOnWithWhereverItWasInterrupted() throws Exception {
        for (int batch = 0; batch < 3; batch++) {
            cluster.failsAt = batch;
            cluster.failureStatus = 507;
            cluster.failure = problem("disk-full", "not_applied");
            Ending ending = read(PLAN, lines(300));
            assertThat(ending.exitCode()).isEqualTo(8);
            assertThat(ending.counts().written()).isEqualTo(128L * batch);
            assertThat(ending.stopped()).hasValue("line " + (128 * batch + 1) + ": Because.");

            cluster.failsAt = -1;
            cluster.batches.clear();
            ended(
                    read(RESUME),
                    ExitCode.DONE,
                    "300 written, 0 left out (0 expired, 0 there already, 0 malformed), 0 refused, 0 unknown");
            assertThat(cluster.batches).hasSize(3 - batch);
            assertThat(cluster.records).hasSize(300);
            assertThat(progress).doesNotExist();
            cluster.records.clear();
        }
    }

    @Test
    void onlyTheSameImportIsGoneOnWith() throws Exception {
        String[] lines = lines(300);
        lines[200] = "x";
        read(PLAN, lines);

        refused(new ImportPlan("p", false, false, true, false), "with --prefix-with ''");
        Files.writeString(file, String.join("\n", lines(300)).replace("k0127", "other"));
        refused(RESUME, "other lines");
        Files.writeString(file, line("a"));
        refused(RESUME, "other lines");
        Files.writeString(progress, "{");
        refused(RESUME, "begin without --resume");
        assertThat(read(PLAN).exitCode()).isZero();
        assertThat(progress).doesNotExist();
    }

    private void refused(ImportPlan plan, String why) {
        assertThatExceptionOfType(TransferRefusedException.class)
                .isThrownBy(() -> read(plan))
                .withMessageContaining(why);
    }

    @Test
    void whatFlowsInIsReadOnce() throws Exception {
        ImportInput flow =
                new ImportInput.Flow(new ByteArrayInputStream(line("a").getBytes(StandardCharsets.UTF_8)));
        assertThatExceptionOfType(TransferRefusedException.class).isThrownBy(() -> read(RESUME, flow));
        assertThat(read(PLAN, flow).counts().written()).isEqualTo(1);
    }

    @Test
    void whatFailsForReasonsThatPassIsSentAgainAndNothingElse() throws Exception {
        List<Integer> tries = new ArrayList<>();
        cluster.items = item -> {
            boolean second = item.orElseThrow().path("key").stringValue().equals("b");
            tries.add(second ? 1 : 0);
            return second && tries.stream().filter(each -> each == 1).count() < 3
                    ? Optional.of(told(504, problem("deadline", "unknown")))
                    : item;
        };
        ended(
                read(PLAN, line("a"), line("b"), line("c")),
                ExitCode.DONE,
                "3 written, 0 left out (0 expired, 0 there already, 0 malformed), 0 refused, 0 unknown");
        assertThat(cluster.batches).containsExactly(3, 1, 1);
    }

    @Test
    void whatMayHaveBeenWrittenOnceIsUnknownWhateverIsSaidLater() throws Exception {
        List<String> answers = new ArrayList<>(List.of("unknown"));
        cluster.items = item -> item.orElseThrow().path("key").stringValue().equals("a")
                ? item
                : Optional.of(
                        told(503, problem("no-quorum", answers.isEmpty() ? "not_applied" : answers.removeLast())));
        Ending ending = read(PLAN, line("a"), line("b"), line("c"));

        ended(
                ending,
                ExitCode.UNKNOWN,
                "1 written, 0 left out (0 expired, 0 there already, 0 malformed), 1 refused, 1 unknown");
        assertThat(ending.stopped()).hasValue("line 2: Because.");
        assertThat(cluster.batches).containsExactly(3, 2, 2);
    }

    @Test
    void aBatchThatNobodyTakesStopsTheImport() throws Exception {
        cluster.failsAt = 0;
        cluster.failureStatus = 503;
        cluster.failure = problem("no-leader", "not_applied");
        ended(
                read(PLAN, line("a"), line("b")),
                ExitCode.UNREACHED,
                "0 written, 0 left out (0 expired, 0 there already, 0 malformed), 2 refused, 0 unknown");
        assertThat(cluster.batches).containsExactly(2, 2, 2);
    }

    @Test
    void aRecordThatIsNotFitForTheClusterIsFoundAndTheOthersAreWritten() throws Exception {
        String[] lines = lines(100);
        ImportRun.Door door = body -> {
            if (body.contains("k0071") || body.contains("k0072")) {
                cluster.failsAt = 0;
                cluster.failure = problem("value-too-large", "not_applied");
            }
            try {
                return cluster.batch(body);
            } finally {
                cluster.failsAt = -1;
            }
        };
        Files.writeString(file, String.join("\n", lines));
        Ending ending = new ImportRun(PLAN, door, THREE_TIMES, () -> NOW_MILLIS, notes::add, keys -> {})
                .run(new ImportInput.Lines(file));
        ended(
                ending,
                ExitCode.USAGE,
                "98 written, 0 left out (0 expired, 0 there already, 0 malformed), 2 refused, 0 unknown");
        assertThat(notes).containsExactly("line 72: Because.", "line 73: Because.");
        assertThat(progress).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"false, 2, 0", "true, 0, 5"})
    void theFolderOfThePrototypeIsRead(boolean skips, int exitCode, int written) throws Exception {
        Path folder = Files.createDirectory(root.resolve("data"));
        Files.writeString(folder.resolve("mykey"), "{\"value\": \"hello\"}");
        Files.writeString(folder.resolve("a%2Fb%20c"), "{\"value\": \"h\\u00e9\"}");
        Files.writeString(folder.resolve(".hidden"), "{\"value\": \"dot\"}");
        Files.writeString(folder.resolve("pid"), "{\"value\": \"a key of this name\"}");
        Files.writeString(folder.resolve("n"), "{\"value\": 5}");
        Files.writeString(folder.resolve("process.json"), "{\"pid\": 1}");
        Files.writeString(folder.resolve("torn"), "{\"val");
        Files.createDirectory(folder.resolve(".quorate"));

        Ending ending =
                read(new ImportPlan("", false, false, false, skips), new ImportInput.Folder(Path.of(folder + "/")));
        assertThat(ending.exitCode()).isEqualTo(exitCode);
        assertThat(ending.counts().written()).isEqualTo(written);
        assertThat(cluster.records).hasSize(written);
        if (skips) {
            assertThat(cluster.records.get(Bytes.utf8("a/b c"))).hasToString("{\"value\":\"hé\"}");
            assertThat(cluster.records.get(Bytes.utf8("n"))).hasToString("{\"value\":\"5\"}");
        } else {
            assertThat(ending.stopped().orElseThrow()).startsWith("file torn: not the JSON of a record");
        }
    }

    @Test
    void aFolderIsGoneOnWithAfterTheLastNameThatWasWritten() throws Exception {
        Path folder = Files.createDirectory(root.resolve("in"));
        for (int i = 0; i < 300; i++) {
            Files.writeString(folder.resolve("k%03d".formatted(i)), "{\"value\": \"v\"}");
        }
        Files.writeString(folder.resolve("k200"), "");
        assertThat(read(PLAN, new ImportInput.Folder(folder)).stopped().orElseThrow())
                .startsWith("file k200: ");
        Files.writeString(folder.resolve("k200"), "{\"value\": \"mended\"}");

        ended(
                read(RESUME, new ImportInput.Folder(folder)),
                ExitCode.DONE,
                "300 written, 0 left out (0 expired, 0 there already, 0 malformed), 0 refused, 0 unknown");
        assertThat(cluster.batches).containsExactly(128, 128, 44);
        assertThat(progress).doesNotExist();
    }
}
