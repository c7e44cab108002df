package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A key as a listing found it.
 *
 * <pre>{@code
 * for (ListedKey each : client.list(ListOptions.of(prefix).withValues())) {
 *     show(each.key(), each.value().orElseThrow());
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param key its bytes
 * @param value empty when the listing is without values
 * @param revision of this version
 * @param expiresMillis when it expires by the time of the log, milliseconds since 1970; empty when it does not
 */
public record ListedKey(Bytes key, Optional<Value> value, Revision revision, OptionalLong expiresMillis) {}
