package io.quorate.cli.client;

import io.quorate.api.Condition;
import io.quorate.client.WriteOptions;

/**
 * Under which terms a key is written.
 *
 * @param condition what is demanded of the key
 * @param options the write's name, if it is to have another one than one of its own, on how many replicas it is to be,
 *     and whether it is explained
 */
public record Terms(Condition condition, WriteOptions options) {}
