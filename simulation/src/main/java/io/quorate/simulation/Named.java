package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.SessionSequence;
import io.quorate.api.WriteRequest;
import io.quorate.core.log.RememberedIds;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What tells a named write from every other one. */
final class Named {
    private Named() {}

    static Optional<Bytes> of(WriteRequest request) {
        return request.name().map(name -> switch (name) {
            case IdempotencyKey key -> key.id();
            case SessionSequence numbered -> numbered(RememberedIds.of(numbered), numbered.sequence());
        });
    }

    /** Of a write of a session. */
    static Bytes numbered(Bytes session, long sequence) {
        return Bytes.wrap(ByteBuffer.allocate(session.length() + Long.BYTES)
                .put(session.asBuffer())
                .putLong(sequence)
                .array());
    }
}
