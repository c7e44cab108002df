package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The log on the disk that the build runs on: a temporary folder of the system may be one in memory. */
class DiskLogTest {
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final TreeMap<Long, Bytes> read = new TreeMap<>();
    private Path folder = Path.of("target");

    @BeforeEach
    void makeFolder() throws IOException {
        Path target = Files.createDirectories(Path.of("target"));
        folder = Files.createTempDirectory(target, "log");
    }

    @AfterEach
    void removeFolder() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void recordsSurviveRestartsOnARealDisk(DirectWrites writes) throws IOException {
        LogSettings settings = LogSettings.standard().withSegmentBytes(8 << 20).withDirectWrites(writes);
        for (int restart = 0; restart < 3; restart++) {
            SharedLog log = open(settings, restart * 3_000L);
            for (int i = 1; i <= 3_000; i++) {
                long sequence = restart * 3_000L + i;
                assertThat(log.append(record(sequence))).isEqualTo(sequence);
            }
            assertThat(restart == 0 || read.size() == restart * 3_000).isTrue();
            log.close();
            assertThat(log.durableSequence()).isEqualTo(restart * 3_000L + 3_000);
        }
        open(settings, 9_000).close();
        read.forEach((sequence, record) -> assertThat(record).isEqualTo(record(sequence)));
        assertThat(failure).hasNullValue();
    }

    @ParameterizedTest
    @EnumSource
    void theLongestRecordsPassAndReleasedSegmentsAreUsedAgain(DirectWrites writes) throws IOException {
        LogSettings settings = LogSettings.standard().withSegmentBytes(8 << 20).withDirectWrites(writes);
        SharedLog log = open(settings, 0);
        for (long sequence = 1; sequence <= 12; sequence++) {
            log.append(LogRig.record(sequence, SharedLog.MAX_RECORD_BYTES));
            await(log, sequence);
            log.release(sequence - 1);
        }
        log.close();
        assertThat(log.stats().segmentsRecycled()).isPositive();
        assertThat(log.freeBytes()).isPositive();

        open(settings, 12).close();

        assertThat(read.firstKey()).isGreaterThan(1);
        read.forEach((sequence, record) ->
                assertThat(record).isEqualTo(LogRig.record(sequence, SharedLog.MAX_RECORD_BYTES)));
    }

    @ParameterizedTest
    @EnumSource
    void aLogOfOneModeIsReadInTheOther(DirectWrites writes) throws IOException {
        LogSettings settings = LogSettings.standard().withSegmentBytes(8 << 20);
        SharedLog log = open(settings.withDirectWrites(writes), 0);
        log.append(Bytes.utf8("a"));
        log.close();
        for (DirectWrites other : DirectWrites.values()) {
            open(settings.withDirectWrites(other), 1).close();
            assertThat(read.values()).containsExactly(Bytes.utf8("a"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFolderSetAsideMakesRoomForANewLog(DirectWrites writes) throws IOException {
        LogSettings settings = LogSettings.standard().withSegmentBytes(8 << 20).withDirectWrites(writes);
        SharedLog log = open(settings, 0);
        log.append(Bytes.utf8("a"));
        log.close();

        Path aside = new LogFolder(folder, settings).setAside("1");

        assertThat(aside)
                .isDirectoryContaining(path -> path.getFileName().toString().startsWith("segment-"));
        open(settings, 0).close();
        assertThat(read).isEmpty();
    }

    private SharedLog open(LogSettings settings, long expectedLast) throws IOException {
        read.clear();
        RecoveredLog recovered = new LogFolder(folder, settings).open(read::put, new LogListener() {
            @Override
            public void durable(long sequence) {}

            @Override
            public void failed(Throwable cause) {
                failure.set(cause);
            }
        });
        assertThat(recovered).isInstanceOf(RecoveredLog.Clean.class);
        RecoveredLog.Clean clean = (RecoveredLog.Clean) recovered;
        assertThat(clean.lastSequence()).isEqualTo(expectedLast);
        return clean.log();
    }

    private static void await(SharedLog log, long sequence) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (log.durableSequence() < sequence && System.nanoTime() < deadline) {
            LockSupport.parkNanos(200_000);
        }
        assertThat(log.durableSequence()).isEqualTo(sequence);
    }

    private static Bytes record(long sequence) {
        return LogRig.record(sequence, 1 + (int) (sequence * 31 % 900));
    }
}
