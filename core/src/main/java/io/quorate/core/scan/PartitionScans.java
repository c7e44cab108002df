package io.quorate.core.scan;

import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import java.util.List;

/** Something that is put together from scans of partitions; used by one thread. */
public interface PartitionScans {
    /** What is to be asked for now; each is answered by {@link #answered}. */
    List<ScanRequest> ask();

    /** What became of a request. */
    void answered(int partition, ScanOutcome outcome);

    /** Whether it is complete or given up; nothing more is asked for then, and further answers change nothing. */
    boolean isEnded();
}
