package io.quorate.server.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from its folder and judges whether it is whole.
 *
 * <p>A segment whose first block is intact says where in the chain of blocks it begins; blocks with that number or
 * greater ones in older segments are superseded by it. Segments without an intact first block may only follow the others:
 * the next one is made ready before it is needed.
 */
final class LogScan {
    private final LogFiles files;
    private final RecordVisitor visitor;
    private final ReadWindow window;
    private @Nullable ChainReader chain;

    LogScan(LogFiles files, RecordVisitor visitor, ReadWindow window) {
        this.files = files;
        this.visitor = visitor;
        this.window = window;
    }

    /** Reads everything and tells the visitor each record; what it was told is void unless the log is whole. */
    ScanResult scan() throws IOException {
        try {
            List<String> names = files.names();
            List<SegmentStart> starts = new ArrayList<>();
            for (long use : SegmentNames.segments(names)) {
                try (SegmentReader segment = new SegmentReader(files, use, window)) {
                    ScanResult.Unusable unusable = check(segment, use);
                    if (unusable != null) {
                        return unusable;
                    }
                    starts.add(new SegmentStart(use, segment.sizeBytes(), segment.intactBlock(0)));
                }
            }
            return starts.isEmpty() ? withoutSegments(names) : withSegments(starts);
        } catch (UnreadableException cannot) {
            return ScanResult.corrupt(
                    cannot.segment(), cannot.offsetBytes(), chain, 0, String.valueOf(cannot.getMessage()));
        }
    }

    private static ScanResult.@Nullable Unusable check(SegmentReader segment, long use) throws UnreadableException {
        String name = SegmentNames.segment(use);
        if (!segment.isWholePages()) {
            return ScanResult.corrupt(name, segment.sizeBytes(), null, 0, "the file has lost its end");
        }
        BlockPrefix prefix = segment.prefix(0);
        if (prefix != null && prefix.use() == use && prefix.version() != BlockFormatV1.VERSION) {
            return ScanResult.refused(name, prefix.version());
        }
        return null;
    }

    private ScanResult withoutSegments(List<String> names) {
        List<Long> spares = SegmentNames.spares(names);
        return spares.isEmpty()
                ? new ScanResult.New(List.of())
                : ScanResult.corrupt(SegmentNames.spare(spares.getLast()), 0, null, 0, "all segments are missing");
    }

    private ScanResult withSegments(List<SegmentStart> starts) throws IOException {
        List<SegmentStart> begun =
                starts.stream().filter(start -> start.first() != null).toList();
        List<SegmentStart> unused = starts.subList(begun.size(), starts.size());
        if (begun.isEmpty()) {
            return neverBegun(unused);
        }
        if (!begun.equals(starts.subList(0, begun.size()))) {
            SegmentStart damaged = starts.stream()
                    .filter(start -> start.first() == null)
                    .findFirst()
                    .orElseThrow();
            long known = SegmentChain.firstBlock(begun.getLast()).lastSequence();
            return ScanResult.corrupt(damaged.name(), 0, null, known, "the segment's first block does not read back");
        }
        chain = new ChainReader(SegmentChain.firstBlock(begun.getFirst()), visitor);
        return new SegmentChain(files, window, chain, begun).read(unused);
    }

    /** Only the very first block of a new log may be missing, and it is no longer than 4 KiB. */
    private ScanResult neverBegun(List<SegmentStart> unused) throws IOException {
        for (SegmentStart start : unused) {
            try (SegmentReader segment = new SegmentReader(files, start.use(), window)) {
                long at = segment.header(0) == null ? BlockPrefix.ALIGNMENT_BYTES : 0;
                while (!segment.endsBefore(at) && segment.isBlank(at)) {
                    at += BlockPrefix.ALIGNMENT_BYTES;
                }
                if (!segment.endsBefore(at)) {
                    return ScanResult.corrupt(start.name(), at, null, 0, "no segment's first block reads back");
                }
            }
        }
        return new ScanResult.New(unused.stream().map(SegmentStart::use).toList());
    }
}
