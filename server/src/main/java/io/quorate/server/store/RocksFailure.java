package io.quorate.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Says what it means when RocksDB fails. */
final class RocksFailure {
    private RocksFailure() {}

    /** While the store was open. */
    static UncheckedIOException broken(Path folder, String doing, RocksDBException cause) {
        String advice = is(cause, Status.Code.Corruption)
                ? "; files are damaged: stop the worker, move its DATA_DIR away and start it again, it then gets its"
                        + " replicas anew"
                : "; what was synced before is kept";
        String message = "the store in " + folder + " failed while " + doing + ": " + cause.getMessage() + advice;
        return new UncheckedIOException(new IOException(message, cause));
    }

    /** At the start. */
    static StoreRefusedException refused(Path folder, RocksDBException cause) {
        String said = String.valueOf(cause.getMessage());
        if (said.contains("While lock file") || said.contains("lock hold by")) {
            return new StoreRefusedException(
                    "the store in " + folder + " is in use by another process, or twice in this one: stop that first,"
                            + " or choose another DATA_DIR",
                    cause);
        }
        if (is(cause, Status.Code.Corruption)) {
            return StoreFormat.damaged(folder, "RocksDB cannot read its files", cause);
        }
        return new StoreRefusedException("the store in " + folder + " cannot be opened: " + said, cause);
    }

    private static boolean is(RocksDBException exception, Status.Code code) {
        Status status = exception.getStatus();
        return status != null && status.getCode() == code;
    }
}
