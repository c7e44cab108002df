package io.quorate.api;

import java.util.List;
import java.util.Optional;

/** What became of a scan of a partition. */
public sealed interface ScanOutcome {
    /**
     * Keys in ascending order, and all that there were between the first asked for and {@code next}.
     *
     * @param records empty if only the number was asked for
     * @param count how many keys there were
     * @param next where to go on; empty when there is nothing further
     * @param served who answered, and as of which entry
     */
    record Page(List<KeyedRecord> records, int count, Optional<Bytes> next, ReadOutcome.Served served)
            implements ScanOutcome {}

    /** It was not answered; scans change nothing, so it may be asked again. */
    record NotServed(Problem problem, String detail) implements ScanOutcome {}
}
