package io.quorate.acceptance.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFolderWithSomethingElseInItIsLeftAlone() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine"), "kept");

        assertThatThrownBy(() -> Leftovers.remove(folder)).hasMessageContaining("--data");

        assertThat(mine).hasContent("kept");
    }

    @Test
    void theFolderOfAnEarlierRunIsEmptied() throws IOException {
        Leftovers.remove(folder);
        Files.createDirectories(folder.resolve("w1/data"));
        Files.writeString(folder.resolve("w1/data/log"), "old");
        Leftovers.none(folder);

        Leftovers.remove(folder);

        assertThat(folder.resolve("w1")).doesNotExist();
    }

    @Test
    void theFolderOfARunThatGoesOnIsLeftAlone() {
        Leftovers.remove(folder);

        assertThatThrownBy(() -> Leftovers.remove(folder)).hasMessageContaining("runs in");
    }
}
