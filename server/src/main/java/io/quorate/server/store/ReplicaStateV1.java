package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.wire.ByteReader;
import io.quorate.core.wire.ByteWriter;
import io.quorate.core.wire.MalformedException;

/**
 * Version 1 of the form in which a store keeps what it knows of a replica.
 *
 * <p>Version (1 byte), partition (4), key generation (4), generation (4), present (1), term (8), term and index of the
 * applied entry (8, 8), log time (8), CRC32C of all that (4); numbers are big-endian.
 */
final class ReplicaStateV1 {
    static final int VERSION = 1;

    /**
     * What is kept of a replica.
     *
     * @param keyGeneration under which its keys are stored; 0 in a store that needs none
     */
    record ReplicaState(ReplicaMeta meta, int keyGeneration) {}

    private static final int SIZE_BYTES = 50;

    private ReplicaStateV1() {}

    static Bytes encode(ReplicaState state) {
        ReplicaMeta meta = state.meta();
        ByteWriter writer = new ByteWriter(SIZE_BYTES, SIZE_BYTES);
        writer.u8(VERSION);
        writer.fixed32(meta.partition());
        writer.fixed32(state.keyGeneration());
        writer.fixed32(meta.generation());
        writer.flag(meta.present());
        writer.fixed64(meta.term());
        writer.fixed64(meta.applied().term());
        writer.fixed64(meta.applied().index());
        writer.fixed64(meta.logTimeMillis());
        return Checksum.append(writer);
    }

    /** Throws {@link MalformedException}. */
    static ReplicaState decode(Bytes encoded) {
        ByteReader reader = new ByteReader(encoded);
        reader.version("the record of a replica", VERSION);
        Checksum.check(encoded);
        int partition = reader.fixed32();
        int keyGeneration = reader.fixed32();
        int generation = reader.fixed32();
        boolean present = reader.flag();
        long term = reader.fixed64();
        LogPosition applied = new LogPosition(reader.fixed64(), reader.fixed64());
        ReplicaMeta meta = new ReplicaMeta(partition, generation, present, term, applied, reader.fixed64());
        reader.fixed32();
        reader.end();
        return new ReplicaState(meta, keyGeneration);
    }
}
