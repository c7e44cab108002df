package io.quorate.server.log;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log in a folder of segments. Its threads run from {@link #start}; without them a test takes the steps itself. */
final class SegmentedLog implements SharedLog {
    private final LogSettings settings;
    private final LogFiles files;
    private final LogListener listener;
    private final LogCounters counters;
    private final SegmentCatalog catalog;
    private final PendingRecords pending;
    private final LogFailure failure;
    private final LogWriter writer;
    private final Housekeeping housekeeping;
    private final SegmentSupply supply;
    private final Wakeup writerWakeup = new Wakeup();
    private final Wakeup housekeepingWakeup = new Wakeup();
    private @Nullable LogThreads threads;

    SegmentedLog(LogStart start, LogFiles files, LogSettings settings, LogListener listener) {
        this.settings = settings;
        this.files = files;
        this.listener = listener;
        counters = start.counters();
        supply = start.supply();
        catalog = new SegmentCatalog(start.older(), start.info());
        pending = new PendingRecords(settings, start.info().lastSequence() + 1, writerWakeup::call);
        failure = new LogFailure(pending, listener);
        writer = new LogWriter(start, pending, catalog, housekeepingWakeup::call);
        housekeeping = new Housekeeping(catalog, supply, counters, writerWakeup::call);
    }

    void start() {
        threads = LogThreads.start(this, failure, writerWakeup, housekeepingWakeup);
    }

    /** One step of the writer: writes a block if there is one, and tells the listener. */
    LogWriter.Step writeOnce() throws IOException {
        LogWriter.Step step = writer.step();
        if (step == LogWriter.Step.WROTE) {
            listener.durable(writer.durableSequence());
        }
        return step;
    }

    /** One step of what happens behind the writer. */
    Housekeeping.Chore tidyOnce() {
        return housekeeping.step();
    }

    /** The last block, once nothing is pending. */
    void writeEnd() throws IOException {
        writer.close();
    }

    @Override
    public long append(Bytes record) {
        if (pending.pendingBytes() > settings.pendingLimitBytes()) {
            failure.report(new IOException("the log has " + pending.pendingBytes()
                    + " bytes waiting for the disk, more than " + settings.pendingLimitBytes()));
        }
        return pending.append(record);
    }

    @Override
    public boolean hasRoom() {
        return pending.hasRoom();
    }

    @Override
    public long durableSequence() {
        return writer.durableSequence();
    }

    @Override
    public List<SegmentInfo> segments() {
        return catalog.segments();
    }

    @Override
    public void release(long belowSequence) {
        if (catalog.release(belowSequence)) {
            housekeepingWakeup.call();
        }
    }

    @Override
    public LogStats stats() {
        return counters.read(pending.pendingBytes());
    }

    @Override
    public long freeBytes() {
        return files.freeBytes();
    }

    @Override
    public void close() {
        pending.refuse("the log is closed");
        if (threads != null) {
            threads.stop();
        }
        OpenSegment unused = supply.take();
        if (unused != null) {
            unused.abandon();
        }
    }
}
