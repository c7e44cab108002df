package io.quorate.core.port;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import java.util.Optional;

/**
 * The last state of a key in a batch.
 *
 * @param record empty when the key was deleted
 */
public record StoredChange(Bytes key, Optional<Record> record) {}
