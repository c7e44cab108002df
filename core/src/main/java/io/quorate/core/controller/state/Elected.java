package io.quorate.core.controller.state;

import io.quorate.core.cluster.Member;

/**
 * The one leader that a term can have.
 *
 * @param leader who, on which disk
 * @param incarnation the start of its process that may lead; a later one may not
 */
public record Elected(Member leader, long incarnation) {}
