package io.quorate.server.log;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The one failure after which a log refuses everything. Thread-safe. */
final class LogFailure {
    private final PendingRecords pending;
    private final LogListener listener;
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    LogFailure(PendingRecords pending, LogListener listener) {
        this.pending = pending;
        this.listener = listener;
    }

    /** Refuses appends from here on and tells the listener, once. */
    void report(Throwable cause) {
        if (first.compareAndSet(null, cause)) {
            pending.refuse("the log has failed and takes nothing more: " + cause.getMessage());
            listener.failed(cause);
        }
    }

    boolean isReported() {
        return first.get() != null;
    }
}
