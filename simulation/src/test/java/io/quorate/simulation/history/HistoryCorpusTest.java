package io.quorate.simulation.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small histories, each a story that its file name tells. */
class HistoryCorpusTest {
    private final LinearizabilityChecker checker = new LinearizabilityChecker(LinearizabilityChecker.DEFAULT_MAX_STEPS);

    static List<Path> good() {
        return stories("good");
    }

    static List<Path> bad() {
        return stories("bad");
    }

    @Test
    void thereAreStories() {
        assertThat(good()).hasSizeGreaterThanOrEqualTo(12);
        assertThat(bad()).hasSizeGreaterThanOrEqualTo(12);
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodHistoryIsLinearizable(Path story) {
        assertThat(checker.check(history(story))).isInstanceOf(Verdict.Linearizable.class);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBadHistoryIsExplained(Path story) {
        Verdict verdict = checker.check(history(story));
        assertThat(verdict).isInstanceOf(Verdict.NotLinearizable.class);
        Verdict.NotLinearizable explained = (Verdict.NotLinearizable) verdict;
        assertThat(explained.stuck()).isNotEmpty();
        assertThat(explained.explanation())
                .anyMatch(line -> line.contains(explained.stuck().getFirst().line()));
    }

    @ParameterizedTest
    @MethodSource({"good", "bad"})
    void aStoryIsTheSameAfterWritingAndReading(Path story) throws IOException {
        History history = history(story);
        StringWriter text = new StringWriter();
        HistoryLines.write(history, text);
        assertThat(HistoryLines.read(Reader.of(text.toString()))).isEqualTo(history);
    }

    private static History history(Path story) {
        try (Reader reader = Files.newBufferedReader(story)) {
            return HistoryLines.read(reader);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<Path> stories(String kind) {
        try {
            URI folder = Objects.requireNonNull(HistoryCorpusTest.class.getResource(kind), kind)
                    .toURI();
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                return files.sorted().toList();
            }
        } catch (IOException | URISyntaxException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
