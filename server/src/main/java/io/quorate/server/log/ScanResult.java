package io.quorate.server.log;

import io.quorate.server.log.ChainReader.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What reading a log's folder came to; nothing was changed by it. */
sealed interface ScanResult {
    /** There never was a log. {@code unused}: segments to which nothing durable was ever written. */
    record New(List<Long> unused) implements ScanResult {}

    /**
     * A log without a hole.
     *
     * @param segments those that hold it, oldest first, with the records that count in each
     * @param superseded segments whose blocks all stand again in later ones
     * @param unused segments behind the end, without a durable block
     * @param last the last block
     * @param tornBytes bytes behind it that are cut
     */
    record Whole(List<SegmentInfo> segments, List<Long> superseded, List<Long> unused, Place last, long tornBytes)
            implements ScanResult {}

    /** The log cannot be opened. */
    record Unusable(RecoveredLog outcome) implements ScanResult {}

    /** A hole, told in one line. */
    static Unusable corrupt(String segment, long offset, @Nullable ChainReader chain, long known, String what) {
        long last = chain == null ? 0 : chain.nextSequence() - 1;
        String reason =
                "the log is damaged: " + segment + " at byte " + offset + ": " + what + ". Records up to " + last
                        + " read back" + (known > last ? ", records up to " + known + " were written" : "")
                        + ". Nothing was changed; the files have to be set aside";
        return new Unusable(new RecoveredLog.Corrupt(segment, offset, last, Math.max(known, last), reason));
    }

    /** A format that this version does not know. */
    static Unusable refused(String segment, int version) {
        String reason = segment + " is of log format version " + version + ", this version of Quorate reads "
                + BlockFormatV1.VERSION + ": start the version that wrote it. Nothing was changed";
        return new Unusable(new RecoveredLog.Refused(segment, version, reason));
    }
}
