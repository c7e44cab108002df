package io.quorate.core.cluster;

import java.util.UUID;

/**
 * A worker together with the disk that it votes with; the same worker on another disk is another member.
 *
 * @param worker the worker's id
 * @param disk the UUID that stands on its disk
 */
public record Member(String worker, UUID disk) {}
