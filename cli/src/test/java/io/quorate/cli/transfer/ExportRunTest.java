package io.quorate.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.quorate.api.Bytes;
import io.quorate.cli.client.AnswerRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an export writes, and that one which was interrupted anywhere is gone on with. */
@SuppressWarnings("NullAway.Init")
class ExportRunTest {
    private static final Patience THREE_TIMES = new Patience(3, 0, 0);

    private static final String LINES = """
            {"key":"a","value":"text","revision":"7-41"}
            {"key":"b\\n\\"é","value":"{}","contentType":"application/json","revision":"7-41"}
            {"key":"c","value":"","revision":"7-41","expiresMillis":1700000060000}
            {"key":"user:1","valueBase64":"/wA=","contentType":"image/png","revision":"7-41"}
            {"keyBase64":"/wA=","value":"v","revision":"7-41"}
            """;

    @TempDir
    Path root;

    private final FakeCluster cluster = new FakeCluster();
    private Path file;
    private Path folder;

    @BeforeEach
    void fill() {
        file = root.resolve("all.ndjson");
        folder = root.resolve("all");
        cluster.put(Bytes.utf8("a"), "{\"value\":\"text\"}");
        cluster.put(Bytes.utf8("b\n\"é"), "{\"value\":\"{}\",\"contentType\":\"application/json\"}");
        cluster.put(Bytes.utf8("c"), "{\"value\":\"\",\"expiresMillis\":1700000060000}");
        cluster.put(Bytes.utf8("user:1"), "{\"valueBase64\":\"/wA=\",\"contentType\":\"image/png\"}");
        cluster.put(Bytes.wrap(new byte[] {-1, 0}), "{\"value\":\"v\"}");
    }

    private long export(ExportTarget target, String prefix, boolean resume)
            throws AnswerRefusedException, IOException, TransferRefusedException {
        ExportRun run = new ExportRun(cluster, THREE_TIMES, keys -> {});
        try (target) {
            run.run(prefix, target, resume);
            return run.keys();
        }
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.toList()) {
                files.put(String.valueOf(each.getFileName()), Files.readString(each));
            }
        }
        return files;
    }

    private static Map<String, String> expectedFiles() {
        return new TreeMap<>(Map.of(
                "a",
                "{\"value\": \"text\", \"revision\": \"7-41\"}\n",
                "b%0A%22%C3%A9",
                "{\"value\": \"{}\", \"revision\": \"7-41\", \"contentType\": \"application/json\"}\n",
                "c",
                "{\"value\": \"\", \"revision\": \"7-41\", \"expires\": \"2023-11-14T22:14:20Z\"}\n",
                "user%3A1",
                "{\"valueBase64\": \"/wA=\", \"revision\": \"7-41\", \"contentType\": \"image/png\"}\n",
                "%FF%00",
                "{\"value\": \"v\", \"revision\": \"7-41\"}\n"));
    }

    private String[] names() throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.map(each -> String.valueOf(each.getFileName())).sorted().toArray(String[]::new);
        }
    }

    @Test
    void aFileHasOneObjectPerLine() throws Exception {
        assertThat(export(new LinesTarget(file), "", false)).isEqualTo(5);
        assertThat(file).hasContent(LINES);
        assertThat(names()).containsExactly("all.ndjson");
        assertThat(cluster.pages).isEqualTo(3);
    }

    @Test
    void aFolderHasOneFilePerKey() throws Exception {
        Files.createDirectory(folder);

        assertThat(export(new FolderTarget(folder), "", false)).isEqualTo(5);
        assertThat(files()).isEqualTo(expectedFiles());
        assertThat(names()).containsExactly("all");
    }

    @Test
    void onlyKeysWithThePrefixAreWritten() throws Exception {
        assertThat(export(new LinesTarget(file), "user", false)).isEqualTo(1);
        assertThat(export(new LinesTarget(root.resolve("none")), "other", false))
                .isZero();
        assertThat(Files.readString(file)).startsWith("{\"key\":\"user:1\"").hasLineCount(1);
        assertThat(root.resolve("none")).isEmptyFile();
    }

    @Test
    void theStandardOutputGetsTheSameLines() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        export(new StreamTarget(new PrintStream(out, false, StandardCharsets.US_ASCII)), "", false);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(LINES);
        assertThatExceptionOfType(TransferRefusedException.class)
                .isThrownBy(() -> export(new StreamTarget(new PrintStream(out)), "", true));
    }

    @Test
    void anOutputThatNobodyTakesEndsTheExport() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        };
        assertThatIOException().isThrownBy(() -> export(new StreamTarget(new PrintStream(closed)), "", false));
    }

    @Test
    void aFileIsGoneOnWithWhereverItWasInterrupted() throws Exception {
        for (int page = 0; page < 3; page++) {
            cluster.failsAt = page;
            assertThatExceptionOfType(AnswerRefusedException.class)
                    .isThrownBy(() -> export(new LinesTarget(file), "", false));
            assertThat(names()).containsExactly("all.ndjson.export-progress", "all.ndjson.part");
            // Half a line that was written when the process ended.
            Files.writeString(root.resolve("all.ndjson.part"), "{\"key\":\"x", StandardOpenOption.APPEND);

            cluster.failsAt = -1;
            cluster.pages = 0;
            assertThat(export(new LinesTarget(file), "", true)).isEqualTo(5);
            assertThat(cluster.pages).isEqualTo(3 - page);
            assertThat(file).hasContent(LINES);
            assertThat(names()).containsExactly("all.ndjson");
            Files.delete(file);
        }
    }

    @Test
    void aFolderIsGoneOnWithWhereverItWasInterrupted() throws Exception {
        for (int page = 0; page < 3; page++) {
            cluster.failsAt = page;
            assertThatExceptionOfType(AnswerRefusedException.class)
                    .isThrownBy(() -> export(new FolderTarget(folder), "", false));
            assertThat(names()).containsExactly("all.export-progress", "all.part");

            cluster.failsAt = -1;
            cluster.pages = 0;
            assertThat(export(new FolderTarget(folder), "", true)).isEqualTo(5);
            assertThat(cluster.pages).isEqualTo(3 - page);
            assertThat(files()).isEqualTo(expectedFiles());
            assertThat(names()).containsExactly("all");
            for (String name : files().keySet()) {
                Files.delete(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }

    @Test
    void anInterruptedExportIsBegunAnewUnlessItIsToBeGoneOnWith() throws Exception {
        cluster.failsAt = 1;
        assertThatExceptionOfType(AnswerRefusedException.class)
                .isThrownBy(() -> export(new LinesTarget(file), "", false));
        cluster.failsAt = -1;
        cluster.pages = 0;

        assertThat(export(new LinesTarget(file), "", false)).isEqualTo(5);
        assertThat(cluster.pages).isEqualTo(3);
        assertThat(file).hasContent(LINES);
    }

    @Test
    void theLastExportStaysUntilTheNextIsWhole() throws Exception {
        Files.writeString(file, "before");
        cluster.failsAt = 2;

        assertThatExceptionOfType(AnswerRefusedException.class)
                .isThrownBy(() -> export(new LinesTarget(file), "", false));
        assertThat(file).hasContent("before");
    }

    @Test
    void whatFailsForReasonsThatPassIsAskedAgain() throws Exception {
        cluster.failsAt = 1;
        cluster.failures = 2;
        cluster.failureStatus = 503;
        cluster.failure = FakeCluster.problem("no-leader", "not_applied");

        assertThat(export(new LinesTarget(file), "", false)).isEqualTo(5);
        assertThat(file).hasContent(LINES);
    }

    @Test
    void anAnswerThatIsNoPageIsNotTheEndOfTheKeys() {
        cluster.records.firstEntry().getValue().put("later", 1);
        assertThatExceptionOfType(AnswerRefusedException.class)
                .isThrownBy(() -> export(new LinesTarget(file), "", false))
                .withMessageContaining("not understood")
                .withMessageContaining("'later'");
    }

    @Test
    void whatIsInTheWayIsLeftAlone() throws Exception {
        refused(() -> new LinesTarget(Path.of("/dev/null")), "is no file");
        refused(() -> new LinesTarget(root), "is no file");
        refused(() -> new LinesTarget(Path.of("/")), "is no");
        refused(() -> new FolderTarget(root.getRoot()), "is");
        Files.writeString(root.resolve("all.ndjson.part"), "mine");
        refused(() -> export(new LinesTarget(file), "", false), "in the way");
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("mine"), "mine");
        refused(() -> new FolderTarget(folder), "is there already");
        assertThat(folder.resolve("mine")).hasContent("mine");
        assertThat(root.resolve("all.ndjson.part")).hasContent("mine");
    }

    @Test
    void onlyTheSameExportIsGoneOnWith() throws Exception {
        cluster.failsAt = 1;
        assertThatExceptionOfType(AnswerRefusedException.class)
                .isThrownBy(() -> export(new LinesTarget(file), "", false));
        cluster.failsAt = -1;

        refused(() -> export(new LinesTarget(file), "user", true), "with the prefix ''");
        Files.writeString(root.resolve("all.ndjson.part"), "");
        refused(() -> export(new LinesTarget(file), "", true), "shorter");
        Files.writeString(root.resolve("all.ndjson.export-progress"), "{");
        refused(() -> export(new LinesTarget(file), "", true), "begin without --resume");
        Files.writeString(root.resolve("all.ndjson.export-progress"), "{\"format\":2,\"prefix\":\"\"}");
        refused(() -> export(new LinesTarget(file), "", true), "another release");
        assertThat(export(new LinesTarget(file), "", false)).isEqualTo(5);
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable asked, String why) {
        assertThatExceptionOfType(TransferRefusedException.class)
                .isThrownBy(asked)
                .withMessageContaining(why);
    }
}
