package io.quorate.server.log;

import io.quorate.server.log.ChainReader.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Opens the log in a folder: reads it, cuts what a crash left unfinished, and begins a new segment.
 *
 * <p>The last block is written again as the first of the new segment. So it is on disk even if it was only in a cache
 * when it was read, the cut bytes behind it are superseded for good before anybody is told what survived, and no segment
 * of before a restart is ever written to again. Only then are segments recycled that hold nothing else.
 */
final class LogOpening {
    private final LogFiles files;
    private final LogSettings settings;
    private final LogListener listener;
    private final LongSupplier newIdentity;
    private final LogCounters counters = new LogCounters();
    private final ReadWindow window = new ReadWindow();

    /** {@code newIdentity} gives the random number of a log that is begun. */
    LogOpening(LogFiles files, LogSettings settings, LogListener listener, LongSupplier newIdentity) {
        this.files = files;
        this.settings = settings;
        this.listener = listener;
        this.newIdentity = newIdentity;
    }

    /** Tells the visitor every record, then hands the log, if it is whole, to {@code starting}. */
    RecoveredLog open(RecordVisitor visitor, Consumer<SegmentedLog> starting) throws IOException {
        SetAside.finish(files);
        return switch (new LogScan(files, visitor, window).scan()) {
            case ScanResult.Unusable unusable -> unusable.outcome();
            case ScanResult.New created -> opened(begin(created), 1, 0, starting);
            case ScanResult.Whole whole ->
                opened(goOn(whole), whole.segments().getFirst().firstSequence(), whole.tornBytes(), starting);
        };
    }

    private RecoveredLog opened(LogStart start, long firstSequence, long tornBytes, Consumer<SegmentedLog> starting) {
        SegmentedLog log = new SegmentedLog(start, files, settings, listener);
        starting.accept(log);
        return new RecoveredLog.Clean(log, firstSequence, start.info().lastSequence(), tornBytes);
    }

    private LogStart begin(ScanResult.New created) throws IOException {
        for (long use : created.unused()) {
            files.delete(SegmentNames.segment(use));
        }
        BlockBuffer first = new BlockBuffer(BlockPrefix.ALIGNMENT_BYTES);
        first.reset(1);
        return start(supply(), first, newIdentity.getAsLong(), 1, List.of());
    }

    private LogStart goOn(ScanResult.Whole whole) throws IOException {
        BlockBuffer copy = copyOf(whole.last());
        if (whole.last().offset() == 0) {
            writeAgain(whole.last(), copy);
        }
        SegmentSupply supply = supply();
        for (long use : whole.unused()) {
            supply.recycle(use);
        }
        List<SegmentInfo> older = new ArrayList<>(whole.segments());
        List<Long> superseded = new ArrayList<>(whole.superseded());
        SegmentInfo newest = older.removeLast();
        if (whole.last().offset() == 0) {
            superseded.add(newest.use());
        } else {
            older.add(newest.reaching(copy.firstSequence() - 1));
        }
        BlockHeader last = whole.last().header();
        LogStart start = start(supply, copy, last.identity(), last.number(), older);
        for (long use : superseded) {
            supply.recycle(use);
        }
        return start;
    }

    private BlockBuffer copyOf(Place last) throws IOException {
        int blockBytes = last.header().blockBytes();
        if (blockBytes > settings.segmentBytes()) {
            throw new IOException("the log's last block takes " + blockBytes + " bytes, more than a segment of "
                    + settings.segmentBytes() + ": set a greater segment size. Nothing was changed");
        }
        BlockBuffer copy = new BlockBuffer(blockBytes);
        try (SegmentReader segment = new SegmentReader(files, last.use(), window)) {
            segment.copy(last.header(), last.offset(), copy);
        }
        return copy;
    }

    /**
     * A segment's only block may have been read from a cache that does not survive. Were it lost once the next segment
     * has begun, its segment would look damaged until it is recycled.
     */
    private void writeAgain(Place only, BlockBuffer copy) throws IOException {
        BlockHeader header = only.header();
        try (SegmentFile file = files.open(SegmentNames.segment(only.use()))) {
            file.write(copy.seal(only.use(), header.identity(), header.number(), header.durableNumber()), 0);
            file.sync();
        }
    }

    private SegmentSupply supply() throws IOException {
        List<String> names = files.names();
        for (long use : SegmentNames.fillings(names)) {
            files.delete(SegmentNames.filling(use));
        }
        files.sync(); // what an earlier process left undecided is decided before new files get names
        return new SegmentSupply(files, settings, counters, SegmentNames.nextUse(names), SegmentNames.spares(names));
    }

    private LogStart start(SegmentSupply supply, BlockBuffer first, long identity, long number, List<SegmentInfo> older)
            throws IOException {
        supply.prepare();
        OpenSegment segment = Objects.requireNonNull(supply.take());
        segment.write(first.seal(segment.use(), identity, number, number - 1));
        SegmentInfo info =
                new SegmentInfo(segment.use(), first.firstSequence(), first.lastSequence(), segment.sizeBytes());
        return new LogStart(identity, number, segment, info, older, supply, counters);
    }
}
