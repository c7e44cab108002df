package io.quorate.cli.client;

import io.quorate.api.Condition;
import java.util.Optional;

/**
 * Under which terms a key is written.
 *
 * @param condition what is demanded of the key
 * @param idempotencyKey names the write, if it is to have another name than one of its own
 */
public record Terms(Condition condition, Optional<String> idempotencyKey) {}
