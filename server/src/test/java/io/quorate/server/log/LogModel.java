package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.util.TreeMap;

/** A log on a disk that forgets, beside what it must not forget. */
final class LogModel {
    private final FaultyLogFiles files = new FaultyLogFiles();
    private final LogRig rig = new LogRig(files);
    private final TreeMap<Long, Bytes> appended = new TreeMap<>();
    private long promised;
    private long released;
    private int opened;

    FaultyLogFiles files() {
        return files;
    }

    LogRig rig() {
        return rig;
    }

    int timesOpened() {
        return opened;
    }

    /** Opens the log, which must be whole, and compares what was read with what was promised. */
    void open() throws IOException {
        RecoveredLog recovered = rig.open();
        assertThat(recovered).isInstanceOf(RecoveredLog.Clean.class);
        RecoveredLog.Clean clean = (RecoveredLog.Clean) recovered;
        opened++;
        long last = clean.lastSequence();
        assertThat(last).as("durable records are there").isGreaterThanOrEqualTo(promised());
        assertThat(clean.firstSequence())
                .as("no record is gone that was not released")
                .isLessThanOrEqualTo(Math.max(1, released));
        long next = clean.firstSequence();
        for (var read : rig.read().entrySet()) {
            assertThat(read.getKey()).as("no gap").isEqualTo(next++);
            assertThat(read.getValue()).as("record %d", read.getKey()).isEqualTo(appended.get(read.getKey()));
        }
        assertThat(next).isEqualTo(last + 1);
        appended.tailMap(last, false).clear();
        promised = last;
        assertThat(rig.log().durableSequence()).isEqualTo(last);
    }

    void append(Bytes record) {
        long sequence = rig.log().append(record);
        assertThat(appended.put(sequence, record)).isNull();
        assertThat(sequence).isEqualTo(appended.size() == 1 ? sequence : appended.lowerKey(sequence) + 1);
    }

    /** Writes what can be written. */
    void flush() throws IOException {
        LogWriter.Step step = rig.log().writeOnce();
        while (step == LogWriter.Step.WROTE
                || (step == LogWriter.Step.STARVED && rig.log().tidyOnce() == Housekeeping.Chore.DONE)) {
            step = rig.log().writeOnce();
        }
    }

    void release(long below) {
        rig.log().release(below);
        released = Math.max(released, below);
    }

    /** Up to where records were reported durable or read. */
    long promised() {
        return Math.max(promised, rig.durable());
    }
}
