package io.quorate.core.port;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import java.util.Optional;

/**
 * The last state of a key in a batch.
 *
 * @param record empty when the key was deleted
 */
public record StoredChange(Space space, Bytes key, Optional<Record> record) {}
