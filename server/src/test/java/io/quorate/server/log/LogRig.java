package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A log whose threads are the test itself, with what was read from it and what it reported. */
final class LogRig implements LogListener {
    static final long IDENTITY = 0x1234_5678_9ABC_DEF0L;
    static final LogSettings SMALL = new LogSettings(32 << 10, 8 << 10, 12_000, 1 << 20, 1, DirectWrites.WHEN_POSSIBLE);

    private final LogFiles files;
    private final LogSettings settings;
    private final long identity;
    private final TreeMap<Long, Bytes> read = new TreeMap<>();
    private final List<Throwable> failures = new ArrayList<>();
    private @Nullable SegmentedLog log;
    private long durable;

    LogRig(LogFiles files) {
        this(files, SMALL);
    }

    LogRig(LogFiles files, LogSettings settings) {
        this(files, settings, IDENTITY);
    }

    LogRig(LogFiles files, LogSettings settings, long identity) {
        this.files = files;
        this.settings = settings;
        this.identity = identity;
    }

    /** Opens the log; what is read replaces what was read before. */
    RecoveredLog open() throws IOException {
        read.clear();
        log = null;
        LogOpening opening = new LogOpening(files, settings, this, () -> identity);
        return opening.open(
                (sequence, record) -> assertThat(read.put(sequence, record)).isNull(), opened -> log = opened);
    }

    RecoveredLog.Clean openClean() throws IOException {
        RecoveredLog recovered = open();
        assertThat(recovered).isInstanceOf(RecoveredLog.Clean.class);
        return (RecoveredLog.Clean) recovered;
    }

    SegmentedLog log() {
        return Objects.requireNonNull(log);
    }

    /** What the visitor was told at the last opening. */
    NavigableMap<Long, Bytes> read() {
        return read;
    }

    List<Throwable> failures() {
        return failures;
    }

    /** The greatest sequence number reported durable. */
    long durable() {
        return durable;
    }

    /** Appends one record and makes it a block of its own. */
    long write(Bytes record) throws IOException {
        long sequence = log().append(record);
        flush();
        return sequence;
    }

    /** Writes all that is pending, with housekeeping whenever the writer needs it. */
    void flush() throws IOException {
        LogWriter.Step step = log().writeOnce();
        while (step != LogWriter.Step.IDLE) {
            if (step == LogWriter.Step.STARVED) {
                assertThat(log().tidyOnce()).isEqualTo(Housekeeping.Chore.DONE);
            }
            step = log().writeOnce();
        }
    }

    void tidy() {
        for (Housekeeping.Chore chore = Housekeeping.Chore.DONE; chore == Housekeeping.Chore.DONE; ) {
            chore = log().tidyOnce();
        }
    }

    @Override
    public void durable(long sequence) {
        assertThat(sequence).isGreaterThanOrEqualTo(durable);
        durable = sequence;
    }

    @Override
    public void failed(Throwable cause) {
        failures.add(cause);
    }

    /** A record whose bytes tell its place: the same for the same seed and length. */
    static Bytes record(long seed, int length) {
        byte[] bytes = new byte[length];
        long state = seed * 0x9E37_79B9_7F4A_7C15L + 1;
        for (int i = 0; i < length; i++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            bytes[i] = (byte) state;
        }
        return Bytes.wrap(bytes);
    }
}
