package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import java.util.List;
import java.util.Optional;

/**
 * What a scan of a replica found.
 *
 * @param records in ascending order; empty if only the number was wanted
 * @param count how many keys there were
 * @param next where to go on; empty at the end
 * @param expiresMillis log time from which one of them no longer exists; that of the first to expire
 */
public record ScannedPage(List<KeyedRecord> records, int count, Optional<Bytes> next, long expiresMillis) {}
