package io.quorate.core.message;

import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;

/** What a worker answers to an order; {@code from} names the disk that answers. */
public sealed interface OrderAnswer {
    /** The partition it is about. */
    int partition();

    /** Who answers. */
    Member from();

    /**
     * The replica is fenced at {@code term}.
     *
     * @param term the term of the order, now persisted
     * @param incarnation the start of the process that answers
     * @param last the end of its log on disk
     */
    record Fenced(int partition, long term, Member from, long incarnation, LogPosition last) implements OrderAnswer {}

    /**
     * The leader gave its lease up although its fence may still be waiting for its disk.
     *
     * @param term the greatest term whose lease is given up
     */
    record LeaseReleased(int partition, long term, Member from) implements OrderAnswer {}

    /** The order's term is older than the one on disk. */
    record TermTooOld(int partition, long term, Member from) implements OrderAnswer {}

    /** The worker holds no replica of the partition. */
    record NotHeld(int partition, Member from) implements OrderAnswer {}
}
