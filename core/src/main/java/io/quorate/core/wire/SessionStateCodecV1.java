package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.api.SessionSequence;
import io.quorate.core.log.Remembered;
import io.quorate.core.log.SessionState;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Version 1 of the form of what is remembered of a session: version, lowest, count, and for each write its number, as
 * the distance from lowest, and its outcome as {@link RememberedCodecV1} has it.
 */
public final class SessionStateCodecV1 {
    static final int VERSION = 1;

    private static final int MIN_WRITE_BYTES = 2;

    private SessionStateCodecV1() {}

    /** The state's encoding. */
    public static Bytes encode(SessionState state) {
        ByteWriter writer = new ByteWriter();
        writer.u8(VERSION);
        writer.nonNegative(state.lowest());
        writer.count(state.decided().size(), SessionSequence.MAX_OPEN);
        state.decided().forEach((sequence, outcome) -> {
            writer.nonNegative(sequence - state.lowest());
            writer.bytes(RememberedCodecV1.encode(outcome), WireLimits.MAX_VALUE_BYTES);
        });
        return writer.toBytes();
    }

    /** The state of which these bytes are the encoding. Throws {@link MalformedException}. */
    public static SessionState decode(Bytes encoded) {
        ByteReader reader = new ByteReader(encoded);
        reader.version("the state of a session", VERSION);
        long lowest = reader.nonNegative();
        int count = reader.count(SessionSequence.MAX_OPEN, MIN_WRITE_BYTES);
        SortedMap<Long, Remembered> decided = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            long sequence = lowest + reader.nonNegative();
            if (sequence < lowest || (!decided.isEmpty() && sequence <= decided.lastKey())) {
                throw reader.malformed("writes of a session that do not ascend");
            }
            decided.put(sequence, RememberedCodecV1.decode(reader.bytes(WireLimits.MAX_VALUE_BYTES)));
        }
        reader.end();
        return new SessionState(lowest, decided);
    }
}
