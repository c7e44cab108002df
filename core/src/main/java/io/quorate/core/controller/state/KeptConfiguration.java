package io.quorate.core.controller.state;

import io.quorate.core.cluster.Configuration;

/**
 * A configuration in which writes may have been acknowledged, so that every later election has to fence it.
 *
 * @param term the term that had it
 * @param elected the leader elected in that term
 */
public record KeptConfiguration(long term, Configuration configuration, Elected elected) {}
