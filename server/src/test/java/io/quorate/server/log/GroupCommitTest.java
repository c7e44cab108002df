package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    @Test
    void whatArrivesWhileABlockIsWrittenBecomesOneBlock() throws Exception {
        GatedFiles files = new GatedFiles();
        CountDownLatch all = new CountDownLatch(1);
        LogListener listener = new LogListener() {
            @Override
            public void durable(long sequence) {
                if (sequence == 1_001) {
                    all.countDown();
                }
            }

            @Override
            public void failed(Throwable cause) {
                throw new AssertionError(cause);
            }
        };
        LogSettings settings = LogSettings.standard().withSegmentBytes(8 << 20);
        RecoveredLog recovered =
                new LogOpening(files, settings, listener, () -> 1).open((sequence, record) -> {}, SegmentedLog::start);
        SharedLog log = ((RecoveredLog.Clean) recovered).log();

        files.waiting.drainPermits();
        files.gate.drainPermits();
        log.append(Bytes.utf8("first"));
        assertThat(files.waiting.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 1_000; i++) {
            log.append(LogRig.record(i, 100));
        }
        assertThat(log.durableSequence()).isZero();
        files.gate.release(Integer.MAX_VALUE / 2);

        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        LogStats stats = log.stats();
        assertThat(stats.syncs()).isEqualTo(2);
        assertThat(stats.recordsWritten()).isEqualTo(1_001);
        assertThat(stats.bytesWritten()).isEqualTo(4_096 + BlockPrefix.aligned(68 + 1_000 * 104));
        log.close();
        assertThat(log.stats().pendingBytes()).isZero();
    }

    @Test
    void closingWritesWhatIsPending() throws Exception {
        GatedFiles files = new GatedFiles();
        LogRig rig = new LogRig(files);
        RecoveredLog recovered = new LogOpening(files, LogRig.SMALL, rig, () -> LogRig.IDENTITY)
                .open((sequence, record) -> {}, SegmentedLog::start);
        SharedLog log = ((RecoveredLog.Clean) recovered).log();
        for (int i = 1; i <= 500; i++) {
            log.append(LogRig.record(i, 1_000));
        }
        log.close();

        assertThat(log.durableSequence()).isEqualTo(500);
        assertThat(rig.durable()).isEqualTo(500);
        assertThat(rig.failures()).isEmpty();
        rig.openClean();
        assertThat(rig.read()).hasSize(500);
        rig.read().forEach((sequence, record) -> assertThat(record).isEqualTo(LogRig.record(sequence, 1_000)));
    }

    /** Files whose syncs wait until they may go on. */
    private static final class GatedFiles implements LogFiles {
        final Semaphore gate = new Semaphore(1 << 20);
        final Semaphore waiting = new Semaphore(0);
        private final MemoryLogFiles files = new MemoryLogFiles();

        @Override
        public List<String> names() {
            return files.names();
        }

        @Override
        public SegmentFile open(String name) throws IOException {
            return new GatedFile(files.open(name));
        }

        @Override
        public SegmentFile create(String name) {
            return files.create(name);
        }

        @Override
        public void rename(String name, String newName) throws IOException {
            files.rename(name, newName);
        }

        @Override
        public void delete(String name) {
            files.delete(name);
        }

        @Override
        public void createFolder(String name) {
            files.createFolder(name);
        }

        @Override
        public void sync() {}

        @Override
        public long freeBytes() {
            return -1;
        }

        private final class GatedFile implements SegmentFile {
            private final SegmentFile file;

            GatedFile(SegmentFile file) {
                this.file = file;
            }

            @Override
            public long sizeBytes() throws IOException {
                return file.sizeBytes();
            }

            @Override
            public void read(ByteBuffer target, long position) throws IOException {
                file.read(target, position);
            }

            @Override
            public void write(ByteBuffer source, long position) throws IOException {
                file.write(source, position);
            }

            @Override
            public void sync() throws IOException {
                waiting.release();
                gate.acquireUninterruptibly();
                file.sync();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        }
    }
}
