package io.quorate.server.log;

import io.quorate.server.log.ChainReader.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The segments whose first blocks are intact, read as one chain. */
final class SegmentChain {
    private final LogFiles files;
    private final ReadWindow window;
    private final ChainReader chain;
    private final List<SegmentStart> starts;
    private final LogTail tail;
    private final List<SegmentInfo> kept = new ArrayList<>();
    private final List<Long> superseded = new ArrayList<>();

    SegmentChain(LogFiles files, ReadWindow window, ChainReader chain, List<SegmentStart> starts) {
        this.files = files;
        this.window = window;
        this.chain = chain;
        this.starts = starts;
        tail = new LogTail(firstBlock(starts.getFirst()).identity(), chain);
    }

    static BlockHeader firstBlock(SegmentStart start) {
        return Objects.requireNonNull(start.first());
    }

    /** Reads all records, then looks behind the end and through the unused segments for proof of missing ones. */
    ScanResult read(List<SegmentStart> unused) throws IOException {
        for (int i = 0; i < starts.size(); i++) {
            SegmentStart following = i + 1 < starts.size() ? starts.get(i + 1) : null;
            ScanResult.Unusable hole = readSegment(starts.get(i), following);
            if (hole != null) {
                return hole;
            }
        }
        for (SegmentStart start : unused) {
            try (SegmentReader segment = new SegmentReader(files, start.use(), window)) {
                tail.examine(segment, 0);
            }
        }
        Place last = Objects.requireNonNull(chain.last());
        BlockHeader proof = tail.proof();
        if (proof != null) {
            long end = last.offset() + last.header().blockBytes();
            return ScanResult.corrupt(
                    SegmentNames.segment(last.use()),
                    end,
                    chain,
                    proof.lastSequence(),
                    "block " + chain.nextNumber() + " does not read back, but block " + proof.number()
                            + " was written when it was durable");
        }
        List<Long> unusedUses = unused.stream().map(SegmentStart::use).toList();
        return new ScanResult.Whole(kept, superseded, unusedUses, last, tail.tornBytes());
    }

    private ScanResult.@Nullable Unusable readSegment(SegmentStart start, @Nullable SegmentStart following)
            throws IOException {
        BlockHeader own = firstBlock(start);
        if (own.identity() != firstBlock(starts.getFirst()).identity()) {
            return ScanResult.corrupt(start.name(), 0, chain, 0, "the segment belongs to another log");
        }
        if (own.number() != chain.nextNumber()) {
            return gap(start, 0, own);
        }
        long before = following == null ? Long.MAX_VALUE : firstBlock(following).number();
        try (SegmentReader segment = new SegmentReader(files, start.use(), window)) {
            long end = chain.read(segment, start.use(), before);
            if (following == null) {
                tail.examine(segment, end);
            } else if (chain.nextNumber() < before) {
                return gap(start, end, firstBlock(following));
            }
        }
        if (own.number() < before) {
            kept.add(new SegmentInfo(start.use(), own.firstSequence(), chain.nextSequence() - 1, start.sizeBytes()));
        } else {
            superseded.add(start.use());
        }
        return null;
    }

    private ScanResult.Unusable gap(SegmentStart start, long offset, BlockHeader later) {
        return ScanResult.corrupt(
                start.name(),
                offset,
                chain,
                firstBlock(starts.getLast()).lastSequence(),
                "block " + chain.nextNumber() + " does not read back or is missing, but block " + later.number()
                        + " is there");
    }
}
