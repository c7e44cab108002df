package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.wire.ByteReader;
import io.quorate.core.wire.ByteWriter;
import io.quorate.core.wire.MalformedException;

/**
 * Version 2 of the form in which a store keeps what it knows of a replica.
 *
 * <p>Version (1 byte), partition (4), key generation (4), generation (4), present (1), term (8), term and index of the
 * applied entry (8, 8), log time (8), number of idempotency keys (4), CRC32C of all that (4); numbers are big-endian.
 * Version 1, which is still read, is without the number of idempotency keys; there were none.
 */
final class ReplicaStateV2 {
    static final int VERSION = 2;

    private static final int BEFORE = 1;
    private static final int SIZE_BYTES = 54;

    private ReplicaStateV2() {}

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
        writer.fixed32(meta.remembered());
        return Checksum.append(writer);
    }

    /** Of this version or the one before; throws {@link MalformedException}. */
    static ReplicaState decode(Bytes encoded) {
        boolean before = !encoded.isEmpty() && encoded.at(0) == BEFORE;
        ByteReader reader = new ByteReader(encoded);
        reader.version("the record of a replica", before ? BEFORE : VERSION);
        Checksum.check(encoded);
        int partition = reader.fixed32();
        int keyGeneration = reader.fixed32();
        int generation = reader.fixed32();
        boolean present = reader.flag();
        long term = reader.fixed64();
        LogPosition applied = new LogPosition(reader.fixed64(), reader.fixed64());
        long logTimeMillis = reader.fixed64();
        int remembered = before ? 0 : reader.fixed32();
        reader.fixed32();
        reader.end();
        return new ReplicaState(
                new ReplicaMeta(partition, generation, present, term, applied, logTimeMillis, remembered),
                keyGeneration);
    }
}
