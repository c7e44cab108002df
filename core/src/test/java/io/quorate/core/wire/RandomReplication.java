package io.quorate.core.wire;

import io.quorate.core.cluster.Member;
import io.quorate.core.message.Replication;

/** Random requests and replies of replication. */
final class RandomReplication {
    private final RandomWords words;
    private final RandomLog log;

    RandomReplication(RandomWords words) {
        this.words = words;
        this.log = new RandomLog(words);
    }

    Replication.Request request() {
        int partition = words.partition();
        long term = words.number();
        Member leader = words.member();
        return switch (words.below(7)) {
            case 0 -> new Replication.LeaseRequest(partition, term, leader, words.anyLong());
            case 1 -> chunk(partition, term, leader);
            case 2 -> new Replication.ChecksumWanted(partition, term, leader, words.anyLong());
            case 3 -> new Replication.RepairWanted(partition, term, leader, words.number());
            case 4 -> new Replication.Trace(partition, term, leader, words.number());
            default ->
                new Replication.Append(
                        partition,
                        term,
                        leader,
                        words.position(),
                        words.number(),
                        words.several(words.below(4), log::entry));
        };
    }

    Replication.Reply reply() {
        int partition = words.partition();
        long term = words.number();
        Member from = words.member();
        return switch (words.below(8)) {
            case 0 -> new Replication.Mismatch(partition, term, from, words.number());
            case 1 -> new Replication.Deposed(partition, term, from);
            case 2 -> new Replication.NoReplica(partition, term, from);
            case 3 -> new Replication.LeaseGranted(partition, term, from, words.anyLong());
            case 4 -> new Replication.SnapshotTaken(partition, term, from, words.anyLong(), words.intNumber() - 1);
            case 5 ->
                new Replication.ChecksumIs(partition, term, from, words.anyLong(), words.number(), words.anyLong());
            case 6 -> new Replication.Traced(partition, term, from, words.number(), words.number(), words.number());
            default -> new Replication.Appended(partition, term, from, words.number(), words.number());
        };
    }

    private Replication.SnapshotChunk chunk(int partition, long term, Member leader) {
        return new Replication.SnapshotChunk(
                partition,
                term,
                leader,
                words.anyLong(),
                words.position(),
                words.anyLong(),
                words.intNumber(),
                words.intNumber(),
                words.coin(),
                words.coin(),
                words.bytes(100));
    }
}
