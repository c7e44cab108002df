package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogFilesContractTest {
    @TempDir
    private Path temporary;

    enum Kind {
        DISK_DIRECT,
        DISK_THROUGH_CACHE,
        MEMORY,
        FAULTY
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsRead(Kind kind) throws IOException {
        LogFiles files = files(kind);
        ByteBuffer written = page(1);
        try (SegmentFile file = files.create("a")) {
            file.write(page(2), 4_096);
            file.write(written, 0);
            file.sync();
            assertThat(written.hasRemaining()).isFalse();
            assertThat(file.sizeBytes()).isEqualTo(8_192);
        }
        try (SegmentFile file = files.open("a")) {
            ByteBuffer both = BlockBuffer.aligned(8_192);
            file.read(both, 0);
            assertThat(both.flip().slice(0, 4_096)).isEqualTo(page(1));
            assertThat(both.slice(4_096, 4_096)).isEqualTo(page(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOpenFileIsWrittenInPlace(Kind kind) throws IOException {
        LogFiles files = files(kind);
        try (SegmentFile file = files.create("a")) {
            file.write(page(1), 0);
            file.write(page(2), 4_096);
            file.sync();
        }
        try (SegmentFile file = files.open("a")) {
            file.write(page(3), 4_096);
            file.sync();
            ByteBuffer read = BlockBuffer.aligned(4_096);
            file.read(read, 4_096);
            assertThat(read.flip()).isEqualTo(page(3));
            assertThat(file.sizeBytes()).isEqualTo(8_192);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readingBeyondTheEndIsAnError(Kind kind) throws IOException {
        LogFiles files = files(kind);
        try (SegmentFile file = files.create("a")) {
            file.write(page(1), 0);
            file.sync();
        }
        try (SegmentFile file = files.open("a")) {
            assertThatThrownBy(() -> file.read(BlockBuffer.aligned(8_192), 0)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesAreThoseOfFilesAndFolders(Kind kind) throws IOException {
        LogFiles files = files(kind);
        assertThat(files.names()).isEmpty();
        create(files, "b", 1);
        create(files, "a", 2);
        files.createFolder("c");
        files.createFolder("c");
        files.sync();

        assertThat(files.names()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @ParameterizedTest
    @EnumSource
    void creatingReplacesWhatWasThere(Kind kind) throws IOException {
        LogFiles files = files(kind);
        create(files, "a", 1);
        files.create("a").close();

        try (SegmentFile file = files.open("a")) {
            assertThat(file.sizeBytes()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void renamedFilesKeepTheirContentAndReplaceOthers(Kind kind) throws IOException {
        LogFiles files = files(kind);
        create(files, "a", 1);
        create(files, "b", 2);
        files.rename("a", "b");
        files.sync();

        assertThat(files.names()).containsExactly("b");
        assertThat(firstPage(files, "b")).isEqualTo(page(1));
        assertThatThrownBy(() -> files.rename("a", "c")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aFileStaysOpenWhileItIsRenamed(Kind kind) throws IOException {
        LogFiles files = files(kind);
        create(files, "a", 1);
        try (SegmentFile file = files.open("a")) {
            files.rename("a", "b");
            file.write(page(2), 0);
            file.sync();
        }
        assertThat(firstPage(files, "b")).isEqualTo(page(2));
    }

    @ParameterizedTest
    @EnumSource
    void filesMoveIntoFoldersAndFoldersGetOtherNames(Kind kind) throws IOException {
        LogFiles files = files(kind);
        create(files, "a", 1);
        files.createFolder("c");
        files.rename("a", "c/a");
        files.sync();
        files.rename("c", "d");
        files.sync();

        assertThat(files.names()).containsExactly("d");
    }

    @ParameterizedTest
    @EnumSource
    void deletedFilesAreGone(Kind kind) throws IOException {
        LogFiles files = files(kind);
        create(files, "a", 1);
        files.delete("a");
        files.sync();

        assertThat(files.names()).isEmpty();
        assertThatThrownBy(() -> files.open("a")).isInstanceOf(IOException.class);
    }

    private LogFiles files(Kind kind) throws IOException {
        return switch (kind) {
            case DISK_DIRECT -> DiskLogFiles.in(temporary.resolve("made/on/demand"), DirectWrites.WHEN_POSSIBLE);
            case DISK_THROUGH_CACHE -> DiskLogFiles.in(temporary.resolve("log"), DirectWrites.NEVER);
            case MEMORY -> new MemoryLogFiles();
            case FAULTY -> new FaultyLogFiles();
        };
    }

    private static void create(LogFiles files, String name, int seed) throws IOException {
        try (SegmentFile file = files.create(name)) {
            file.write(page(seed), 0);
            file.sync();
        }
    }

    private static ByteBuffer firstPage(LogFiles files, String name) throws IOException {
        try (SegmentFile file = files.open(name)) {
            ByteBuffer page = BlockBuffer.aligned(4_096);
            file.read(page, 0);
            return page.flip();
        }
    }

    private static ByteBuffer page(int seed) {
        Bytes content = LogRig.record(seed, 4_096);
        ByteBuffer page = BlockBuffer.aligned(4_096);
        content.putTo(page);
        return page.flip();
    }
}
